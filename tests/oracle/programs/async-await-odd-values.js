// What async functions await and return: values that look like results of generators, thenables, errors on the way; generators beside them.
async function f(x) { await null; const y = await x; for (const z of [1,2,3]) await z; if (x === 3) throw new Error('three'); return y * 2; }
async function none(x) { return x; }
async function nest(n) { if (n === 0) return 0; return 1 + await nest(n - 1); }
async function fin() { try { await Promise.reject(new Error('r')); } catch (e) { await 1; return e.message; } finally { await 2; } }
const thenable = { then(r) { r('thenable'); } };
class P extends Promise {}
async function* gen() { yield 1; const x = yield await 2; yield* [3, 4]; }
function* plain() { const a = yield 1; return a; }
(async () => {
  console.log(await f(1), await f(Promise.resolve(2)), await none(5), await nest(10), await fin(), await thenable);
  try { await f(3); } catch (e) { console.log(e.message); }
  const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { throw new Error('ctor'); } });
  try { await p; } catch (e) { console.log('at await:', e.message); }
  console.log(await new P((r) => r(7)), await P.resolve(8) instanceof P);
  const out = []; for await (const v of gen()) out.push(v); console.log(out);
  const g = plain(); console.log(g.next(), g.next(5), g.next());
  const arrow = async () => { await undefined; return { value: 1, done: false }; };
  console.log(await arrow());
  const results = await Promise.all([f(1), f(4), arrow(), none({ done: true, value: 3 })]);
  console.log(results);
  await (async () => { await null; await { done: true, value: 'x' }; })();
  class C { async m() { return await super.toString(); } static async s(a = await0()) { return a; } }
  console.log(await new C().m(), await C.s().catch((e) => e.message));
  function await0() { throw new Error('default'); }
})();
