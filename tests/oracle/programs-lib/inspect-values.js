// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const util = require('util');
const show = (value, options) => console.log(util.inspect(value, options));

class Animal { constructor(name) { this.name = name; } get sound() { return 'x'; } }
class Dog extends Animal { constructor() { super('dog'); this.legs = 4; } static kind() {} }

console.log('--- primitives');
for (const value of [1, -0, 0, 1.5, NaN, Infinity, 'text', "it's", 'a"b\'c', 'a`b"c\'d', 'line\nbreak', '\u0000\u001b\u007f\x85',
                     '\ud83d\ude00', '\ud83d', true, null, undefined, Symbol('s'), Symbol(''), Symbol.iterator, Symbol('a\nb')]) show(value);

console.log('--- objects');
show({});
show({ a: 1, b: 'two', 'c-d': [3], [Symbol('k')]: { e: {} }, __proto__: { inherited: 1 } });
show({ a: { b: { c: { d: 1 } } } });
show({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
show({ a: { b: { c: { d: 1 } } } }, { depth: null });
show(Object.create(null));
show(Object.assign(Object.create(null), { x: 1 }));
show(new Dog());
show([new Dog(), new Animal('cat')]);
show(Object.create(Dog.prototype));
show(Object.create(new Dog()));
show(Object.create(Object.create(null)));
show({ get a() { return 1; }, set a(v) {}, get b() { return 2; }, set c(v) {} });
show({ get a() { return { x: 1 }; }, get b() { throw new Error('no'); }, get c() { return null; } }, { getters: true });
show({ undefined: undefined, null: null, 1: 'one', '01': 'x', 'a b': 1, [`it's`]: 2 });
show(Object.defineProperty({ shown: 1 }, 'hidden', { value: 2, enumerable: false }), { showHidden: true });
show({ ['__proto__']: 5 });
show(globalThis === undefined);

console.log('--- functions');
show(function named() {});
show(() => {});
show((function() { return function() {}; })());
show(class {});
show(Dog);
show(Animal);
show(class extends Dog {});
show(Object.assign(function withProps() {}, { a: 1 }));
show(function* gen() {});
show(async function later() {});
show(async () => {});
show(async function* both() {});
show({ method() {}, arrow: () => 1, async soon() {}, *many() {} });
show(Math.max);
show(Math);
show(JSON);
show(Reflect.ownKeys);

console.log('--- arrays');
show([]);
show([1, 2, 3]);
show([1, , 3]);
show([, , ]);
show(new Array(5));
show(Object.assign([1, 2], { extra: true, '-1': 0 }));
show(Array.from({ length: 7 }, (_, i) => i));
show(Array.from({ length: 30 }, (_, i) => i * i));
show(Array.from({ length: 120 }, (_, i) => i));
show(Array.from({ length: 101 }, (_, i) => `item ${i}`));
show(Array.from({ length: 27 }, (_, i) => 'abc'.repeat(i % 4 + 1)));
show(Array.from({ length: 10 }, (_, i) => ({ id: i })));
show(Array.from({ length: 8 }, (_, i) => [i, `v${i}`]));
show([[[[[]]]], { a: [{ b: { c: {} } }] }]);
show(['a'.repeat(60), 'b'.repeat(60)]);
show(['x'.repeat(20), 'y'.repeat(20), 'z'.repeat(20), 'w'.repeat(20)]);
show([undefined, null, NaN, -0]);
show([1.5, 22.25, 333.125, 4, 5, 6, 7, 8]);
class MyArray extends Array {}
show(MyArray.from([1, 2]));
show([1, 2, 3, 4], { maxArrayLength: 2 });
show([1, 2, 3, 4], { maxArrayLength: 0 });
show('a'.repeat(50), { maxStringLength: 10 });

console.log('--- collections');
show(new Map());
show(new Map([['a', 1], [{ k: 1 }, new Set([1, [2]])]]));
show(new Set([1, 'two', { three: 3 }]));
show(Object.assign(new Map([[1, 2]]), { extra: 1 }));
show(new Map([['long key '.repeat(5), 'long value '.repeat(5)], ['b', 2]]));
show(new WeakMap());
show(new WeakSet());
class MyMap extends Map {}
show(new MyMap([[1, 2]]));
show(new Set(Array.from({ length: 105 }, (_, i) => i)));
show(new Map([[new Map([[1, 2]]), new Map([[3, new Map([[4, 5]])]])]]));

console.log('--- binary');
show(new Uint8Array([1, 2, 3]));
show(new Float64Array(3));
show(new Uint8Array(0));
show(new ArrayBuffer(4));
show(new DataView(new ArrayBuffer(2)));
show(new Uint8Array([1, 2]), { showHidden: true });
show({ buffer: new Uint8Array([1]).buffer });

console.log('--- dates, regexps, boxes');
show(new Date(0));
show(new Date(NaN).getTime());
show(Object.assign(new Date(0), { a: 1 }));
show(/a[b]c/gi);
show(Object.assign(/x/, { a: 1 }));
show([new Date(86400000), /x/]);
show(Object(1));
show(Object('str'));
show(Object(true));
show(Object(Symbol('q')));
show(Object.assign(Object('ab'), { a: 1 }));
(function() { show(arguments); })(1, 'two');

console.log('--- circular');
const circle = { name: 'c' };
circle.self = circle;
circle.list = [circle, { back: circle }];
show(circle);
const left = {};
const right = { left };
left.right = right;
show([left, right]);
const map = new Map();
map.set('me', map);
show(map);

console.log('--- promises, proxies');
show(Promise.resolve(5));
show(new Promise(() => {}));
const rejected = Promise.reject(new RangeError('x').message);
rejected.catch(() => {});
show(rejected);
show(Promise.resolve({ a: [1, { b: { c: 1 } }] }));
show(new Proxy({ a: 1 }, {}));
show(new Proxy({ a: 1 }, {}), { showProxy: true });
show(new Proxy(function target() {}, {}));
show(new Proxy([1, 2], { get() { throw new Error('trap'); } }));

console.log('--- tags and custom');
show({ [Symbol.toStringTag]: 'Tagged', a: 1 });
class Tagged { get [Symbol.toStringTag]() { return 'Label'; } }
show(new Tagged());
class Custom { [util.inspect.custom](depth, options, inspect) { return `<custom ${depth} ${typeof options.stylize} ${inspect === util.inspect}>`; } }
show(new Custom());
show({ nested: new Custom(), deep: { er: new Custom() } });
show({ [util.inspect.custom]: () => ({ other: 'object' }) });
show({ [util.inspect.custom]: () => 'two\nlines', x: { [util.inspect.custom]: () => 'in\nner' } });
show({ a: { [util.inspect.custom]: () => 'in\nner' } });
show(new Custom(), { customInspect: false });
show(globalThis.process === process);

console.log('--- layout');
show({ a: 'x'.repeat(30), b: 'y'.repeat(30), c: 1 });
show({ a: 'x'.repeat(40), b: 'y'.repeat(40), c: 1 });
show({ a: { b: 1, c: { d: 2 } }, e: [1, 2, [3, [4, [5]]]] }, { depth: 10 });
show({ text: 'first line\nsecond line\nthird line that is rather long so that it breaks the line length' });
show({ a: 1, b: { c: 2 } }, { compact: false });
show({ a: 1, b: { c: 2, d: [1, 2, 3] } }, { compact: true });
show({ a: 1, b: { c: 2, d: { e: {} } } }, { compact: 1 });
show({ c: 1, a: 2, b: 3 }, { sorted: true });
show({ c: 1, a: 2, b: 3 }, { sorted: (x, y) => (x < y ? 1 : -1) });
show({ a: 1, b: 'x', c: null, d: undefined, e: Symbol('z'), f: /r/, g: new Date(0), h: [true], i() {} }, { colors: true });
show({ a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, { colors: true });
show([1234567.891, 1000, -123456], { numericSeparator: true });
show({ a: 1, b: 2 }, { breakLength: 3 });
show(Array.from({ length: 20 }, (_, i) => `k${i}`), { breakLength: 40 });
show(new Map([[{ a: 1 }, 'b']]), { compact: false });
show({ '日本語': '幅', emoji: '😀😀' });
show(['日本', '日本語', '中', '国文字', 'あ', 'い', 'う', 'え']);
