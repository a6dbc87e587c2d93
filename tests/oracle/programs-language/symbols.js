// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(Symbol('desc').description, Symbol.iterator.description, Symbol().description, Symbol.for('k').description, Symbol.asyncIterator.toString(), Symbol.matchAll.toString());
console.log(Object(Symbol('boxed')).description, Symbol.keyFor(Symbol.for('a')), Symbol.keyFor(Symbol('a')), typeof Symbol.hasInstance);
const failures = [
  () => Symbol('x') + '',
  () => `${Symbol('x')}`,
  () => +Symbol('x'),
  () => new Symbol(),
];
for (const bad of failures) {
  try { console.log(bad()); } catch (error) { console.log(error.name, error.message); }
}
const key = Symbol('key');
const object = { [key]: 1, plain: 2 };
console.log(Object.keys(object), Object.getOwnPropertySymbols(object), Reflect.ownKeys(object), JSON.stringify(object), object);
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
console.log(2 instanceof Even, 1 instanceof Even, String(Symbol('s')), [Symbol('in array')]);
const money = { [Symbol.toPrimitive](hint) { return hint === 'number' ? 42 : hint; } };
console.log(+money, String(money), money + '');
