(async () => {
  const fs = [];
  for (let i = 0; i < 3; ++i) { await null; fs.push(() => i); }
  console.log(fs.map((f) => f()));
  const order = [];
  await Promise.all([1, 2, 3].map(async (v) => { order.push('start' + v); await null; order.push('end' + v); }));
  console.log(order.join(' '));
})();
