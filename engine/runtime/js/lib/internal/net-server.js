// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// net.Server: listens at a port or a path, and makes a socket of every connection.

const { validateAbortSignal, validateNumber } = require('../../core/validators');
const EventEmitter = require('../../core/events');
const { addAbortListener } = require('../../core/events');
const stream = require('../stream');
const { promisify } = require('./promisify');
const { Pipe, TCP, ownerSymbol } = require('./handles');
const { asyncIdSymbol, withTrigger } = require('./async-hooks');
const { codes, errnoException, hostPortException, listenException, uv, validatePort } = require('./net-errors');
const { publish } = require('./channels');
const { permittedAddress } = require('./net-permissions');
const { checkBindError, isPipeName, normalizeArgs, toNumber } = require('./net-connect');
const { Socket, handleOfDescriptor, kSetKeepAlive, kSetKeepAliveInitialDelay, kSetNoDelay, newAsyncIdOf } = require('./net-socket');

const anyIPv4 = '0.0.0.0';
const anyIPv6 = '::';
/** The kernel makes 512 of it. */
const usualBacklog = 511;
const ipv6OnlyFlag = 1;

function addAbortSignal(server, { signal }) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => { server.close(); };
  if (signal.aborted) {
    process.nextTick(onAborted);
  } else {
    const listening = addAbortListener(signal, onAborted);
    server.once('close', listening[Symbol.dispose]);
  }
}

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  let given;
  if (typeof options === 'function') {
    given = {};
    this.on('connection', options);
  } else if (options === undefined || options === null || typeof options === 'object') {
    given = Object.assign({}, options);
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (given.keepAliveInitialDelay !== undefined) {
    validateNumber(given.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (given.keepAliveInitialDelay < 0) given.keepAliveInitialDelay = 0;
  }
  if (given.highWaterMark !== undefined) {
    validateNumber(given.highWaterMark, 'options.highWaterMark');
    if (given.highWaterMark < 0) given.highWaterMark = undefined;
  }
  this._connections = 0;
  this[asyncIdSymbol] = -1;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = given.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(given.pauseOnConnect);
  this.noDelay = Boolean(given.noDelay);
  this.keepAlive = Boolean(given.keepAlive);
  this.keepAliveInitialDelay = ~~(given.keepAliveInitialDelay / 1000);
  this.highWaterMark = given.highWaterMark === undefined || given.highWaterMark === null ?
    stream.getDefaultHighWaterMark(false) : given.highWaterMark;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

// ------------------------------------------------------------------------------------------------------------------ listening

/** A handle that is bound, or a negative number. */
function createServerHandle(address, port, addressType, fd, flags) {
  let handle;
  let error = 0;
  let isTcp = false;
  if (typeof fd === 'number' && fd >= 0) {
    try {
      handle = handleOfDescriptor(fd, true);
    } catch {
      return uv.EINVAL;
    }
    error = handle.open(fd);
    if (error) return error;
  } else if (port === -1 && addressType === -1) {
    handle = new Pipe(Pipe.SERVER);
  } else {
    handle = new TCP(TCP.SERVER);
    isTcp = true;
  }
  if (address || port || isTcp) {
    if (!address) {
      error = handle.bind6(permittedAddress(anyIPv6, port, true), port, flags);
      if (error) {
        handle.close();
        return createServerHandle(anyIPv4, port);
      }
    } else if (addressType === 6) {
      error = handle.bind6(permittedAddress(address, port, true), port, flags);
    } else {
      error = isTcp ? handle.bind(permittedAddress(address, port, false), port) : handle.bind(address, port);
    }
  }
  if (error) {
    handle.close();
    return error;
  }
  return handle;
}

function emitErrorNT(server, error) {
  server.emit('error', error);
}

function emitListeningNT(server) {
  if (server._handle) server.emit('listening'); // unless it was closed meanwhile
}

function emitCloseNT(server) {
  server.emit('close');
}

/** A bound handle for the server, which has none; undefined if there is none to be had, with the error on its way. */
function bindServer(server, given, port, givenType, fd, flags) {
  let address = given;
  let addressType = givenType;
  let handle = null;
  if (!address && typeof fd !== 'number') {
    handle = createServerHandle(anyIPv6, port, 6, fd, flags);
    if (typeof handle === 'number') {
      handle = null;
      address = anyIPv4;
      addressType = 4;
    } else {
      address = anyIPv6;
      addressType = 6;
    }
  }
  if (handle === null) handle = createServerHandle(address, port, addressType, fd, flags);
  if (typeof handle === 'number') {
    process.nextTick(emitErrorNT, server, listenException(handle, 'listen', address, port));
    return undefined;
  }
  return { handle, address, addressType };
}

function setupListenHandle(givenAddress, port, givenType, backlog, fd, flags) {
  let address = givenAddress;
  let addressType = givenType;
  if (!this._handle) {
    const bound = bindServer(this, address, port, addressType, fd, flags);
    if (bound === undefined) return;
    ({ handle: this._handle, address, addressType } = bound);
  }
  this[asyncIdSymbol] = newAsyncIdOf(this._handle);
  this._handle.onconnection = onconnection;
  this._handle[ownerSymbol] = this;
  const error = this._handle.listen(backlog || usualBacklog);
  if (error) {
    const failed = listenException(error, 'listen', address, port);
    this._handle.close();
    this._handle = null;
    withTrigger(this[asyncIdSymbol], process.nextTick, emitErrorNT, this, failed);
    return;
  }
  this._connectionKey = `${addressType}:${address}:${port}`;
  if (this._unref) this.unref();
  withTrigger(this[asyncIdSymbol], process.nextTick, emitListeningNT, this);
}

function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, flags, options) {
  const cluster = require('../cluster');
  if (cluster.isWorker !== true || exclusive) {
    server._listen2(address, port, addressType, backlog, fd, flags);
    return;
  }
  const listeningId = server._listeningId;
  const query = Object.assign({ address, port, addressType, fd, flags, backlog }, options);
  cluster._getServer(server, query, (error, handle) => {
    if (listeningId !== server._listeningId) {
      handle.close();
      return;
    }
    const failed = checkBindError(error, port, handle);
    if (failed) {
      server.emit('error', hostPortException(failed, 'bind', address, port));
      return;
    }
    if (server._handle) server._handle.close();
    server._handle = handle;
    server._listen2(address, port, addressType, backlog, fd, flags);
  });
}

function lookupAndListen(server, port, address, backlog, exclusive, flags) {
  const listeningId = server._listeningId;
  require('../dns').lookup(address, function doListen(error, ip, addressType) {
    if (listeningId !== server._listeningId) return;
    if (error) server.emit('error', error);
    else listenInCluster(server, ip, port, ip ? addressType : 4, backlog, undefined, exclusive, flags);
  });
}

function listenAtPath(server, options, backlog) {
  if (options.path[0] === '\0' && (options.readableAll || options.writableAll)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options,
      'can not set readableAll or writableAllt to true when path is abstract unix socket');
  }
  server._pipeName = options.path;
  const { readableAll, writableAll } = options;
  listenInCluster(server, options.path, -1, -1, backlog, undefined, options.exclusive, undefined, { readableAll, writableAll });
  if (!server._handle) return;
  const mode = (readableAll === true ? Pipe.UV_READABLE : 0) | (writableAll === true ? Pipe.UV_WRITABLE : 0);
  if (mode === 0) return;
  const error = server._handle.fchmod(mode);
  if (!error) return;
  server._handle.close();
  server._handle = null;
  throw errnoException(error, 'uv_pipe_chmod');
}

/** Whether the arguments of listen() ask for any free port. */
function wantsAnyPort(args, options) {
  return args.length === 0 || typeof args[0] === 'function' || (options.port === undefined && 'port' in options) || options.port === null;
}

Server.prototype._listen2 = setupListenHandle;

Server.prototype.listen = function(...args) {
  const [normalized, callback] = normalizeArgs(args);
  if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  const backlogOfArgs = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]);
  const options = normalized._handle || normalized.handle || normalized;
  const flags = options.ipv6Only === true ? ipv6OnlyFlag : 0;
  this._listeningId++;
  if (options instanceof TCP) {
    this._handle = options;
    this[asyncIdSymbol] = this._handle.getAsyncId();
    listenInCluster(this, null, -1, -1, backlogOfArgs, undefined, true);
    return this;
  }
  addAbortSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, null, null, null, backlogOfArgs, options.fd);
    return this;
  }
  if (wantsAnyPort(args, options)) options.port = 0;
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    const backlog = options.backlog || backlogOfArgs;
    if (options.host) lookupAndListen(this, options.port | 0, options.host, backlog, options.exclusive, flags);
    else listenInCluster(this, null, options.port | 0, 4, backlog, undefined, options.exclusive);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    listenAtPath(this, options, options.backlog || backlogOfArgs);
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

Object.defineProperty(Server.prototype, 'listening', { get() { return Boolean(this._handle); }, configurable: true, enumerable: true });

Server.prototype.address = function() {
  if (this._handle && this._handle.getsockname) {
    const out = {};
    const error = this._handle.getsockname(out);
    if (error) throw errnoException(error, 'address');
    return out;
  }
  return this._pipeName ? this._pipeName : null;
};

// ---------------------------------------------------------------------------------------------------------------- connections

/** What the event 'drop' says of a connection that is one too many. */
function describeConnection(handle) {
  if (!handle.getsockname && !handle.getpeername) return [];
  const data = Object.create(null);
  const local = {};
  const remote = {};
  handle.getsockname(local);
  handle.getpeername(remote);
  return [Object.assign(data, {
    localAddress: local.address, localPort: local.port, localFamily: local.family,
    remoteAddress: remote.address, remotePort: remote.port, remoteFamily: remote.family,
  })];
}

function onconnection(error, clientHandle) {
  const server = this[ownerSymbol];
  if (error) {
    server.emit('error', errnoException(error, 'accept'));
    return;
  }
  if (server.maxConnections && server._connections >= server.maxConnections) {
    server.emit('drop', ...describeConnection(clientHandle));
    clientHandle.close();
    return;
  }
  const socket = new Socket({
    handle: clientHandle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: server.highWaterMark,
    writableHighWaterMark: server.highWaterMark,
  });
  if (server.noDelay && clientHandle.setNoDelay) {
    socket[kSetNoDelay] = true;
    clientHandle.setNoDelay(true);
  }
  if (server.keepAlive && clientHandle.setKeepAlive) {
    socket[kSetKeepAlive] = true;
    socket[kSetKeepAliveInitialDelay] = server.keepAliveInitialDelay;
    clientHandle.setKeepAlive(true, server.keepAliveInitialDelay);
  }
  server._connections++;
  socket.server = server;
  socket._server = server;
  server.emit('connection', socket);
  publish('net.server.socket', { socket });
}

Server.prototype.getConnections = function(callback) {
  const end = (error, connections) => withTrigger(this[asyncIdSymbol], process.nextTick, callback, error, connections);
  if (!this._usingWorkers) {
    end(null, this._connections);
    return this;
  }
  let left = this._workers.length;
  let total = this._connections;
  const onCount = (error, count) => {
    if (error) {
      left = -1;
      end(error);
      return;
    }
    total += count;
    if (--left === 0) end(null, total);
  };
  for (const worker of this._workers) worker.getConnections(onCount);
  return this;
};

Server.prototype.close = function(callback) {
  this._listeningId++;
  if (typeof callback === 'function') {
    if (this._handle) this.once('close', callback);
    else this.once('close', () => { callback(new codes.ERR_SERVER_NOT_RUNNING()); });
  }
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  if (!this._usingWorkers) {
    this._emitCloseIfDrained();
    return this;
  }
  let left = this._workers.length;
  this._connections++; // so that 'close' comes once
  const onWorkerClose = () => {
    if (--left !== 0) return;
    this._connections = 0;
    this._emitCloseIfDrained();
  };
  for (const worker of this._workers) worker.close(onWorkerClose);
  return this;
};

if (Symbol.asyncDispose !== undefined) {
  Server.prototype[Symbol.asyncDispose] = function() {
    return this._handle ? promisify(this.close).call(this) : Promise.resolve();
  };
}

Server.prototype._emitCloseIfDrained = function() {
  if (!this._handle && !this._connections) withTrigger(this[asyncIdSymbol], process.nextTick, emitCloseNT, this);
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

Server.prototype._setupWorker = function(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
  socketList.once('exit', (list) => { this._workers.splice(this._workers.indexOf(list), 1); });
};

Server.prototype.ref = function() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

module.exports = { Server, createServerHandle };
