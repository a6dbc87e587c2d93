// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// http.Server. What happens on one connection is in internal/http-server-connection.js.

const net = require('./net');
const { validateBoolean, validateInteger, validateObject } = require('../core/validators');
const { kIncomingMessage } = require('./_http_common');
const { IncomingMessage } = require('./_http_incoming');
const { kUniqueHeaders, parseUniqueHeadersOption } = require('./_http_outgoing');
const { emptyOptions } = require('./internal/http');
const { ConnectionsList } = require('./internal/http-connections');
const { codes } = require('./internal/http-errors');
const { ServerResponse } = require('./internal/http-response');
const { checkConnections, connectionListener, kConnections, kServerResponse } = require('./internal/http-server-connection');
const STATUS_CODES = require('./internal/http-status-codes');

const kConnectionsCheckingInterval = Symbol('http.server.connectionsCheckingInterval');

function integerOption(options, name, usual) {
  const value = options[name];
  if (value === undefined) return usual;
  validateInteger(value, name, 0);
  return value;
}

function booleanOption(options, name, usual) {
  const value = options[name];
  if (value === undefined) return usual;
  validateBoolean(value, `options.${name}`);
  return value;
}

function storeHTTPOptions(options) {
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  this.maxHeaderSize = integerOption(options, 'maxHeaderSize');
  this.insecureHTTPParser = booleanOption(options, 'insecureHTTPParser');
  this.requestTimeout = integerOption(options, 'requestTimeout', 300000);
  this.headersTimeout = integerOption(options, 'headersTimeout', Math.min(60000, this.requestTimeout));
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  this.keepAliveTimeout = integerOption(options, 'keepAliveTimeout', 5000);
  this.connectionsCheckingInterval = integerOption(options, 'connectionsCheckingInterval', 30000);
  this.requireHostHeader = booleanOption(options, 'requireHostHeader', true);
  this.joinDuplicateHeaders = booleanOption(options, 'joinDuplicateHeaders');
  this.rejectNonStandardBodyWrites = booleanOption(options, 'rejectNonStandardBodyWrites', false);
}

function setupConnectionsTracking() {
  if (!this[kConnections]) this[kConnections] = new ConnectionsList();
  if (this[kConnectionsCheckingInterval]) clearInterval(this[kConnectionsCheckingInterval]);
  // Always: the timeouts may be set later.
  this[kConnectionsCheckingInterval] = setInterval(checkConnections, this.connectionsCheckingInterval, this).unref();
}

function httpServerPreClose(server) {
  server.closeIdleConnections();
  clearInterval(server[kConnectionsCheckingInterval]);
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = emptyOptions;
  } else if (options === undefined || options === null) {
    options = emptyOptions;
  } else {
    validateObject(options, 'options');
  }
  storeHTTPOptions.call(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay === undefined || options.noDelay === null ? true : options.noDelay,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  this.httpAllowHalfOpen = false;
  this.on('connection', connectionListener);
  this.on('listening', setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

Server.prototype.close = function(...args) {
  httpServerPreClose(this);
  net.Server.prototype.close.apply(this, args);
  return this;
};

if (Symbol.asyncDispose !== undefined) {
  Server.prototype[Symbol.asyncDispose] = function() {
    return new Promise((resolve, reject) => {
      this.close((error) => (error ? reject(error) : resolve()));
    });
  };
}

Server.prototype.closeAllConnections = function() {
  if (!this[kConnections]) return;
  for (const { socket } of this[kConnections].all()) socket.destroy();
};

Server.prototype.closeIdleConnections = function() {
  if (!this[kConnections]) return;
  for (const { socket } of this[kConnections].idle()) {
    if (!socket._httpMessage || socket._httpMessage.finished) socket.destroy();
  }
};

Server.prototype.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

const rejection = Symbol.for('nodejs.rejection');

Server.prototype[rejection] = function(error, event, ...args) {
  if (event !== 'request') {
    net.Server.prototype[rejection].call(this, error, event, ...args);
    return;
  }
  const res = args[1];
  if (res.headersSent || res.writableEnded) {
    res.destroy();
    return;
  }
  for (const name of res.getHeaderNames()) res.removeHeader(name); // they may tell too much
  res.statusCode = 500;
  res.end(STATUS_CODES[500]);
};

module.exports = {
  STATUS_CODES,
  Server,
  ServerResponse,
  setupConnectionsTracking,
  storeHTTPOptions,
  _connectionListener: connectionListener,
  kServerResponse,
  httpServerPreClose,
  kConnectionsCheckingInterval,
};
