// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// http, put together from its parts.

const agents = require('./_http_agent');
const { ClientRequest } = require('./_http_client');
const { methods, parsers } = require('./_http_common');
const { IncomingMessage } = require('./_http_incoming');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('./_http_outgoing');
const { _connectionListener, STATUS_CODES, Server, ServerResponse } = require('./_http_server');
const { validateInteger } = require('../core/validators');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const req = request(url, options, callback);
  req.end();
  return req;
}

module.exports = {
  _connectionListener,
  METHODS: methods.slice().sort(),
  STATUS_CODES,
  Agent: agents.Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers(max) {
    validateInteger(max, 'max', 1);
    parsers.max = max;
  },
};

Object.defineProperty(module.exports, 'maxHeaderSize', { get: () => 16384, enumerable: true, configurable: true });
Object.defineProperty(module.exports, 'globalAgent', {
  get() { return agents.globalAgent; },
  set(agent) { agents.globalAgent = agent; },
  enumerable: true,
  configurable: true,
});
