// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Object.assign, create and defineProperties: symbols too, in order, and who is asked what.
const s = Symbol('s'), h = Symbol('h');
const src = { b: 1, 2: 'two', 1: 'one', [s]: 3, get g() { return 'got' } };
Object.defineProperty(src, h, { value: 1 }); Object.defineProperty(src, 'hid', { value: 1 });
console.log(Object.assign({}, null, src, undefined, 'ab', 5, [7]), Object.assign.length, Object.assign.name);
for (const bad of [() => Object.assign(), () => Object.assign(null, {}), () => Object.assign(Object.freeze({ a: 1 }), { a: 2 }), () => Object.assign({ set x(v) { throw new Error('set') } }, { x: 1 }), () => Object.assign({}, { get x() { throw new Error('get') } })]) try { console.log(bad()) } catch (e) { console.log(e.name, e.message) }
const log = []; Object.assign({}, new Proxy({ a: 1, [s]: 2 }, { ownKeys(t) { log.push('keys'); return Reflect.ownKeys(t) }, getOwnPropertyDescriptor(t, k) { log.push('desc ' + String(k)); return Reflect.getOwnPropertyDescriptor(t, k) }, get(t, k) { log.push('get ' + String(k)); return t[k] } })); console.log(log.join());
console.log(Object.assign(1), Object.assign([], [1, 2], [3]), Object.assign(function f() {}, { x: 1 }));
const made = Object.create({}, { [s]: { value: 1, enumerable: true }, a: { value: 2 } });
console.log(made[s], made.a, Object.getOwnPropertySymbols(Object.defineProperties({}, { [s]: { value: 1 } })).length);
console.log(Object.getOwnPropertySymbols(Object.getOwnPropertyDescriptors({ [s]: 1 })).length, Object.getOwnPropertySymbols(Object.assign({}, { [s]: 1 })).length);
