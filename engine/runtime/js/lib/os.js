// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// os: the same machine on every run, so that a recording does not depend on where it was made.

const binding = require('../core/binding');
const { dlopen, errno, priority, signals } = require('./internal/system-constants');
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

function checkedPriority(call, pid, value) {
  validateInt32(pid, 'pid');
  if (value !== undefined) validateInt32(value, 'priority', priority.PRIORITY_HIGHEST, priority.PRIORITY_LOW);
  // There are no other processes.
  if (pid !== 0 && pid !== process.pid) {
    throw new codes.ERR_SYSTEM_ERROR({ errno: -errno.ESRCH, code: 'ESRCH', message: 'no such process', syscall: call });
  }
}

let ownPriority = 0;

module.exports = {
  arch: named('arch', () => process.arch),
  availableParallelism: named('availableParallelism', () => threads),
  cpus: () => Array.from({ length: threads }, cpu),
  endianness: named('endianness', () => 'LE'),
  freemem: named('freemem', () => 4 * gigabyte),
  getPriority(pid = 0) {
    checkedPriority('uv_os_getpriority', pid);
    return ownPriority;
  },
  homedir: named('homedir', () => environment('HOME', '/')),
  hostname: named('hostname', () => 'loopscope'),
  loadavg: () => [0, 0, 0],
  networkInterfaces: () => ({
    lo: [
      { address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' },
      { address: '::1', netmask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', family: 'IPv6', mac: '00:00:00:00:00:00', internal: true,
        cidr: '::1/128', scopeid: 0 },
    ],
  }),
  platform: named('platform', () => process.platform),
  release: named('release', () => '6.1.0'),
  setPriority(pid, value) {
    if (value === undefined) {
      checkedPriority('uv_os_setpriority', 0, pid);
      ownPriority = pid;
      return;
    }
    checkedPriority('uv_os_setpriority', pid, value);
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
};

const bare = (object) => Object.assign(Object.create(null), object);
const constants = bare({ UV_UDP_REUSEADDR: 4, dlopen: bare(dlopen), errno: bare(errno), signals: Object.freeze(bare(signals)), priority: bare(priority) });
Object.defineProperty(module.exports, 'constants', { value: constants, enumerable: true });
Object.defineProperty(module.exports, 'EOL', { value: '\n', enumerable: true, configurable: true });
Object.defineProperty(module.exports, 'devNull', { value: '/dev/null', enumerable: true, configurable: true });
