(async () => { for await (const v of ['a', 'b']) console.log('sync iterable', v); })();
(async () => { async function* g() { yield 'x'; yield 'y'; } for await (const v of g()) console.log('generator', v); })();
let p = Promise.resolve();
for (let i = 1; i <= 10; ++i) p = p.then(() => console.log(i));
