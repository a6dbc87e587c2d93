// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// BigInt in Node's library: inspect, assert, Buffer, JSON, structuredClone, Map and Set.
const assert = require('assert'); const util = require('util');
const show = (f) => { try { return f(); } catch (e) { return `${e.name}: ${e.message}`; } };
console.log(1n, [1n, -2n], { a: 3n }, new Map([[1n, 2n]]), new Set([5n]), Object(7n), [1n,2n,3n,4n,5n,6n,7n,8n,9n,10n], 0n);
console.log('%d %i %f %s %o %j', 12n, 13n, 14n, 15n, 16n, 1);
console.log(util.inspect(123456789n, { numericSeparator: true }), util.inspect(1n, { colors: true }), util.format('%s', Object(1n)));
assert.strictEqual(1n, 1n); assert.deepStrictEqual({ a: [1n] }, { a: [1n] }); assert.notStrictEqual(1n, 2n); assert.notDeepStrictEqual([1n], [1]); assert.deepEqual([1n], [1]); assert.equal(1n, 1); assert.notDeepEqual([1n], [2]);
console.log(show(() => assert.strictEqual(1n, 2n)), show(() => assert.deepStrictEqual([1n], [2n])), show(() => assert.strictEqual(1n, 1)), show(() => assert.ok(0n)));
console.log(util.isDeepStrictEqual(new Set([1n]), new Set([1n])), util.isDeepStrictEqual(new Map([[1n, 1]]), new Map([[1n, 1]])), util.types.isBigIntObject(Object(1n)), util.types.isBigIntObject(1n), util.types.isBoxedPrimitive(1n), util.isDeepStrictEqual(Object(1n), Object(1n)));
console.log(structuredClone({ a: 1n, m: new Map([[2n, 3n]]) }), typeof structuredClone(5n));
const b = Buffer.alloc(16); b.writeBigInt64LE(-5n); b.writeBigUInt64BE(2n ** 63n, 8); console.log(b.toString('hex'), b.readBigInt64LE(0), b.readBigUInt64LE(0), b.readBigUint64BE(8), show(() => b.writeBigUInt64LE(-1n)), show(() => b.writeBigInt64BE(5)), show(() => b.writeBigInt64BE(2n ** 63n)));
console.log(JSON.stringify({ a: 1n }, (k, v) => typeof v === 'bigint' ? v.toString() : v), show(() => JSON.stringify([1n])), show(() => JSON.stringify(1n)), show(() => JSON.stringify({ a: { b: 2n } }, ['a', 'b'])));
BigInt.prototype.toJSON = function() { return `${this}n`; }; console.log(JSON.stringify({ a: 1n })); delete BigInt.prototype.toJSON;
console.log(typeof process.hrtime.bigint(), process.hrtime.bigint() > 0n, process.hrtime.bigint() - process.hrtime.bigint() <= 0n);
console.log(require('querystring').stringify({ a: 1n }), new URLSearchParams({ a: 1n }).toString());
console.log(show(() => Buffer.alloc(1n)), show(() => setTimeout(1n)), show(() => require('path').join(1n)));
console.log([3n, 2n].toString(), `${[1n, [2n]]}`, 'x'.repeat(Number(3n)), 'abc'[1n], [..."abc"].at(Number(1n)), Array.from({ length: 2 }, (_, i) => BigInt(i)));
console.log(1n, '1n', [undefined, 1n], { [Symbol('a')]: 1n }); console.table([{ a: 1n }]);
const m = new Map(); for (let i = 0n; i < 100n; i++) m.set(i, i * i); let s = 0n; for (const [k, v] of m) s += v - k; console.log(s, m.get(50n), m.has(100n), m.size, m.delete(3n), m.has(3n));
console.log([1n, 2, '3'].includes('3'), [1n, 2n].lastIndexOf(1n), [2n, 1n].sort(), [1n, NaN].findIndex((x) => x === 1n), Object.is(0n, -0n), Array.isArray([1n]));
class Money { constructor(v) { this.v = v; } static of(v) { return new Money(BigInt(v)); } plus(o) { return new Money(this.v + o.v); } [Symbol.toPrimitive](h) { return h === 'string' ? `$${this.v}` : this.v; } }
console.log(`${Money.of(5).plus(Money.of(7))}`, Money.of(3) + 4n, Money.of(3) > 2, Money.of(2) == 2n);
console.log(Object.keys(1n), Object.entries(Object(1n)), ({}).hasOwnProperty.call(1n, 'x'), 1n.x, Object.isFrozen(1n));
new Promise((r) => r(9n)).then((v) => console.log(v * 2n)); setTimeout((n) => console.log('t', n + 1n), 1, 5n); queueMicrotask(() => { try { null + 1n; } catch (e) { console.log(e.message); } });
const e = new Error('boo'); e.code = 5n; console.log(util.inspect(e).split('\n').pop(), util.inspect({ get a() { return 1n; } }, { getters: true }));
console.log(require('events').once.name, Number.isInteger(1n), Number.isSafeInteger(1n), isFinite(Number(1n)), Number.parseFloat(2n), Math.trunc(Number(5n)), new Date(Number(1n)).getTime());
