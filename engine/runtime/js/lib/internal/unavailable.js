// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Core modules of Node that Loopscope does not provide. Many programs load one and never call it (a library that can also speak
// HTTP), so loading works and every function and class has its name; whoever calls one learns at once that it is not there.
// Plain values (constants, lists) are left out, but for those of protocols: made-up ones would be believed.

const { codes } = require('../../core/errors');

const functions = {
  _stream_wrap: '',
  _tls_common: 'createSecureContext translatePeerCertificate',
  _tls_wrap: 'createServer connect',
  child_process: '_forkChild exec execFile execFileSync execSync fork spawn spawnSync',
  http2: 'connect createServer createSecureServer getDefaultSettings getPackedSettings getUnpackedSettings performServerHandshake',
  inspector: 'open close url waitForDebugger',
  repl: 'start isValidSyntax',
  tls: 'getCiphers convertALPNProtocols checkServerIdentity createServer connect createSecurePair createSecureContext',
  trace_events: 'createTracing getEnabledCategories',
  wasi: '',
};

const classes = {
  _tls_common: 'SecureContext', _tls_wrap: 'TLSSocket Server',
  child_process: 'ChildProcess',
  http2: 'Http2ServerRequest Http2ServerResponse',
  inspector: 'Session',
  repl: 'REPLServer Recoverable',
  tls: 'TLSSocket Server SecureContext',
  wasi: 'WASI',
};

// Modules that are an emitter of events, or a part of another one.
const parts = { 'inspector/promises': 'inspector' };

const namesOf = (list) => (list ? list.split(' ') : []);

/** A function or class `name` of `module`. Classes may be extended; it is making an object that fails. */
function refusal(module, name) {
  return { [name]: function () { throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`${module}.${name}`); } }[name];
}

/** Exports of the core module `name`, or undefined if it is not one of these. */
function load(name) {
  const source = parts[name] || name;
  if (functions[source] === undefined) return undefined;
  const exports = {};
  for (const key of [...namesOf(functions[source]), ...namesOf(classes[source])]) exports[key] = refusal(name, key);
  if (name === 'http2') exports.constants = require('./http2-constants');
  if (name === 'tls') exports.TLSSocket = require('./tls-socket').TLSSocket;
  return exports;
}

module.exports = { load };
