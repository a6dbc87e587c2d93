// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ClientRequest: a request that is sent. What its socket tells is in internal/http-client-socket.js.

const agents = require('./_http_agent');
const { _checkIsHttpToken: isToken } = require('./_http_common');
const { kUniqueHeaders, OutgoingMessage, parseUniqueHeadersOption } = require('./_http_outgoing');
const { validateBoolean, validateInteger, validateNumber } = require('../core/validators');
const { Buffer } = require('./buffer');
const diagnostics = require('./diagnostics_channel');
const { kOutHeaders, once } = require('./internal/http');
const { attach, emitErrorEvent, kError, listenSocketTimeout, refuse } = require('./internal/http-client-socket');
const { codes } = require('./internal/http-errors');
const net = require('./net');
const { addAbortSignal } = require('./stream');
const { urlToHttpOptions } = require('./url');

const requestStartChannel = diagnostics.channel('http.client.request.start');
const invalidPath = /[^\u0021-\u00ff]/;
const withoutBody = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);
const longestTimeout = 2 ** 31 - 1;

/** A duration for a timer, as net takes it. */
function timerDuration(msecs, name) {
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  if (msecs <= longestTimeout) return msecs;
  process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${longestTimeout}.`,
                      'TimeoutOverflowWarning');
  return longestTimeout;
}

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

const isURL = (value) => Boolean(value && value.href && value.protocol && value.auth === undefined && value.path === undefined);

/** ClientRequest(url[, options][, callback]), ClientRequest(options[, callback]) */
function argumentsOf(input, options, callback) {
  let given = null;
  if (typeof input === 'string') {
    given = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    given = urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
  }
  if (typeof options === 'function') return [given || {}, options];
  return [Object.assign(given || {}, options), callback];
}

function agentOf(options) {
  const usual = options._defaultAgent || agents.globalAgent;
  const { agent } = options;
  if (agent === false) return new usual.constructor();
  if (agent === null || agent === undefined) return typeof options.createConnection === 'function' ? agent : usual;
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function methodOf(options) {
  const { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (!method) return 'GET';
  if (!isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
  return method.toUpperCase();
}

function checkOptions(options) {
  if (options.maxHeaderSize !== undefined) validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  if (options.insecureHTTPParser !== undefined) validateBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser');
  if (options.joinDuplicateHeaders !== undefined) validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
}

function ClientRequest(input, given, callback) {
  OutgoingMessage.call(this);
  const [options, onResponse] = argumentsOf(input, given, callback);
  const usualAgent = options._defaultAgent || agents.globalAgent;
  this.agent = agentOf(options);
  const protocol = options.protocol || usualAgent.protocol;
  const expected = (this.agent && this.agent.protocol) || usualAgent.protocol;
  if (options.path && invalidPath.test(String(options.path))) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
  const defaultPort = options.defaultPort || (this.agent && this.agent.defaultPort);
  const connection = Object.assign(Object.create(null), options);
  connection.port = options.port || defaultPort || 80;
  connection.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') || 'localhost';
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = timerDuration(options.timeout, 'timeout');
  if (options.signal) {
    addAbortSignal(options.signal, this);
    delete connection.signal;
  }
  this.method = methodOf(options);
  checkOptions(options);
  this.maxHeaderSize = options.maxHeaderSize;
  this.insecureHTTPParser = options.insecureHTTPParser;
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this.path = options.path || '/';
  if (onResponse) this.once('response', onResponse);
  this.useChunkedEncodingByDefault = !withoutBody.has(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = connection.host;
  this.protocol = protocol;
  if (this.agent) {
    // Only an agent that will use the connection again asks to keep it.
    const isReused = this.agent.keepAlive || Number.isFinite(this.agent.maxSockets);
    this._last = !isReused;
    this.shouldKeepAlive = isReused;
  }
  setFields(this, options, connection, defaultPort);
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
  if (this.agent) this.agent.addRequest(this, connection);
  else connect(this, connection);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function hostField(host, port, defaultPort) {
  const colon = host.indexOf(':');
  const isBareIPv6 = colon !== -1 && host.includes(':', colon + 1) && host[0] !== '[';
  const name = isBareIPv6 ? `[${host}]` : host;
  return port && Number(port) !== defaultPort ? `${name}:${port}` : name;
}

function setFields(req, options, { host, port }, defaultPort) {
  const firstLine = `${req.method} ${req.path} HTTP/1.1\r\n`;
  if (Array.isArray(options.headers)) {
    req._storeHeader(firstLine, options.headers);
    return;
  }
  if (options.headers) {
    for (const name of Object.keys(options.headers)) req.setHeader(name, options.headers[name]);
  }
  const setsHost = options.setHost === undefined || Boolean(options.setHost);
  if (host && setsHost && !req.getHeader('host')) req.setHeader('Host', hostField(host, port, defaultPort));
  if (options.auth && !req.getHeader('Authorization')) {
    req.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  }
  if (req.getHeader('expect')) {
    if (req._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
    req._storeHeader(firstLine, req[kOutHeaders]);
  }
}

/** Without an agent: a connection of its own. */
function connect(req, given) {
  req._last = true;
  req.shouldKeepAlive = false;
  let options = given;
  if (given.path || given.socketPath) {
    options = Object.assign({}, given);
    options.path = given.socketPath || undefined;
  }
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(options));
    return;
  }
  const hear = once((error, socket) => {
    if (error) process.nextTick(() => emitErrorEvent(req, error));
    else req.onSocket(socket);
  });
  try {
    const socket = options.createConnection(options, hear);
    if (socket) hear(null, socket);
  } catch (error) {
    hear(error);
  }
}

ClientRequest.prototype._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (requestStartChannel.hasSubscribers) requestStartChannel.publish({ request: this });
};

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

function emitAbort(req) {
  req.emit('abort');
}

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(emitAbort, this);
  this.destroy();
};

ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.res) this.res._dump();
  this[kError] = error;
  if (this.socket) this.socket.destroy(error);
  return this;
};

function takeSocket(req, socket, error) {
  if (req.destroyed || error) {
    refuse(req, socket, error);
  } else {
    attach(req, socket);
    req._flush();
  }
}

ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  process.nextTick(takeSocket, this, socket, error);
};

/** Calls a method of the socket once there is one that is connected. */
ClientRequest.prototype._deferToConnect = function _deferToConnect(method, args) {
  const call = () => {
    if (method) this.socket[method](...args);
  };
  const onSocket = () => {
    if (this.socket.writable) call();
    else this.socket.once('connect', call);
  };
  if (this.socket) onSocket();
  else this.once('socket', onSocket);
};

function setSocketTimeout(socket, msecs) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(msecs));
  else socket.setTimeout(msecs);
}

ClientRequest.prototype.setTimeout = function setTimeout(given, callback) {
  if (this._ended) return this;
  listenSocketTimeout(this);
  const msecs = timerDuration(given, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) setSocketTimeout(this.socket, msecs);
  else this.once('socket', (socket) => setSocketTimeout(socket, msecs));
  return this;
};

ClientRequest.prototype.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

ClientRequest.prototype.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

module.exports = { ClientRequest };
