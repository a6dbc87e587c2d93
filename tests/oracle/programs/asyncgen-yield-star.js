async function* inner() { try { const a = yield 'i1'; console.log('inner got', a); yield 'i2'; return 'inner result'; } finally { console.log('inner finally'); } }
async function* outer() { const r = yield* inner(); console.log('result', r); yield* [1, Promise.resolve(2)]; yield* (function* () { yield 's'; })(); yield 'o'; }
(async () => {
  const it = outer();
  console.log(await it.next(), await it.next('hello'));
  for await (const v of it) console.log(v);
  const second = outer();
  await second.next();
  console.log(await second.return('early'));
  const third = outer();
  await third.next();
  await third.throw(new Error('into inner')).catch((e) => console.log('out', e.message));
})();
