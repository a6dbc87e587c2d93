// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(Object.keys({ z: 1, 2: 1, a: 1, 1: 1, '-1': 1, '01': 1 }), Reflect.ownKeys({ [Symbol('s')]: 1, b: 1, 0: 1 }), JSON.stringify({ b: 1, a: 2, 10: 3, 9: 4 }));
const object = { one: 1, two: 2 };
object.three = 3;
Object.defineProperty(object, 'hidden', { value: 4, enumerable: false });
console.log(Object.keys(object), Object.getOwnPropertyNames(object), Object.entries({ ...object, one: 'changed' }), Object.assign({ x: 0 }, object));
const child = Object.create(object, { own: { value: 1, enumerable: true } });
const seen = [];
for (const key in child) seen.push(key);
console.log(seen, Object.values(child), child.hasOwnProperty('one'), 'one' in child, Object.getOwnPropertyDescriptor(object, 'hidden'));
const getters = { get a() { return 1; }, b: 2 };
console.log(getters, { ...getters }, Object.freeze({ deep: { x: 1 } }), structuredClone({ z: 1, y: [2] }));
