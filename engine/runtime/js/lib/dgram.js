// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// dgram: UDP sockets.

const { validateAbortSignal, validateFunction, validateNumber, validateString, validateUint32 } = require('../core/validators');
const EventEmitter = require('../core/events');
const { addAbortListener } = require('../core/events');
const { Buffer } = require('./buffer');
const { SendWrap, UDP, ownerSymbol } = require('./internal/handles');
const { asyncIdSymbol, withTrigger } = require('./internal/async-hooks');
const { codes, errnoException, hostPortException, uv, validatePort } = require('./internal/net-errors');
const { publish } = require('./internal/channels');
const { permittedAddress, refusalOfAddress } = require('./internal/net-permissions');
const { guessHandleType } = require('./internal/handle-type');
const { deprecate, promisify } = require('./internal/promisify');

const kState = Symbol('state symbol');
const BindState = { unbound: 0, binding: 1, bound: 2 };
const ConnectState = { disconnected: 0, connecting: 1, connected: 2 };

/** A handle whose names are looked up in the family of `type`. */
function newHandle(type, lookup) {
  if (lookup !== undefined) validateFunction(lookup, 'lookup');
  if (type !== 'udp4' && type !== 'udp6') throw new codes.ERR_SOCKET_BAD_TYPE();
  const [family, loopback] = type === 'udp4' ? [4, '127.0.0.1'] : [6, '::1'];
  const handle = new UDP();
  handle.lookup = (address, callback) => (lookup || require('./dns').lookup)(address || loopback, family, callback);
  return handle;
}

function Socket(type, listener) {
  EventEmitter.call(this);
  const options = type !== null && typeof type === 'object' ? type : {};
  const kind = options === type ? options.type : type;
  const { lookup, recvBufferSize, sendBufferSize, reuseAddr, ipv6Only, signal } = options;
  if (recvBufferSize) validateUint32(recvBufferSize, 'options.recvBufferSize');
  if (sendBufferSize) validateUint32(sendBufferSize, 'options.sendBufferSize');
  const handle = newHandle(kind, lookup);
  handle[ownerSymbol] = this;
  this[asyncIdSymbol] = handle.getAsyncId();
  this.type = kind;
  if (typeof listener === 'function') this.on('message', listener);
  this[kState] = {
    handle, receiving: false, bindState: BindState.unbound, connectState: ConnectState.disconnected, queue: undefined, reuseAddr, ipv6Only,
    recvBufferSize, sendBufferSize,
  };
  publish('udp.socket', { socket: this });
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => {
    if (this[kState].handle) this.close();
  };
  if (signal.aborted) {
    onAborted();
  } else {
    const listening = addAbortListener(signal, onAborted);
    this.once('close', listening[Symbol.dispose]);
  }
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function healthCheck(socket) {
  if (!socket[kState].handle) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
}

// -------------------------------------------------------------------------------------------------------------------- binding

function onMessage(count, memory, address, port) {
  const socket = this[ownerSymbol];
  if (count < 0) {
    socket.emit('error', errnoException(count, 'recvmsg'));
    return;
  }
  const message = Buffer.from(memory);
  socket.emit('message', message, { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port, size: message.length });
}

function startListening(socket) {
  const state = socket[kState];
  state.handle.onmessage = onMessage;
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BindState.bound;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, 'receiveBufferSize');
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, 'sendBufferSize');
  socket.emit('listening');
}

function stopReceiving(socket) {
  const state = socket[kState];
  if (!state.receiving) return;
  state.handle.recvStop();
  state.receiving = false;
}

/** Takes the place of the socket's own handle. */
function replaceHandle(socket, handle) {
  const state = socket[kState];
  const old = state.handle;
  if (!old.hasRef() && typeof handle.unref === 'function') handle.unref();
  handle.lookup = old.lookup;
  handle[ownerSymbol] = socket;
  old.close();
  state.handle = handle;
}

function bindServerHandle(socket, options, onError) {
  const state = socket[kState];
  require('./cluster')._getServer(socket, options, (error, handle) => {
    if (error) {
      if (state.handle) onError(error);
    } else if (!state.handle) {
      handle.close();
    } else {
      replaceHandle(socket, handle);
      startListening(socket);
    }
  });
}

function bindTo(socket, address, port, isExclusive) {
  const state = socket[kState];
  const flags = (state.reuseAddr ? UDP.UV_UDP_REUSEADDR : 0) | (state.ipv6Only ? UDP.UV_UDP_IPV6ONLY : 0);
  const fail = (error) => {
    state.bindState = BindState.unbound;
    socket.emit('error', hostPortException(error, 'bind', address, port));
  };
  if (require('./cluster').isWorker === true && !isExclusive) {
    bindServerHandle(socket, { address, port, addressType: socket.type, fd: -1, flags }, fail);
    return;
  }
  const permitted = permittedAddress(address, port || 0, socket.type === 'udp6');
  const error = state.handle.bind(permitted, port || 0, flags);
  if (error) fail(error);
  else startListening(socket);
}

function bindDescriptor(socket, fd) {
  const type = guessHandleType(fd);
  if (type !== 'UDP') throw new codes.ERR_INVALID_FD_TYPE(type);
  const error = socket[kState].handle.open(fd);
  if (error) throw errnoException(error, 'open');
  startListening(socket);
}

/** Calls back once the socket is bound; not if that fails. */
function callWhenBound(socket, callback) {
  function removeListeners() {
    this.removeListener('error', removeListeners);
    this.removeListener('listening', onListening);
  }
  function onListening() {
    removeListeners.call(this);
    callback.call(this);
  }
  socket.on('error', removeListeners);
  socket.on('listening', onListening);
}

function connectNow(socket, port, address, callback) {
  const state = socket[kState];
  if (callback) socket.once('connect', callback);
  state.handle.lookup(address, (lookupError, ip) => {
    if (!state.handle) return;
    let error = lookupError || refusalOfAddress(address || ip, ip, port);
    if (!error) {
      const failed = state.handle.connect(ip, port);
      if (failed) error = hostPortException(failed, 'connect', address, port);
    }
    if (error) {
      state.connectState = ConnectState.disconnected;
      process.nextTick(() => {
        if (!callback) {
          socket.emit('error', error);
          return;
        }
        socket.removeListener('connect', callback);
        callback(error);
      });
      return;
    }
    state.connectState = ConnectState.connected;
    process.nextTick(() => socket.emit('connect'));
  });
}

// -------------------------------------------------------------------------------------------------------------------- sending

/** Puts `action` off until the socket is bound. */
function enqueue(socket, action) {
  const state = socket[kState];
  if (state.queue === undefined) {
    state.queue = [];
    socket.once(EventEmitter.errorMonitor, onListenError);
    socket.once('listening', onListenSuccess);
  }
  state.queue.push(action);
}

function onListenSuccess() {
  this.removeListener(EventEmitter.errorMonitor, onListenError);
  const state = this[kState];
  const { queue } = state;
  state.queue = undefined;
  for (const action of queue) action();
}

function onListenError() {
  this.removeListener('listening', onListenSuccess);
  this[kState].queue = undefined;
}

const messageTypes = ['Buffer', 'TypedArray', 'DataView', 'string'];
const bytesOf = (view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

function sliceBuffer(given, from, count) {
  const buffer = typeof given === 'string' ? Buffer.from(given) : given;
  if (!ArrayBuffer.isView(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', messageTypes, buffer);
  const offset = from >>> 0;
  const length = count >>> 0;
  if (offset > buffer.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > buffer.byteLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

/** The parts of a message. */
function partsOf(message) {
  if (Array.isArray(message)) {
    if (!message.every((part) => typeof part === 'string' || ArrayBuffer.isView(part))) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer list arguments', messageTypes, message);
    }
    return message.map((part) => (typeof part === 'string' ? Buffer.from(part) : bytesOf(part)));
  }
  if (typeof message === 'string') return [Buffer.from(message)];
  if (!ArrayBuffer.isView(message)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', messageTypes, message);
  return [bytesOf(message)];
}

function afterSend(status, handle, request) {
  request.callback(status ? hostPortException(status, 'send', request.address, request.port) : null, status ? undefined : request.size);
}

function doSend(lookupError, socket, ip, list, address, port, callback) {
  const state = socket[kState];
  const error = lookupError || (ip ? refusalOfAddress(address || ip, ip, port) : undefined);
  if (error) {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => socket.emit('error', error));
    return;
  }
  if (!state.handle) return;
  const bytes = list.length === 1 ? list[0] : Buffer.concat(list);
  const request = Object.assign(new SendWrap(), { list, address, port, size: bytes.length });
  if (callback) Object.assign(request, { callback, oncomplete: afterSend });
  const outcome = port ? state.handle.sendBytes(request, bytes, ip, port) : state.handle.sendBytes(request, bytes);
  if (!callback) return;
  if (outcome === 1) process.nextTick(callback, null, bytes.length);
  else if (outcome < 0) process.nextTick(callback, hostPortException(outcome, 'send', address, port));
}

/** The arguments of send(), whose forms Node tells apart by what is given. */
function sendArguments(isConnected, given) {
  let [message, offset, length, port, address, callback] = given;
  if (!isConnected) {
    if (address || (port && typeof port !== 'function')) message = sliceBuffer(message, offset, length);
    else [callback, port, address] = [port, offset, length];
  } else {
    if (typeof length === 'number') {
      message = sliceBuffer(message, offset, length);
      if (typeof port === 'function') [callback, port] = [port, null];
    } else {
      callback = offset;
    }
    if (port || address) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  }
  const list = partsOf(message);
  if (!isConnected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') [callback, address] = [address, undefined];
  else if (address !== undefined && address !== null) validateString(address, 'address');
  return { list, port, address, callback };
}

function bufferSize(socket, size, option) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
  const { handle } = socket[kState];
  const syscall = option === 'receiveBufferSize' ? 'uv_recv_buffer_size' : 'uv_send_buffer_size';
  let outcome = size > 0x7fffffff ? uv.EINVAL : handle.getsockname({});
  if (outcome === 0) outcome = size === 0 ? handle.option(option) : handle.setOption(option, size);
  if (outcome < 0) {
    const { code, errno } = errnoException(outcome, syscall);
    const message = require('./internal/system-constants').errors.get(errno)[1];
    throw new codes.ERR_SOCKET_BUFFER_SIZE({ errno, code, message, syscall });
  }
  return outcome;
}

/** Sets an option; throws with the name of the method that was called. */
function setOption(socket, method, option, value) {
  const error = socket[kState].handle.setOption(option, value);
  if (error) throw errnoException(error, method);
}

function setMembership(socket, method, group, address, source, isMember) {
  const error = socket[kState].handle.setMembership(group, address, source, isMember);
  if (error) throw errnoException(error, method);
}

const methods = {
  bind(...args) {
    healthCheck(this);
    const state = this[kState];
    if (state.bindState !== BindState.unbound) throw new codes.ERR_SOCKET_ALREADY_BOUND();
    state.bindState = BindState.binding;
    const callback = args[args.length - 1];
    if (typeof callback === 'function') callWhenBound(this, callback);
    let [port, address] = args;
    const options = port !== null && typeof port === 'object' ? port : undefined;
    if (options !== undefined && typeof options.recvStart === 'function') {
      replaceHandle(this, options);
      startListening(this);
      return this;
    }
    if (options !== undefined && Number.isInteger(options.fd) && options.fd > 0) {
      bindDescriptor(this, options.fd);
      return this;
    }
    if (options !== undefined) ({ port, address } = options);
    else if (typeof address === 'function') address = '';
    const isExclusive = options !== undefined && Boolean(options.exclusive);
    if (!address) address = this.type === 'udp4' ? '0.0.0.0' : '::';
    state.handle.lookup(address, (error, ip) => {
      if (!state.handle) return;
      if (error) {
        state.bindState = BindState.unbound;
        this.emit('error', error);
      } else {
        bindTo(this, ip, port, isExclusive);
      }
    });
    return this;
  },

  connect(givenPort, givenAddress, givenCallback) {
    const port = validatePort(givenPort, 'Port', false);
    const [address, callback] = typeof givenAddress === 'function' ? ['', givenAddress] :
      [givenAddress === undefined ? '' : givenAddress, givenCallback];
    validateString(address, 'address');
    const state = this[kState];
    if (state.connectState !== ConnectState.disconnected) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
    state.connectState = ConnectState.connecting;
    if (state.bindState === BindState.unbound) this.bind({ port: 0, exclusive: true }, null);
    if (state.bindState !== BindState.bound) enqueue(this, () => connectNow(this, port, address, callback));
    else connectNow(this, port, address, callback);
  },

  disconnect() {
    const state = this[kState];
    if (state.connectState !== ConnectState.connected) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
    const error = state.handle.disconnect();
    if (error) throw errnoException(error, 'connect');
    state.connectState = ConnectState.disconnected;
  },

  sendto(buffer, offset, length, port, address, callback) {
    validateNumber(offset, 'offset');
    validateNumber(length, 'length');
    validateNumber(port, 'port');
    validateString(address, 'address');
    this.send(buffer, offset, length, port, address, callback);
  },

  send(...args) {
    const state = this[kState];
    const isConnected = state.connectState === ConnectState.connected;
    const { list, port, address, callback } = sendArguments(isConnected, args);
    healthCheck(this);
    if (state.bindState === BindState.unbound) this.bind({ port: 0, exclusive: true }, null);
    if (list.length === 0) list.push(Buffer.alloc(0));
    if (state.bindState !== BindState.bound) enqueue(this, () => this.send(list, port, address, callback));
    else if (isConnected) doSend(null, this, null, list, address, port, callback);
    else state.handle.lookup(address, (error, ip) => doSend(error, this, ip, list, address, port, callback));
  },

  close(callback) {
    const state = this[kState];
    if (typeof callback === 'function') this.on('close', callback);
    if (state.queue !== undefined) {
      state.queue.push(() => this.close());
      return this;
    }
    healthCheck(this);
    stopReceiving(this);
    state.handle.close();
    state.handle = null;
    withTrigger(this[asyncIdSymbol], process.nextTick, () => this.emit('close'));
    return this;
  },

  address() {
    healthCheck(this);
    const out = {};
    const error = this[kState].handle.getsockname(out);
    if (error) throw errnoException(error, 'getsockname');
    return out;
  },

  remoteAddress() {
    healthCheck(this);
    const state = this[kState];
    if (state.connectState !== ConnectState.connected) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
    const out = {};
    const error = state.handle.getpeername(out);
    if (error) throw errnoException(error, 'getpeername');
    return out;
  },

  setBroadcast(flag) {
    setOption(this, 'setBroadcast', 'broadcast', flag ? 1 : 0);
  },

  setTTL(ttl) {
    validateNumber(ttl, 'ttl');
    setOption(this, 'setTTL', 'timeToLive', ttl);
    return ttl;
  },

  setMulticastTTL(ttl) {
    validateNumber(ttl, 'ttl');
    setOption(this, 'setMulticastTTL', 'multicastTimeToLive', ttl);
    return ttl;
  },

  setMulticastLoopback(flag) {
    setOption(this, 'setMulticastLoopback', 'multicastLoopback', flag ? 1 : 0);
    return flag;
  },

  setMulticastInterface(interfaceAddress) {
    healthCheck(this);
    validateString(interfaceAddress, 'interfaceAddress');
    const error = this[kState].handle.setMulticastInterface(interfaceAddress);
    if (error) throw errnoException(error, 'setMulticastInterface');
  },

  addMembership(multicastAddress, interfaceAddress) {
    healthCheck(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    setMembership(this, 'addMembership', multicastAddress, interfaceAddress, undefined, true);
  },

  dropMembership(multicastAddress, interfaceAddress) {
    healthCheck(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    setMembership(this, 'dropMembership', multicastAddress, interfaceAddress, undefined, false);
  },

  addSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    healthCheck(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    setMembership(this, 'addSourceSpecificMembership', groupAddress, interfaceAddress, sourceAddress, true);
  },

  dropSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    healthCheck(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    setMembership(this, 'dropSourceSpecificMembership', groupAddress, interfaceAddress, sourceAddress, false);
  },

  ref() {
    if (this[kState].handle) this[kState].handle.ref();
    return this;
  },

  unref() {
    if (this[kState].handle) this[kState].handle.unref();
    return this;
  },

  setRecvBufferSize(size) {
    bufferSize(this, size, 'receiveBufferSize');
  },

  setSendBufferSize(size) {
    bufferSize(this, size, 'sendBufferSize');
  },

  getRecvBufferSize() {
    return bufferSize(this, 0, 'receiveBufferSize');
  },

  getSendBufferSize() {
    return bufferSize(this, 0, 'sendBufferSize');
  },

  getSendQueueSize() {
    return 0; // no datagram ever waits
  },

  getSendQueueCount() {
    return 0;
  },
};
Object.assign(Socket.prototype, methods);

if (Symbol.asyncDispose !== undefined) {
  Socket.prototype[Symbol.asyncDispose] = function() {
    return this[kState].handle ? promisify(this.close).call(this) : Promise.resolve();
  };
}

// Names that Node has deprecated.
for (const [name, key] of Object.entries({ _handle: 'handle', _receiving: 'receiving', _bindState: 'bindState', _queue: 'queue', _reuseAddr: 'reuseAddr' })) {
  const words = `Socket.prototype.${name} is deprecated`;
  Object.defineProperty(Socket.prototype, name, {
    get: deprecate(function() { return this[kState][key]; }, words, 'DEP0112'),
    set: deprecate(function(value) { this[kState][key] = value; }, words, 'DEP0112'),
  });
}
Socket.prototype._healthCheck = deprecate(function() { healthCheck(this); }, 'Socket.prototype._healthCheck() is deprecated', 'DEP0112');
Socket.prototype._stopReceiving = deprecate(function() { stopReceiving(this); }, 'Socket.prototype._stopReceiving() is deprecated', 'DEP0112');

function createSocketHandle(address, port, type, fd, flags) {
  const handle = newHandle(type);
  let error = 0;
  if (Number.isInteger(fd) && fd > 0) error = guessHandleType(fd) === 'UDP' ? handle.open(fd) : uv.EINVAL;
  else if (port || address) error = handle.bind(address, port || 0, flags);
  if (!error) return handle;
  handle.close();
  return error;
}

module.exports = {
  _createSocketHandle: deprecate(createSocketHandle, 'dgram._createSocketHandle() is deprecated', 'DEP0112'),
  createSocket: (type, listener) => new Socket(type, listener),
  Socket,
};

// For cluster and for messages between processes.
Object.defineProperties(module.exports, {
  _createHandle: {
    value: (address, port, type, fd, flags) =>
      createSocketHandle(address && permittedAddress(address, port || 0, type === 'udp6'), port, type, fd, flags),
  },
  _handleOf: { value: (socket) => socket[kState].handle },
});
