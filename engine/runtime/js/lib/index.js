// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// All core modules of the library, each evaluated when it is first asked for.
//
// Natives (js/core/binding.js) that the library and its part of the core call: writeStdout, writeStderr, writeStdoutBytes,
// writeStderrBytes, isatty, now, wallTimeOrigin, exit, cwd, chdir, pid, ppid, argv, argv0, execPath, env, platform, arch,
// memoryUsage, cpuUsage, nextTick, promiseDetails, proxyDetails, isError, functionKind, functionSource,
// sourceLine, getAsyncContext, setAsyncContext, fs.submit, fs.sync, and those of AsyncHooks.cpp.
// Used if they are there: setStackHeader (header of an error's stack), previewEntries (rest of a Map or Set iterator),
// uid, gid.

const modules = {
  '_http_agent': () => require('./_http_agent'),
  '_http_client': () => require('./_http_client'),
  '_http_common': () => require('./_http_common'),
  '_http_incoming': () => require('./_http_incoming'),
  '_http_outgoing': () => require('./_http_outgoing'),
  '_http_server': () => require('./_http_server'),
  '_stream_duplex': () => require('./stream').Duplex,
  '_stream_passthrough': () => require('./stream').PassThrough,
  '_stream_readable': () => require('./stream').Readable,
  '_stream_transform': () => require('./stream').Transform,
  '_stream_writable': () => require('./stream').Writable,
  'async_hooks': () => require('./async_hooks'),
  'assert': () => require('./assert'),
  'assert/strict': () => require('./assert').strict,
  'buffer': () => require('./buffer'),
  'child_process': () => require('./internal/child-modules').childProcess(),
  'cluster': () => require('./cluster'),
  'console': () => require('./console'),
  'constants': () => require('./constants'),
  'crypto': () => require('./crypto'),
  'dgram': () => require('./dgram'),
  'diagnostics_channel': () => require('./diagnostics_channel'),
  'dns': () => require('./dns'),
  'dns/promises': () => require('./dns').promises,
  'domain': () => require('./domain'),
  'events': () => require('./events'),
  'fs': () => require('./fs'),
  'fs/promises': () => require('./fs').promises,
  'http': () => require('./http'),
  'https': () => require('./https'),
  'net': () => require('./net'),
  'os': () => require('./os'),
  'path': () => require('./path'),
  'path/posix': () => require('./path').posix,
  'path/win32': () => require('./path').win32,
  'perf_hooks': () => require('./perf_hooks'),
  'process': () => require('./process'),
  'punycode': () => require('./punycode'),
  'querystring': () => require('./querystring'),
  'readline': () => require('./readline'),
  'readline/promises': () => require('./readline').promises,
  'stream': () => require('./stream'),
  'stream/consumers': () => require('./stream-consumers'),
  'stream/promises': () => require('./stream').promises,
  'stream/web': () => require('./stream-web'),
  'string_decoder': () => require('./string_decoder'),
  'sys': () => require('./util'),
  'test': () => require('./test'),
  'timers/promises': () => require('./timers-promises'),
  'tty': () => require('./tty'),
  'url': () => require('./url'),
  'util': () => require('./util'),
  'util/types': () => require('./util').types,
  'v8': () => require('./v8'),
  'vm': () => require('./vm'),
  'worker_threads': () => require('./worker_threads'),
  'zlib': () => require('./zlib'),
};

// For the core and for the module loader only; a program cannot require these.
const internals = {
  'internal/inspect': () => require('./internal/inspect'),
  'internal/handles': () => require('./internal/handles'),
  'internal/events-async': () => require('./internal/events-async'),
  'internal/event-target': () => require('./internal/event-target'),
  'internal/stdio-streams': () => require('./internal/stdio-streams'),
  'internal/console-table': () => require('./internal/console-table'),
  'internal/system-constants': () => require('./internal/system-constants'),
  'internal/cjs-lexer': () => require('./internal/cjs-lexer'),
  'internal/signals': () => require('./internal/signals'),
  'internal/server-hook': () => require('./internal/server-hook'),
  'internal/types': () => require('./internal/types'),
  'internal/cluster-start': () => require('./internal/cluster-start'),
  'internal/child-start': () => require('./internal/child-start'),
  'internal/node-options': () => require('./internal/node-options'),
  'internal/worker-thread': () => require('./internal/worker-thread'),
};

const unavailable = new Map();
const hasOwn = Object.prototype.hasOwnProperty;

module.exports = {
  /** Exports of a core module (without `node:`) or of an internal one; undefined when there is none. */
  require(name) {
    if (hasOwn.call(modules, name)) return modules[name]();
    if (hasOwn.call(internals, name)) return internals[name]();
    if (!unavailable.has(name)) unavailable.set(name, require('./internal/unavailable').load(name));
    return unavailable.get(name);
  },

  /** Names that a program may require. */
  names: Object.keys(modules),

  /** The large part of what V4 lacks of the language's own library. */
  get polyfills() {
    return require('../polyfills/lib/index');
  },

  /** Values of global names, by function, so that each is made at its first use. */
  get globals() {
    return require('./globals');
  },
};
