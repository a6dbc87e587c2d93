(async () => {
  outer: for (let i = 0; i < 3; ++i) {
    for (const j of [0, 1, 2]) {
      await null;
      if (j === 1 && i === 1) continue outer;
      if (i === 2) break outer;
      console.log(i, j);
    }
  }
  let n = 0;
  while (await Promise.resolve(n < 3)) console.log('while', n++);
  do { n = await (n - 1); } while (n > 0);
  for (const k in { a: 1, b: 2 }) console.log('in', await k);
  switch (await 'b') { case await 'a': console.log('a'); break; case await 'b': console.log('b'); }
  const o = { x: await 1, [await 'k']: [await 2, await 3], ...(await { z: 0 }) };
  console.log(o, `${await 't'}`, await (async () => await 5)(), (await 1, await 2), (await true) ? await 'y' : await 'n', (await null) ?? (await 'd'));
})();
