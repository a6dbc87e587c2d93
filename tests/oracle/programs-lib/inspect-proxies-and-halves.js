// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Proxies of functions, whose text %s asks for, and half a surrogate pair on its way out.
const util = require('util');

for (const target of [function f() {}, () => {}, class A {}, {}, [1], async () => {}, Math.max]) {
  const proxy = new Proxy(target, {});
  console.log(util.types.isProxy(proxy), proxy, util.inspect(proxy, { showProxy: true }));
}
class Mine { toString() { return 'mine'; } }
class Derived extends Mine {}
console.log('%s|%s|%s|%s', Buffer.from('buffer'), new Mine(), new Derived(), new Date(0));
console.log('%s|%s|%s|%s', new Map([[1, 2]]), [1, [2, [3]]], new URLSearchParams('a=1'), new Error('e').message);
console.log('half \ud800 low \udc00 pair \ud83d\ude00 end \ud83d');
process.stdout.write('\udfff\n');
console.log(Buffer.from('\ud800a'), encodeURIComponent('\ud83d\ude00'));
