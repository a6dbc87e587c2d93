// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const dns = require('dns');
dns.lookup('127.0.0.1', (...r) => console.log('ip', ...r));
dns.lookup('::1', { all: true }, (...r) => console.log('ip6', ...r));
dns.lookup('', (...r) => console.log('empty', ...r));
dns.lookup('localhost', 4, (...r) => { console.log('localhost', ...r);
dns.promises.lookup('localhost', { family: 4, all: true }).then((r) => { console.log(r);
dns.lookup('does-not-exist.invalid', (e) => { console.log(e.message, e.code, e.errno, e.syscall, e.hostname); dns.lookupService('127.0.0.1', 80, (...s) => console.log(...s)); });
}); });
for (const make of [() => dns.lookup(1, () => {}), () => dns.lookup('x'), () => dns.lookup('x', 5, () => {}), () => dns.lookup('x', { family: 7 }, () => {}), () => dns.lookup('x', { hints: 1 }, () => {}),
  () => dns.lookup('x', { all: 1 }, () => {}), () => dns.lookup('x', 'y', () => {}), () => dns.resolve('x', 'Y', () => {}), () => dns.resolve('x', 1, () => {}), () => dns.resolve4('x'), () => dns.reverse('x', () => {}),
  () => dns.lookupService('x', 1, () => {}), () => dns.lookupService('1.1.1.1', -1, () => {}), () => dns.lookupService('1.1.1.1'), () => dns.setServers('x'), () => dns.setServers(['x']), () => dns.setDefaultResultOrder('x'), () => new dns.Resolver({ timeout: 'x' }), () => new dns.Resolver({ tries: 0 })]) {
  try { make(); console.log('fine'); } catch (e) { console.log(e.name, e.code, e.message); }
}
dns.setServers(['1.1.1.1', '[2001:db8::1]:53', '8.8.8.8:1053', '[::1]:5353']);
console.log(dns.getServers(), dns.getDefaultResultOrder(), dns.NOTFOUND, dns.ADDRCONFIG, dns.V4MAPPED, dns.ALL);
const { promisify } = require('util');
promisify(dns.lookup)('127.0.0.1').then(console.log);
