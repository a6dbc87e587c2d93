// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of object an async function is: its prototype, its own properties, `new`, its text.
async function declared(a, b) { return [a, b]; }
async function* streamed() { yield 5; }
const object = { async method() {}, async *[`com${'puted'}`]() {} };
class Host {
  async instance() { return this.constructor.name; }
  static async shared() {}
  async *many() {}
}
const AsyncFunctionPrototype = Object.getPrototypeOf(declared);
const AsyncGeneratorFunctionPrototype = Object.getPrototypeOf(streamed);
const kinds = [declared, streamed, object.method, object.computed, Host.prototype.instance, Host.shared, Host.prototype.many,
  async function() {}, async (x) => x, async () => { await 1; }, async ({ a } = {}, ...rest) => [a, rest], function* () {}, () => 1];
for (const f of kinds) {
  const kind = Object.getPrototypeOf(f) === AsyncFunctionPrototype ? 'async' : Object.getPrototypeOf(f) === AsyncGeneratorFunctionPrototype ? 'stream' : 'other';
  console.log(JSON.stringify(f.name), f.length, kind, Object.prototype.toString.call(f), f[Symbol.toStringTag], f.constructor.name, Object.getOwnPropertyNames(f).sort().join());
  try { new f(); } catch (error) { console.log(error.name, error.message); }
  console.log(String(f));
}
const AsyncFunction = AsyncFunctionPrototype.constructor;
const AsyncGeneratorFunction = AsyncGeneratorFunctionPrototype.constructor;
console.log(declared instanceof AsyncFunction, streamed instanceof AsyncFunction, declared instanceof Function, Object.getPrototypeOf(AsyncFunction) === Function);
for (const name of ['name', 'length', 'prototype']) console.log(name, JSON.stringify(Object.getOwnPropertyDescriptor(AsyncFunction, name)));
console.log(AsyncGeneratorFunctionPrototype.prototype === Object.getPrototypeOf(streamed.prototype), Object.getPrototypeOf(streamed()) === streamed.prototype);
streamed.prototype = null;
console.log(Object.getPrototypeOf(streamed()) === AsyncGeneratorFunctionPrototype.prototype);

const sum = new AsyncFunction('a', 'b = 2', 'return await a + b');
console.log(sum.name, sum.length, String(sum));
sum(40).then((value) => console.log(value));
(async () => { for await (const x of AsyncGeneratorFunction('n', 'yield n; yield* [n + 1]')(1)) console.log('streamed', x); })();
for (const bad of [['}'], ['a = await 1', ''], ['return await']]) {
  try { AsyncFunction(...bad); console.log('fine'); } catch (error) { console.log(error.name); }
}
