// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// net.Socket: a duplex stream over a TCP connection or a pipe.

const { validateAbortSignal, validateInt32, validateNumber } = require('../../core/validators');
const { addAbortListener } = require('../../core/events');
const { Buffer } = require('../buffer');
const stream = require('../stream');
const { Pipe, ShutdownWrap, TCP, ownerSymbol } = require('./handles');
const { asyncIdSymbol, withTrigger } = require('./async-hooks');
const { codes, errnoException, genericError, uv } = require('./net-errors');
const {
  kAfterAsyncWrite, kBuffer, kBufferCallback, kBufferGenerator, kHandle, kTimeout, kUpdateTimer, onStreamRead, readLeftOver, setStreamTimeout, writeGeneric,
  writevGeneric,
} = require('./stream-base');
const binding = require('../../core/binding');

const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kLastWriteQueueSize = Symbol('lastWriteQueueSize');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kSetKeepAliveInitialDelay = Symbol('kSetKeepAliveInitialDelay');
const kSetNoDelay = Symbol('kSetNoDelay');

const noop = () => {};

function newAsyncIdOf(handle) {
  return handle && typeof handle.getAsyncId === 'function' ? handle.getAsyncId() : binding.newAsyncId();
}

/** A handle for a descriptor of this process. */
function handleOfDescriptor(fd, isServer) {
  validateInt32(fd, 'fd', 0);
  const { guessHandleType } = require('./handle-type');
  const type = guessHandleType(fd);
  if (type === 'PIPE') return new Pipe(isServer ? Pipe.SERVER : Pipe.SOCKET);
  if (type === 'TCP') return new TCP(isServer ? TCP.SERVER : TCP.SOCKET);
  throw new codes.ERR_INVALID_FD_TYPE(type);
}

/** Connects a socket with its handle, when it gets one. */
function initSocketHandle(socket) {
  socket._undestroy();
  socket._sockname = null;
  if (!socket._handle) return;
  socket._handle[ownerSymbol] = socket;
  socket._handle.onread = onStreamRead;
  socket[asyncIdSymbol] = newAsyncIdOf(socket._handle);
  if (socket[kBuffer] && socket[kBufferGenerator] !== null) {
    const buffer = socket[kBufferGenerator]();
    if (buffer instanceof Uint8Array) socket[kBuffer] = buffer;
  }
}

function closeHandle(socket, isException, isCleanupPending = false) {
  if (!socket._handle) return;
  socket._handle.close(() => {
    socket.emit('close', isException);
    if (!isCleanupPending) return;
    socket._handle.onread = noop;
    socket._handle = null;
    socket._sockname = null;
  });
}

function checkSocketOptions(options) {
  if (options === undefined || options === null) return;
  for (const name of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (options[name]) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
}

/** The option `onread`: bytes go into a buffer of the program's. */
function takeOwnBuffer(socket, onread) {
  if (onread === null || typeof onread !== 'object' || typeof onread.callback !== 'function') return;
  if (typeof onread.buffer === 'function') {
    socket[kBuffer] = true;
    socket[kBufferGenerator] = onread.buffer;
  } else if (onread.buffer instanceof Uint8Array) {
    socket[kBuffer] = onread.buffer;
  } else {
    return;
  }
  socket[kBufferCallback] = onread.callback;
}

function addAbortSignal(socket, { signal }) {
  validateAbortSignal(signal, 'options.signal');
  let listening;
  const onAbort = () => {
    if (listening !== undefined) listening[Symbol.dispose]();
    socket._aborted = true;
  };
  if (signal.aborted) process.nextTick(onAbort);
  else process.nextTick(() => { listening = addAbortListener(signal, onAbort); });
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  checkSocketOptions(options);
  this.connecting = false;
  this[asyncIdSymbol] = -1;
  this._hadError = false;
  this[kHandle] = null;
  this._parent = null;
  this._host = null;
  this[kLastWriteQueueSize] = 0;
  this[kTimeout] = null;
  this[kBuffer] = null;
  this[kBufferCallback] = null;
  this[kBufferGenerator] = null;
  this._closeAfterHandlingError = false;

  const given = typeof options === 'number' ? { fd: options } : Object.assign({}, options);
  given.allowHalfOpen = Boolean(given.allowHalfOpen);
  given.emitClose = false;
  given.autoDestroy = true;
  given.decodeStrings = false;
  stream.Duplex.call(this, given);

  if (given.handle) {
    this._handle = given.handle;
    this[asyncIdSymbol] = newAsyncIdOf(this._handle);
  } else if (given.fd !== undefined) {
    this._handle = handleOfDescriptor(given.fd, false);
    const error = this._handle.open(given.fd);
    if (error) throw errnoException(error, 'open');
    this[asyncIdSymbol] = this._handle.getAsyncId();
  }
  takeOwnBuffer(this, given.onread === undefined ? null : given.onread);

  this[kSetNoDelay] = Boolean(given.noDelay);
  this[kSetKeepAlive] = Boolean(given.keepAlive);
  this[kSetKeepAliveInitialDelay] = ~~(given.keepAliveInitialDelay / 1000);

  this.on('end', onReadableStreamEnd);
  initSocketHandle(this);
  this._pendingData = null;
  this._pendingEncoding = '';

  if (this._handle && given.readable !== false) {
    if (given.pauseOnCreate) {
      this._handle.reading = false;
      this._handle.readStop();
      this.readableFlowing = false;
    } else if (!given.manualStart) {
      this.read(0);
    }
  }
  if (given.signal) addAbortSignal(this, given);

  this.server = null;
  this._server = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
}
Object.setPrototypeOf(Socket.prototype, stream.Duplex.prototype);
Object.setPrototypeOf(Socket, stream.Duplex);

function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

/** The other side has ended: says so better than 'write after end'. */
function writeAfterFIN(chunk, encoding, callback) {
  if (!this.writableEnded) return stream.Duplex.prototype.write.call(this, chunk, encoding, callback);
  const done = typeof encoding === 'function' ? encoding : callback;
  const error = genericError('This socket has been ended by the other party', { code: 'EPIPE' });
  if (typeof done === 'function') withTrigger(this[asyncIdSymbol], process.nextTick, done, error);
  this.destroy(error);
  return false;
}

function startReading(socket) {
  socket._handle.reading = true;
  const error = socket._handle.readStart();
  if (error) socket.destroy(errnoException(error, 'read'));
  else readLeftOver(socket);
}

function afterShutdown() {
  this.callback();
}

// What follows reads as in Node: names with an underscore are known to many packages.
const methods = {
  _unrefTimer() {
    for (let socket = this; socket !== null; socket = socket._parent) {
      if (socket[kTimeout]) socket[kTimeout].refresh();
    }
  },

  _final(callback) {
    if (this.pending) return this.once('connect', () => this._final(callback));
    if (!this._handle) return callback();
    const request = new ShutdownWrap();
    request.oncomplete = afterShutdown;
    request.handle = this._handle;
    request.callback = callback;
    const error = this._handle.shutdown(request);
    if (error === 1 || error === uv.ENOTCONN) return callback();
    if (error !== 0) return callback(errnoException(error, 'shutdown'));
    return undefined;
  },

  setTimeout: setStreamTimeout,

  _onTimeout() {
    const handle = this._handle;
    const lastSize = this[kLastWriteQueueSize];
    if (lastSize > 0 && handle) {
      const { writeQueueSize } = handle;
      if (lastSize !== writeQueueSize) { // bytes still move
        this[kLastWriteQueueSize] = writeQueueSize;
        this._unrefTimer();
        return;
      }
    }
    this.emit('timeout');
  },

  setNoDelay(enable) {
    const wanted = Boolean(enable === undefined ? true : enable);
    if (!this._handle) {
      this[kSetNoDelay] = wanted;
      return this;
    }
    if (this._handle.setNoDelay && wanted !== this[kSetNoDelay]) {
      this[kSetNoDelay] = wanted;
      this._handle.setNoDelay(wanted);
    }
    return this;
  },

  setKeepAlive(enable, initialDelayMsecs) {
    const wanted = Boolean(enable);
    const initialDelay = ~~(initialDelayMsecs / 1000);
    if (!this._handle) {
      this[kSetKeepAlive] = wanted;
      this[kSetKeepAliveInitialDelay] = initialDelay;
      return this;
    }
    if (!this._handle.setKeepAlive) return this;
    if (wanted !== this[kSetKeepAlive] || (wanted && this[kSetKeepAliveInitialDelay] !== initialDelay)) {
      this[kSetKeepAlive] = wanted;
      this[kSetKeepAliveInitialDelay] = initialDelay;
      this._handle.setKeepAlive(wanted, initialDelay);
    }
    return this;
  },

  address() {
    return this._getsockname();
  },

  _read(size) {
    if (this.connecting || !this._handle) this.once('connect', () => this._read(size));
    else if (!this._handle.reading) startReading(this);
  },

  end(data, encoding, callback) {
    stream.Duplex.prototype.end.call(this, data, encoding, callback);
    return this;
  },

  resetAndDestroy() {
    if (!this._handle) {
      this.destroy(new codes.ERR_SOCKET_CLOSED());
      return this;
    }
    if (!(this._handle instanceof TCP)) throw new codes.ERR_INVALID_HANDLE_TYPE();
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
    return this;
  },

  pause() {
    if (this[kBuffer] && !this.connecting && this._handle && this._handle.reading) {
      this._handle.reading = false;
      if (!this.destroyed) {
        const error = this._handle.readStop();
        if (error) this.destroy(errnoException(error, 'read'));
      }
    }
    return stream.Duplex.prototype.pause.call(this);
  },

  resume() {
    if (this[kBuffer] && !this.connecting && this._handle && !this._handle.reading) startReading(this);
    return stream.Duplex.prototype.resume.call(this);
  },

  read(size) {
    if (this[kBuffer] && !this.connecting && this._handle && !this._handle.reading) startReading(this);
    return stream.Duplex.prototype.read.call(this, size);
  },

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  },

  _destroy(exception, callback) {
    this.connecting = false;
    for (let socket = this; socket !== null; socket = socket._parent) clearTimeout(socket[kTimeout]);
    if (this._handle) {
      destroyHandle(this, Boolean(exception));
      callback(exception);
    } else {
      callback(exception);
      process.nextTick(emitCloseNT, this);
    }
    if (this._server) {
      this._server._connections--;
      if (this._server._emitCloseIfDrained) this._server._emitCloseIfDrained();
    }
  },

  _reset() {
    this.resetAndClosing = true;
    return this.destroy();
  },

  _getpeername() {
    if (!this._handle || !this._handle.getpeername || this.connecting) return this._peername || {};
    if (!this._peername) {
      const out = {};
      if (this._handle.getpeername(out)) return out;
      this._peername = out;
    }
    return this._peername;
  },

  _getsockname() {
    if (!this._handle || !this._handle.getsockname) return {};
    if (!this._sockname) {
      this._sockname = {};
      this._handle.getsockname(this._sockname);
    }
    return this._sockname;
  },

  _writeGeneric(isVector, data, encoding, callback) {
    if (this.connecting) {
      this._pendingData = data;
      this._pendingEncoding = encoding;
      this.once('connect', function connect() {
        this.off('close', onClose);
        this._writeGeneric(isVector, data, encoding, callback);
      });
      const onClose = () => callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
      this.once('close', onClose);
      return;
    }
    this._pendingData = null;
    this._pendingEncoding = '';
    if (!this._handle) {
      callback(new codes.ERR_SOCKET_CLOSED());
      return;
    }
    this._unrefTimer();
    const request = isVector ? writevGeneric(this, data, callback) : writeGeneric(this, data, encoding, callback);
    if (request.async) this[kLastWriteQueueSize] = request.bytes;
  },

  _writev(chunks, callback) {
    this._writeGeneric(true, chunks, '', callback);
  },

  _write(data, encoding, callback) {
    this._writeGeneric(false, data, encoding, callback);
  },

  ref() {
    if (!this._handle) {
      this.once('connect', this.ref);
      return this;
    }
    if (typeof this._handle.ref === 'function') this._handle.ref();
    return this;
  },

  unref() {
    if (!this._handle) {
      this.once('connect', this.unref);
      return this;
    }
    if (typeof this._handle.unref === 'function') this._handle.unref();
    return this;
  },

  [kAfterAsyncWrite]() {
    this[kLastWriteQueueSize] = 0;
  },
};
for (const name of Reflect.ownKeys(methods)) Socket.prototype[name] = methods[name];

function emitCloseNT(socket) {
  socket.emit('close');
}

function destroyHandle(socket, isException) {
  const handle = socket._handle;
  socket[kBytesRead] = handle.bytesRead;
  socket[kBytesWritten] = handle.bytesWritten;
  if (socket.resetAndClosing) {
    socket.resetAndClosing = false;
    const error = handle.reset(() => { socket.emit('close', isException); });
    if (error) socket.emit('error', errnoException(error, 'reset'));
  } else if (socket._closeAfterHandlingError) {
    queueMicrotask(() => closeHandle(socket, isException, true));
  } else {
    closeHandle(socket, isException);
  }
  if (socket._closeAfterHandlingError) return;
  handle.onread = noop;
  socket._handle = null;
  socket._sockname = null;
}

/** Bytes that wait: those of a chunk or of a list of them. */
function lengthOfPending(data, encoding) {
  if (!data) return 0;
  if (!Array.isArray(data)) return typeof data === 'string' ? Buffer.byteLength(data, encoding) : data.length;
  return data.reduce((sum, entry) => sum + (data.allBuffers || entry instanceof Buffer ? entry.length :
    Buffer.byteLength(entry.chunk, entry.encoding)), 0);
}

const getters = {
  _connecting: { get() { return this.connecting; } },
  pending: { get() { return !this._handle || this.connecting; }, configurable: true },
  readyState: {
    get() {
      if (this.connecting) return 'opening';
      if (this.readable && this.writable) return 'open';
      if (this.readable) return 'readOnly';
      return this.writable ? 'writeOnly' : 'closed';
    },
  },
  bufferSize: { get() { return this._handle ? this.writableLength : undefined; } },
  _handle: {
    get() { return this[kHandle]; },
    set(handle) { this[kHandle] = handle; },
  },
};
Object.defineProperties(Socket.prototype, getters);
Object.defineProperty(Socket.prototype, kUpdateTimer, { get() { return this._unrefTimer; } });

function protoGetter(name, get) {
  Object.defineProperty(Socket.prototype, name, { configurable: false, enumerable: true, get });
}
protoGetter('bytesRead', function bytesRead() { return this._handle ? this._handle.bytesRead : this[kBytesRead]; });
protoGetter('remoteAddress', function remoteAddress() { return this._getpeername().address; });
protoGetter('remoteFamily', function remoteFamily() { return this._getpeername().family; });
protoGetter('remotePort', function remotePort() { return this._getpeername().port; });
protoGetter('localAddress', function localAddress() { return this._getsockname().address; });
protoGetter('localPort', function localPort() { return this._getsockname().port; });
protoGetter('localFamily', function localFamily() { return this._getsockname().family; });
protoGetter('_bytesDispatched', function _bytesDispatched() { return this._handle ? this._handle.bytesWritten : this[kBytesWritten]; });
protoGetter('bytesWritten', function bytesWritten() {
  const { writableBuffer } = this;
  if (!writableBuffer) return undefined;
  let bytes = this._bytesDispatched;
  for (const entry of writableBuffer) {
    bytes += entry.chunk instanceof Buffer ? entry.chunk.length : Buffer.byteLength(entry.chunk, entry.encoding);
  }
  return bytes + lengthOfPending(this._pendingData, this._pendingEncoding);
});

module.exports = {
  Socket,
  handleOfDescriptor,
  initSocketHandle,
  kSetKeepAlive,
  kSetKeepAliveInitialDelay,
  kSetNoDelay,
  newAsyncIdOf,
};
