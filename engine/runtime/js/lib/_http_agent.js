// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// http.Agent: keeps the connections of clients, and lets requests wait for one.

const { AsyncResource } = require('./async_hooks');
const EventEmitter = require('./events');
const net = require('./net');
const { delete: deleteProperty } = require('../core/binding');
const { validateNumber, validateOneOf, validateString } = require('../core/validators');
const { debug, emptyOptions, once } = require('./internal/http');

const kOnKeylog = Symbol('onkeylog');
const kRequestOptions = Symbol('requestOptions');
const kRequestAsyncResource = Symbol('requestAsyncResource');
/** A connection is given up before the server says it will close it, by this many ms, so that no request meets a closing one. */
const keepAliveMargin = 1000;

function freeSocketErrorListener(error) {
  if (debug.isOn) debug('SOCKET ERROR on FREE socket:', error.message, error.stack);
  this.destroy();
  this.emit('agentRemove');
}

const copyOf = (...sources) => Object.assign(Object.create(null), ...sources);

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = copyOf(options);
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  this.options.path = null; // net would take it for a pipe
  this.requests = Object.create(null);
  this.sockets = Object.create(null);
  this.freeSockets = Object.create(null);
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets === undefined) this.maxTotalSockets = Infinity;
  else validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  this.on('free', (socket, socketOptions) => takeBack(this, socket, socketOptions));
  this.on('newListener', maybeEnableKeylog);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

/** A socket is free: the next request gets it, or it is kept, or it is closed. */
function takeBack(agent, socket, options) {
  const name = agent.getName(options);
  if (debug.isOn) debug('agent.on(free)', name);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting && waiting.length > 0) {
    serveNext(agent, waiting.shift(), socket);
    if (waiting.length === 0) deleteProperty(agent.requests, name, true);
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] || [];
  const count = free.length + (agent.sockets[name] ? agent.sockets[name].length : 0);
  if (agent.totalSocketCount > agent.maxTotalSockets || count > agent.maxSockets || free.length >= agent.maxFreeSockets ||
      !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', freeSocketErrorListener);
  free.push(socket);
}

/** Runs a request that waited in the async context that it was made in. */
function serveNext(agent, req, socket) {
  const resource = req[kRequestAsyncResource];
  if (!resource) {
    setRequestSocket(agent, req, socket);
    return;
  }
  resource.runInAsyncScope(() => {
    resetHandle(socket);
    setRequestSocket(agent, req, socket);
  });
  req[kRequestAsyncResource] = null;
}

function maybeEnableKeylog(event) {
  if (event !== 'keylog') return;
  this.removeListener('newListener', maybeEnableKeylog);
  const agent = this;
  this[kOnKeylog] = function(line) {
    agent.emit('keylog', line, this);
  };
  for (const sockets of Object.values(this.sockets)) {
    for (const socket of sockets) socket.on('keylog', this[kOnKeylog]);
  }
}

Agent.prototype.createConnection = net.createConnection;

/** The name under which connections to one place are kept. */
Agent.prototype.getName = function getName(options = emptyOptions) {
  const { family, localAddress, port, socketPath } = options;
  let name = `${options.host || 'localhost'}:${port || ''}:${localAddress || ''}`;
  if (family === 4 || family === 6) name += `:${family}`;
  if (socketPath) name += `:${socketPath}`;
  return name;
};

function connectionOptions(agent, req, given) {
  const options = copyOf(given, agent.options);
  if (options.socketPath) options.path = options.socketPath;
  if (!options.servername && options.servername !== '') options.servername = serverName(options, req);
  return options;
}

Agent.prototype.addRequest = function addRequest(req, given, port, localAddress) {
  // The form of old: addRequest(req, host, port, localAddress)
  const options = connectionOptions(this, req, typeof given === 'string' ? { host: given, port, localAddress } : given);
  const name = this.getName(options);
  if (!this.sockets[name]) this.sockets[name] = [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) deleteProperty(this.freeSockets, name, true);
  }
  const count = (free ? free.length : 0) + this.sockets[name].length;
  if (socket) {
    resetHandle(socket);
    this.reuseSocket(socket, req);
    setRequestSocket(this, req, socket);
    this.sockets[name].push(socket);
  } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (error, made) => {
      if (error) req.onSocket(made, error);
      else setRequestSocket(this, req, made);
    });
  } else {
    if (!this.requests[name]) this.requests[name] = [];
    req[kRequestOptions] = options;
    req[kRequestAsyncResource] = new AsyncResource('QueuedRequest');
    this.requests[name].push(req);
  }
};

Agent.prototype.createSocket = function createSocket(req, given, callback) {
  const options = connectionOptions(this, req, given);
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  const hear = once((error, socket) => {
    if (error) {
      callback(error);
      return;
    }
    if (!this.sockets[name]) this.sockets[name] = [];
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    watchSocket(this, socket, options);
    callback(null, socket);
  });
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, hear);
  if (socket) hear(null, socket);
};

/** The name that TLS asks for: that of the Host field, without a port; addresses are none. */
function serverName(options, req) {
  let name = options.host;
  const host = req.getHeader('host');
  if (host) {
    validateString(host, 'options.headers.host');
    if (host[0] !== '[') {
      const colon = host.indexOf(':');
      name = colon === -1 ? host : host.slice(0, colon);
    } else {
      const end = host.indexOf(']');
      name = end === -1 ? host : host.substring(1, end);
    }
  }
  return net.isIP(name) ? '' : name;
}

function watchSocket(agent, socket, options) {
  const onFree = () => agent.emit('free', socket, options);
  // The only way out of the agent, but for 'agentRemove': errors end in it, too.
  const onClose = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  const onTimeout = () => {
    if (Object.values(agent.freeSockets).some((free) => free.includes(socket))) socket.destroy();
  };
  // Another protocol has it from now on.
  const onRemove = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFree);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFree);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

function takeOut(sets, name, socket) {
  const sockets = sets[name];
  const index = sockets ? sockets.indexOf(socket) : -1;
  if (index === -1) return;
  sockets.splice(index, 1);
  if (sockets.length === 0) deleteProperty(sets, name, true);
}

/** A request that waits for a connection: one to the same place, or else to a place that has none; with its options. */
function waitingRequest(agent, name, options) {
  if (agent.requests[name] && agent.requests[name].length > 0) return [agent.requests[name][0], options];
  for (const other of Object.keys(agent.requests)) {
    if (agent.sockets[other] && agent.sockets[other].length > 0) break;
    const req = agent.requests[other][0];
    return [req, req[kRequestOptions]];
  }
  return [];
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  takeOut(this.sockets, name, socket);
  if (!socket.writable) takeOut(this.freeSockets, name, socket);
  const [req, requestOptions] = waitingRequest(this, name, options);
  if (!req || !requestOptions) return;
  req[kRequestOptions] = undefined;
  this.createSocket(req, requestOptions, (error, made) => {
    if (error) req.onSocket(made, error);
    else made.emit('free');
  });
};

/** Readies a socket for waiting; false if the server will close it too soon. */
Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  const message = socket._httpMessage;
  const promise = message && message.res ? message.res.headers['keep-alive'] : undefined;
  const seconds = promise ? /^timeout=(\d+)/.exec(promise) : null;
  if (seconds !== null) {
    const promised = Math.max(0, parseInt(seconds[1], 10) * 1000 - keepAliveMargin);
    if (promised === 0) {
      if (socket.timeout !== timeout) socket.setTimeout(timeout);
      return false;
    }
    if (promised < timeout) timeout = promised;
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, req) {
  socket.removeListener('error', freeSocketErrorListener);
  req.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const set of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(set)) {
      const sockets = set[name];
      for (let index = 0; index < sockets.length; index++) sockets[index].destroy();
    }
  }
};

function setRequestSocket(agent, req, socket) {
  req.onSocket(socket);
  const timeout = agent.options.timeout || 0;
  if (req.timeout !== undefined && req.timeout !== timeout) socket.setTimeout(req.timeout);
}

/** The socket's next use is an async operation of its own. */
function resetHandle(socket) {
  const handle = socket._handle;
  if (handle && typeof handle.asyncReset === 'function') handle.asyncReset({ type: 'ReusedHandle', handle });
}

module.exports = {
  Agent,
  globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
};
