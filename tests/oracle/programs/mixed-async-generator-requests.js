// for await, break, return, throw and requests made ahead, beside a timer.
async function* g(n) { try { for (let i = 0; i < n; i++) { const r = yield i; if (r) console.log('got', r); await null; } } finally { console.log('fin', n); await new Promise(r => setTimeout(r, 2)); console.log('fin done', n); } }
(async () => {
  for await (const x of g(5)) { console.log(x); if (x === 2) break; }
  const it = g(3);
  console.log(await it.next('a'), await it.next('b'), await it.return('r'), await it.next());
  const it2 = g(2);
  const ps = [it2.next(), it2.next(), it2.next(), it2.throw(new Error('T')).catch(e => e.message)];
  console.log(await Promise.all(ps));
  try { for await (const x of g(2)) { throw new Error('body'); } } catch (e) { console.log(e.message); }
  try { const i3 = g(2); await i3.next(); await i3.throw(new Error('x')); } catch (e) { console.log('c', e.message); }
})();
setTimeout(() => console.log('timer'), 1);
