// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// https without TLS: packages load it, extend its Agent and compare agents; connecting and serving are refused.

const { Agent: HttpAgent } = require('./_http_agent');
const { ClientRequest } = require('./_http_client');
const { emptyOptions } = require('./internal/http');
const { urlToHttpOptions } = require('./url');

function refuse(name) {
  const error = new Error(`not supported by Loopscope: https.${name} (there is no TLS)`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  throw error;
}

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  HttpAgent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions === undefined ? 100 : this.options.maxCachedSessions;
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.createConnection = () => refuse('request');

// What of the options makes a connection another one: all that is set, or what has a value.
const keys = [['ca'], ['cert'], ['clientCertEngine'], ['ciphers'], ['key'], ['pfx'], ['rejectUnauthorized', 'set'], ['servername'],
  ['minVersion'], ['maxVersion'], ['secureProtocol'], ['crl'], ['honorCipherOrder', 'set'], ['ecdhCurve'], ['dhparam'],
  ['secureOptions', 'set'], ['sessionIdContext'], ['sigalgs'], ['privateKeyIdentifier'], ['privateKeyEngine']];

Agent.prototype.getName = function getName(options = emptyOptions) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const [key, counts] of keys) {
    const value = options[key];
    name += ':';
    if (counts === 'set' ? value === undefined : !value || (key === 'servername' && value === options.host)) continue;
    name += key === 'sigalgs' ? JSON.stringify(value) : value;
  }
  return name;
};

const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

/** request(url[, options][, callback]): an agent of the program's own may bring a connection. */
function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') options = urlToHttpOptions(new URL(args.shift()));
  else if (args[0] instanceof URL) options = urlToHttpOptions(args.shift());
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new ClientRequest(options, args[0]);
}

function get(...args) {
  const req = request(...args);
  req.end();
  return req;
}

function Server() {
  refuse('Server');
}

function createServer() {
  refuse('createServer');
}

module.exports = { Agent, globalAgent, Server, createServer, get, request };
