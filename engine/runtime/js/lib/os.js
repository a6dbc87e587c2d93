// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// os: the same machine on every run, so that a recording does not depend on where it was made.

const binding = require('../core/binding');
const { errno, priority, signals } = require('./internal/system-constants');
const { codes } = require('../core/errors');
const { validateInt32 } = require('../core/validators');

const gigabyte = 2 ** 30;
const threads = 4;

function withPrimitive(fn) {
  Object.defineProperty(fn, Symbol.toPrimitive, { value: () => fn(), configurable: true });
  return fn;
}

const named = (name, value) => withPrimitive(Object.defineProperty(() => value(), 'name', { value: name }));

const cpu = () => ({ model: 'Loopscope', speed: 1000, times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } });
const environment = (name, fallback) => process.env[name] || fallback;

function tmpdir() {
  const folder = environment('TMPDIR', environment('TMP', environment('TEMP', '/tmp')));
  return folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
}

function checkedPriority(pid, value) {
  validateInt32(pid, 'pid');
  if (value !== undefined) validateInt32(value, 'priority', priority.PRIORITY_HIGHEST, priority.PRIORITY_LOW);
  if (pid !== 0 && pid !== process.pid) throw new codes.ERR_INVALID_ARG_VALUE('pid', pid);
}

let ownPriority = 0;

module.exports = {
  arch: named('arch', () => process.arch),
  availableParallelism: named('availableParallelism', () => threads),
  cpus: () => Array.from({ length: threads }, cpu),
  endianness: named('endianness', () => 'LE'),
  freemem: named('freemem', () => 4 * gigabyte),
  getPriority(pid = 0) {
    checkedPriority(pid);
    return ownPriority;
  },
  homedir: named('homedir', () => environment('HOME', '/')),
  hostname: named('hostname', () => 'loopscope'),
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({}),
  platform: named('platform', () => process.platform),
  release: named('release', () => '6.1.0'),
  setPriority(pid, value) {
    if (value === undefined) {
      checkedPriority(0, pid);
      ownPriority = pid;
      return;
    }
    checkedPriority(pid, value);
    ownPriority = value;
  },
  tmpdir: withPrimitive(tmpdir),
  totalmem: named('totalmem', () => 8 * gigabyte),
  type: named('type', () => 'Linux'),
  userInfo: () => ({
    uid: process.getuid(), gid: process.getgid(), username: environment('USER', 'user'), homedir: environment('HOME', '/'),
    shell: environment('SHELL', null),
  }),
  uptime: named('uptime', () => binding.now() / 1000),
  version: named('version', () => '#1 Loopscope'),
  machine: named('machine', () => 'x86_64'),
  constants: Object.freeze({ UV_UDP_REUSEADDR: 4, dlopen: {}, errno, signals, priority }),
};
Object.defineProperty(module.exports, 'EOL', { value: '\n', enumerable: true });
Object.defineProperty(module.exports, 'devNull', { value: '/dev/null', enumerable: true });
