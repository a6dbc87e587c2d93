// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const list = new net.BlockList();
list.addAddress('1.1.1.1'); list.addRange('10.0.0.1', '10.0.0.10'); list.addSubnet('192.168.4.0', 22); list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6'); list.addAddress('8592:757c:efae:4e45:fb5d:d62a:0d00:8e17', 'ipv6');
console.log(list.check('1.1.1.1'), list.check('10.0.0.5'), list.check('10.0.0.11'), list.check('192.168.7.255'), list.check('192.168.8.0'), list.check('::ffff:1.1.1.1', 'ipv6'), list.check('::ffff:0101:0101', 'ipv6'), list.check('8592:757c:efae:4e45::1', 'ipv6'), list.check('8592:757c:efae:4e46::1', 'ipv6'), list.check('nonsense'));
console.log(list.rules, list);
const address = new net.SocketAddress({ address: '1.2.3.4', port: 80 });
console.log(address, address.address, address.port, address.family, address.flowlabel, list.check(address), JSON.stringify(address));
console.log(new net.SocketAddress(), new net.SocketAddress({ family: 'ipv6' }).address);
for (const make of [() => list.addAddress(1), () => list.addAddress('x'), () => list.addRange('2.2.2.2', '1.1.1.1'), () => list.addSubnet('1.1.1.1', 33), () => list.addSubnet('::', 129, 'ipv6'), () => list.addAddress('1.1.1.1', 1), () => list.addAddress('1.1.1.1', 'x'), () => new net.SocketAddress({ address: 'x' }), () => new net.SocketAddress({ port: -1 }), () => new net.SocketAddress({ family: 'x' }), () => new net.SocketAddress(1), () => list.check(1)]) {
  try { console.log('fine', make()); } catch (e) { console.log(e.name, e.code, e.message); }
}
for (const text of ['127.0.0.1', '::1', '1.2.3', '::ffff:1.2.3.4', 'fe80::1%eth0', '', '1.2.3.4.5', ':::', '2001:db8::g', '01.1.1.1', '1::2::3', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9'])
  console.log(text, net.isIP(text), net.isIPv4(text), net.isIPv6(text));
