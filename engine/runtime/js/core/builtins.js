// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Which core modules Node 20 has, and the way to ours.

const { codes } = require('./errors');

/** As `require('module').builtinModules` of Node 20.20 lists them. */
const builtinModules = ['_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server', '_stream_duplex',
  '_stream_passthrough', '_stream_readable', '_stream_transform', '_stream_wrap', '_stream_writable', '_tls_common', '_tls_wrap', 'assert',
  'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns',
  'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector', 'inspector/promises', 'module', 'net', 'os',
  'path', 'path/posix', 'path/win32', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'readline/promises', 'repl', 'stream',
  'stream/consumers', 'stream/promises', 'stream/web', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'trace_events', 'tty', 'url',
  'util', 'util/types', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib'];
const names = new Set(builtinModules);
// Those that need the prefix.
const prefixedNames = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

let requireBuiltin;
const own = Object.create(null);

/** True for "fs", "node:fs" and "node:test", false for "test". */
function isBuiltin(specifier) {
  if (typeof specifier !== 'string') return false;
  if (!specifier.startsWith('node:')) return names.has(specifier);
  const name = specifier.slice(5);
  return names.has(name) || prefixedNames.has(name);
}

/** Exports of a core module, with or without "node:". */
function load(specifier) {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (!isBuiltin(specifier)) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
  if (own[name] !== undefined) return own[name]();
  const exports = requireBuiltin(name);
  if (exports === undefined) {
    const error = new Error(`The core module '${name}' is not part of Loopscope`);
    error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
    throw error;
  }
  return exports;
}

module.exports = {
  builtinModules,
  isBuiltin,
  load,
  setLoader(loader) { requireBuiltin = loader; },
  /** A module of the core bundle itself. */
  provide(name, getter) { own[name] = getter; },
};
