const source = (n) => ({
  [Symbol.asyncIterator]() {
    let i = 0;
    return {
      next() { return new Promise((r) => setTimeout(() => r({ value: i, done: i++ === n }), 2)); },
      return() { console.log('closed'); return Promise.resolve({ done: true }); },
    };
  },
});
(async () => {
  for await (const v of source(3)) console.log(v);
  for await (const v of source(3)) { if (v === 1) break; console.log('again', v); }
  label: for await (const v of source(2)) { for await (const w of source(2)) { console.log(v, w); if (v === 1) continue label; } }
})();
