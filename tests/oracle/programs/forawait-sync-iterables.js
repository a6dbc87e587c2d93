(async () => {
  for await (const v of [1, Promise.resolve(2), { then(r) { r(3); } }]) console.log(v);
  for await (const [k, v] of new Map([['a', 1], ['b', 2]])) console.log(k, v);
  for await (const { x = 'default', ...rest } of [{ x: 1, y: 2 }, { z: 3 }]) console.log(x, rest);
  try { for await (const v of [1, Promise.reject(new Error('in array')), 3]) console.log(v); } catch (e) { console.log(e.message); }
  const it = { [Symbol.iterator]() { let i = 0; return { next: () => ({ value: i, done: i++ >= 2 }), return(v) { console.log('return called'); return {}; } }; } };
  for await (const v of it) { console.log(v); if (v === 1) break; }
  try { for await (const v of 5); } catch (e) { console.log(e.name, e.message); }
  try { for await (const v of undefined); } catch (e) { console.log(e.name); }
})();
