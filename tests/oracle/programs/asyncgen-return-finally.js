async function* g() { try { yield 1; yield 2; } finally { console.log('cleaning'); await null; console.log('cleaned'); } }
(async () => {
  for await (const v of g()) { console.log(v); break; }
  console.log('after break');
  const it = g();
  await it.next();
  console.log(await it.return(Promise.resolve('awaited return')));
  console.log(await it.next());
  const unstarted = g();
  console.log(await unstarted.return('unstarted'), await unstarted.next());
  const thrown = g();
  await thrown.throw(new Error('not started')).catch((e) => console.log(e.message));
  async function* override() { try { yield 1; } finally { return 'from finally'; } }
  const o = override(); await o.next();
  console.log(await o.return('lost'));
  try { for await (const v of g()) throw new Error('in body'); } catch (e) { console.log(e.message); }
})();
