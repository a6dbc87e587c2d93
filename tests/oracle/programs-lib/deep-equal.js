// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const { isDeepStrictEqual } = require('util');
const assert = require('assert');
const loose = (a, b) => { try { assert.deepEqual(a, b); return true; } catch (error) { return false; } };
class A { constructor(x) { this.x = x; } }
class B { constructor(x) { this.x = x; } }
const cyclic = () => { const o = { a: 1 }; o.self = o; return o; };
const deep = () => { const a = { v: 1, inner: { list: [] } }; a.inner.list.push(a, { a }); return a; };
const pairs = [
  [1, 1], [1, '1'], [0, -0], [NaN, NaN], [null, undefined], ['a', 'a'], [true, 1], [{}, {}], [{}, []], [[], []], [[1], [1]], [[1, , 3], [1, undefined, 3]], [[1, , 3], [1, , 3]],
  [{ a: 1 }, { a: '1' }], [{ a: 1, b: 2 }, { b: 2, a: 1 }], [{ a: undefined }, {}], [new A(1), new B(1)], [new A(1), new A(1)], [new A(1), { x: 1 }],
  [new Date(5), new Date(5)], [new Date(5), new Date(6)], [/a/g, /a/g], [/a/g, /a/i], [new Error('x'), new Error('x')], [new Error('x'), new Error('y')], [new Error('x'), new TypeError('x')],
  [Object.assign(new Error('x'), { code: 1 }), Object.assign(new Error('x'), { code: 1 })], [new Set([1, 2]), new Set([2, 1])], [new Set([1]), new Set(['1'])], [new Set([{ a: 1 }, { b: 1 }]), new Set([{ b: 1 }, { a: 1 }])],
  [new Set([[1, 2], [3]]), new Set([[3], [1, 2]])], [new Set([{ a: 1 }]), new Set([{ a: 2 }])], [new Set([1, 2]), new Set([1])], [new Map([[1, 2]]), new Map([[1, 2]])], [new Map([[1, 2]]), new Map([['1', '2']])],
  [new Map([[{ k: 1 }, 'v']]), new Map([[{ k: 1 }, 'v']])], [new Map([[{ k: 1 }, 'v'], [{ k: 1 }, 'w']]), new Map([[{ k: 1 }, 'w'], [{ k: 1 }, 'v']])], [new Map([[null, 1]]), new Map([[undefined, 1]])], [new Map([['a', { b: 1 }]]), new Map([['a', { b: 1 }]])],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])], [new Uint8Array([1]), new Uint8Array([2])], [new Uint8Array([1]), new Int8Array([1])], [new Float64Array([0]), new Float64Array([-0])], [new ArrayBuffer(2), new ArrayBuffer(2)], [new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
  [Object(1), Object(1)], [Object(1), Object(2)], [Object('a'), Object('a')], [Object('a'), 'a'], [Object(true), Object(true)], [Symbol.iterator, Symbol.iterator], [Symbol('a'), Symbol('a')],
  [{ [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 1 }], [{ [Symbol.for('s')]: 1 }, { [Symbol.for('s')]: 2 }], [{ [Symbol.for('s')]: 1 }, {}], [cyclic(), cyclic()], [deep(), deep()], [() => 1, () => 1],
  [Object.create(null), {}], [(function() { return arguments; })(1), [1]], [(function() { return arguments; })(1), (function() { return arguments; })(1)], [Object.assign([1], { x: 1 }), [1]], [Object.assign([1], { x: 1 }), Object.assign([1], { x: 1 })],
  [new Set([new Set([1])]), new Set([new Set([1])])], [new Set([null, undefined, '', 0]), new Set([undefined, null, 0, ''])], [new Set(['1', 2]), new Set([1, '2'])], [new WeakMap(), new WeakMap()], [Promise.resolve(1), Promise.resolve(1)], [[new Map([[1, new Set([{ z: 1 }])]])], [new Map([[1, new Set([{ z: 1 }])]])]],
];
pairs.forEach(([a, b], i) => console.log(i, isDeepStrictEqual(a, b), loose(a, b), loose(b, a)));
