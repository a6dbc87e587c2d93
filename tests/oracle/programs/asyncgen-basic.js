async function* count(n) { for (let i = 1; i <= n; ++i) { await null; const got = yield i; if (got) console.log('got', got); } return 'end'; }
(async () => {
  const g = count(3);
  console.log(await g.next('ignored'), await g.next('x'), await g.next(), await g.next(), await g.next());
  for await (const v of count(2)) console.log(v);
  console.log(g[Symbol.asyncIterator]() === g, Object.prototype.toString.call(g), String(Object.getPrototypeOf(count)[Symbol.toStringTag]));
})();
