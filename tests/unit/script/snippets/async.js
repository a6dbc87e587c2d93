// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const show = (x) => console.log(x);
const later = (name) => (x) => show(name + ' ' + JSON.stringify(x));
async function parameters(a, { b } = { b: 2 }, ...c) { await null; return [a, b, c, arguments.length]; }
parameters(1).then(later('parameters'));
const arrow = async (a, b = 2) => { await 1; return a + b; };
arrow(1).then(later('arrow'));
const single = async a => await a;
single(3).then(later('single'));
(async () => { try { await Promise.reject(new Error('x')); } catch (e) { show('caught ' + e.message); } finally { await 1; show('finally'); } })();
class A { m() { return 'Am'; } static s() { return 'As'; } get g() { return 'Ag'; } }
class B extends A {
  async m() { await 1; const k = 'm'; return super.m() + super[k]() + super.g + (await (async () => super.m())()); }
  static async s() { return super.s(); }
  async *gen() { yield super.m(); }
  async ['computed' + 1](x) { return [x, this instanceof B]; }
  static async *[Symbol.asyncIterator]() { yield 1; yield 2; }
}
new B().m().then(later('super'));
B.s().then(later('static super'));
new B().gen().next().then(later('generator super'));
new B().computed1(5).then(later('computed'));
(async () => { const seen = []; for await (const x of B) seen.push(x); return seen; })().then(later('static generator'));
async function* count(n) { for (let i = 0; i < n; i++) { try { yield i; } finally { await 0; } } return await 5; }
(async () => {
  const seen = [];
  L: for await (const x of count(5)) { if (x == 1) continue L; if (x == 3) break L; seen.push(x); }
  for await (const [y, z = 3] of [[1], Promise.resolve([2, 4])]) seen.push([y, z]);
  let q;
  for await (q of ['a', 'b']);
  const o = {};
  for await (o.x of [7]);
  for await ({ a: o.y } of [{ a: 4 }]);
  for await (var v of [1]) { }
  const closures = [];
  for await (const c of [1, 2]) closures.push(() => c);
  outer: for (const a of [1, 2]) for await (const b of [a]) { if (a === 1) continue outer; seen.push(['outer', a, b]); }
  return [seen, q, o, v, closures.map((f) => f())];
})().then(later('for await'));
(async function () {
  const it = { [Symbol.asyncIterator]() { return this; }, i: 0, next() { return { value: this.i++, done: false }; }, async return() { show('returned'); return {}; } };
  for await (const x of it) { if (x == 2) return 'early'; }
})().then(later('return'));
(async function () {
  const it = { [Symbol.asyncIterator]() { return this; }, next() { return { value: 1, done: false }; }, return() { throw new Error('close'); } };
  try { for await (const x of it) throw new Error('body'); } catch (e) { show('body wins: ' + e.message); }
  try { for await (const x of it) break; } catch (e) { show('close throws: ' + e.message); }
  try { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => 5 }) }); } catch (e) { show('no object: ' + e.name); }
  try { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => ({ value: 1 }), return: () => 5 }) }) break; } catch (e) { show('no result: ' + e.name); }
})();
(async () => { function g() { return 1; } var g; return [typeof g, await g()]; })().then(later('hoisted'));
(async (a) => { var a; return a; })(6).then(later('variable of a parameter'));
(async ({ a }) => a)().catch((e) => show('rejected ' + e.name));
(async function () { return (async () => arguments[0])(); })(8).then(later('arguments'));
(async function (x) { 'use strict'; return this === undefined; })().then(later('strict'));
(function () { return (async ([a], b = a) => [a, b, arguments.length])([3]); })(1, 2, 3).then(later('arrow arguments'));
const methods = { async 'a b'() { return 1; }, async [`k${1}`]() { return 2; }, async *gg() { yield 1; }, async: 3, await: 4, get async2() { return 5; } };
methods['a b']().then(later('quoted'));
methods.k1().then(later('template key'));
show(methods.async + methods.await + methods.async2);
show([arrow.name, parameters.name, methods.k1.name, (async function named() { }).name, (async () => { }).name, parameters.length, arrow.length].join());
async function nested() { const inner = async () => this; for (const i of [1, 2]) { await i; } const f = async () => { await 1; return [await 2, `${await 3}`, await (await 4)]; }; return f.call(9); }
nested.call({}).then(later('nested'));
(async () => ({ a: await 1, ...(await { b: 2 }), [await 'c']: await 3 }))().then(later('object'));
(async () => { const [a, b = await 2] = [await 1]; return (await a) + b ** await 2; })().then(later('expressions'));
(async () => { switch (await 1) { case await 1: return 'case'; default: return 'default'; } })().then(later('switch'));
(async () => { do { await 1; } while (await false); while (await 0); for (let i = await 0; i < await 2; i += await 1) { if (await true) continue; else await 3; } return 'loops'; })().then(later('loops'));
(async () => { if (await 0) return 1; else if (await 1) return 'else if'; })().then(later('if'));
(async () => { return await new (class { then(r) { r('thenable'); } })(); })().then(later('thenable'));
(async () => { label: { await 1; break label; } return 'label'; })().then(later('label'));
(async () => { throw await 'thrown'; })().catch(later('throw'));
(async () => { x: for (const a of [1, 2, 3]) { for (const b of [1]) { await b; if (a === 2) continue x; if (a === 3) break x; } } return 'labels'; })().then(later('labels'));
async function* outer() { const r = yield* inner(); yield r; }
async function* inner() { const got = yield 1; yield got; return 'result'; }
(async () => { const g = outer(); return [await g.next(), await g.next('sent'), await g.next(), await g.next()]; })().then(later('yield*'));
(async () => { async function f() { if (true) { function inBlock() { return 'block'; } } return inBlock(); } return f(); })().then(later('block function'));
