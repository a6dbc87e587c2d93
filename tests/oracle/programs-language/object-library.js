// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(Object.fromEntries([['a', 1], ['b', 2]]), Object.fromEntries(new Map([['x', { y: 1 }]])), Object.fromEntries(Object.entries({ p: 1 }).map(([k, v]) => [k, v * 2])));
console.log(Object.hasOwn({ a: undefined }, 'a'), Object.hasOwn(Object.create({ a: 1 }), 'a'), Object.hasOwn('abc', 'length'), Object.hasOwn([1], 0));
for (const bad of [() => Object.fromEntries(5), () => Object.fromEntries(), () => Object.fromEntries([1]), () => Object.hasOwn(null, 'a')]) {
  try { bad(); } catch (error) { console.log(error.name + ': ' + error.message); }
}
const accessor = { get g() { return 1; }, set g(v) {} };
console.log(typeof accessor.__lookupGetter__('g'), typeof Object.create(accessor).__lookupSetter__('g'), accessor.__lookupGetter__('none'));
let closed = false;
try { Object.fromEntries({ [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }), return() { closed = true; return {}; } }; } }); } catch (error) { console.log(closed); }
console.log(Object.entries('ab'), Object.values({ a: 1, b: [2] }), Object.getOwnPropertyDescriptors({ get a() { return 1; }, b: 2 }));
