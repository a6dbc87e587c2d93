// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const log = [];
const handler = new Proxy({}, { get: (_, trap) => (...args) => { log.push(trap); return Reflect[trap](...args); } });
const proxy = new Proxy({ a: 1, nested: { b: 2 } }, handler);
delete proxy.a;
console.log('c' in proxy, Object.keys(proxy), proxy.nested.b, log.join());
const validator = new Proxy({}, { set(target, key, value) { if (typeof value !== 'number') throw new TypeError(`${key} must be a number`); target[key] = value; return true; } });
validator.age = 5;
try { validator.age = 'x'; } catch (error) { console.log(error.message, validator.age); }
const callable = new Proxy(function add(a, b) { return a + b; }, { apply: (target, self, args) => target(...args) * 10, construct: (target, args) => ({ made: args }) });
console.log(callable(1, 2), new callable(7), typeof callable, callable.name, callable.length);
const { proxy: revocable, revoke } = Proxy.revocable({ x: 1 }, {});
console.log(revocable.x, revoke());
try { revocable.x; } catch (error) { console.log(error.name); }
console.log(Reflect.ownKeys({ b: 1, 2: 1, a: 1, 1: 1, [Symbol('s')]: 1 }), Reflect.has({ x: 1 }, 'x'), Reflect.construct(Date, [0]) instanceof Date, Reflect.getPrototypeOf([]) === Array.prototype, Reflect.apply(Math.max, null, [1, 5]), Reflect.defineProperty({}, 'x', { value: 1 }));
const defaults = new Proxy({}, { get: (target, key) => (key in target ? target[key] : `no ${String(key)}`) });
console.log(defaults.anything, Array.isArray(new Proxy([], {})), String(new Proxy({}, {})));
