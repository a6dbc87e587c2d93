// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const range = { from: 1, to: 3, [Symbol.iterator]() { let at = this.from; const { to } = this; return { next: () => (at <= to ? { value: at++, done: false } : { value: undefined, done: true }), return() { console.log('closed'); return {}; } }; } };
console.log([...range], Array.from(range, (x) => x * 2), Math.max(...range), new Set(range), Object.fromEntries([...range].map((x) => [x, x])));
for (const value of range) { if (value === 2) break; }
const [first] = range;
console.log(first);
try { for (const value of range) throw new Error(`at ${value}`); } catch (error) { console.log(error.message); }
const entries = ['a', 'b'].entries();
console.log(entries.next(), [...entries], entries.next(), Object.prototype.toString.call(entries), [...'ab'].keys().next(), [...[1, , 2].keys()]);
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf([][Symbol.iterator]())), typeof [][Symbol.iterator]().next, Array.prototype[Symbol.iterator] === Array.prototype.values, Map.prototype[Symbol.iterator] === Map.prototype.entries);
for (const [index, letter] of [...'xy'].entries()) console.log(index, letter);
for (const key in { b: 1, a: 2, 1: 3, [Symbol('no')]: 4 }) console.log(key);
for (const index in ['p', 'q']) console.log(typeof index, index);
