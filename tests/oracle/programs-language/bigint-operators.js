// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// BigInt: operators, comparisons, conversions and errors.
const show = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.message}`; } };
const p = (...a) => console.log(...a.map((v) => typeof v === 'bigint' ? `${v}n` : typeof v === 'string' ? v : JSON.stringify(v)));
p(1n + 2n, 5n - 7n, 3n * 4n, 7n / 2n, -7n / 2n, -7n % 3n, 2n ** 100n, 1n << 70n, -5n >> 1n, 0xffn & 0x0fn, 5n | 8n, 6n ^ 3n, ~5n, -(-3n));
let x = 10n; x++; p(x); p(x++, x, --x, x--, x); x += 5n; x *= 2n; x **= 2n; x <<= 3n; x %= 7n; p(x);
const o = { a: 1n, ['b' + 1]: 2n, f() { return this; } }; o.a++; o.f().a += 4n; p(o.a, o.f().a++, o.a, ++o['a'], o['b1']--, o.b1);
p(1n < 2n, 1n < 2, 2 > 1n, 1n <= 1, 2n >= 3, '5' > 4n, 1n == 1, 1n == '1', 1n != 2, 0n == '', 1n === 1n, 1n === 1, 2n ** 64n === 18446744073709551616n, 0n == false, 1n < NaN, 1n > 'x');
p(typeof 1n, typeof x, typeof x === 'bigint', typeof x === 'object', typeof undeclared, typeof Object(1n));
p(0n ? 't' : 'f', 1n ? 't' : 'f', !0n, 0n || 'or', 0n && 'and', 5n && 'and', 0n ?? 'nn', !!0n);
if (0n) p('bad'); else p('good'); while (x) { x--; if (x < 0n) break; } p(x);
p(show(() => 1n + 1), show(() => +1n), show(() => 1n >>> 0n), show(() => 1n / 0n), show(() => 2n ** -1n), show(() => BigInt(1.5)), show(() => BigInt('x1')), show(() => BigInt(undefined)), show(() => new BigInt(1)), show(() => Math.max(1n)), show(() => JSON.stringify({ a: 1n })), show(() => 1n + Symbol('q')), show(() => BigInt(Symbol('w'))), show(()=> x * 2));
p(`${1n} ${2n ** 65n}`, 'a' + 1n, 1n + 'b', [1n, 2n].join(), String(12n), 255n.toString(16), (-255n).toString(2), (123456789n).toLocaleString());
p(BigInt(10), BigInt('0x1f'), BigInt('  12  '), BigInt(true), BigInt.asIntN(8, 255n), BigInt.asUintN(8, -1n), BigInt.asIntN(64, 2n ** 63n), BigInt.asUintN(64, -1n), BigInt(Number.MAX_SAFE_INTEGER), BigInt(1e21));
p(Number(1n), Number(2n ** 64n), parseInt('12n'), parseInt(15n), parseFloat(3n), [3n, 1n, 2n].map(Number), Number(2n**53n+1n), Number(-(2n**1024n)));
const m = new Map([[1n, 'one'], [1, 'uno']]); p(m.get(1n), m.get(1), m.size, new Set([1n, 1n, 2n]).size, [1n, 2n].indexOf(2n), [1n].includes(1n), Object.is(1n, 1n));
switch (x + 4n) { case -1n: p('neg'); break; case 4n: p('four'); break; case 3n: p('three'); break; default: p('none'); }
p({ [1n]: 'k' }, { 2n: 'lit' }, ({ 1: 'z' })[1n], [10, 20][1n], Object.prototype.toString.call(1n), 1n instanceof BigInt, Object(1n) instanceof BigInt, Object(1n) == 1n, Object(2n) + 1n);
p([3n, 1n, 10n, 2n].sort().map(String), [3n, 1, 10n, 2n].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(String));
const fact = (n) => (n <= 1n ? 1n : n * fact(n - 1n)); p(fact(25n));
function fib(n) { let a = 0n, b = 1n; for (let i = 0; i < n; i++) [a, b] = [b, a + b]; return a; } p(fib(200));
p(1n .constructor === BigInt, Object.getPrototypeOf(1n) === BigInt.prototype, BigInt.name, BigInt.length, BigInt.prototype[Symbol.toStringTag]);
class C { #v = 1n; static s = 2n; bump() { this.#v++; this.#v += 2n; C.s **= 3n; return this.#v; } } const c = new C(); p(c.bump(), c.bump(), C.s);
const dv = new DataView(new ArrayBuffer(16)); dv.setBigInt64(0, -2n); dv.setBigUint64(8, 2n ** 64n - 3n, true); p(dv.getBigInt64(0), dv.getBigUint64(0), dv.getBigUint64(8, true), dv.getBigInt64(8, true));
(async () => { let t = 0n; for await (const q of [1n, 2n, Promise.resolve(3n)]) t += await q; p(t); })();
function* g() { let a = 1n; while (true) a *= (yield a) ?? 2n; } const it = g(); p(it.next().value, it.next().value, it.next(5n).value);
p([1n, 2n, 3n].reduce((a, b) => a + b), [..."ab"].length, 1_000n, 0b101n, 0o17n, 0XABn);
let u; p(u ||= 5n, u &&= 0n, u ||= 7n, u ??= 9n);
p({ valueOf() { return 5n; } } + 1n, 2n * { valueOf() { return 5n; } }, [] + 1n, 1n + {}, 5n > { valueOf() { return 4n; } });
