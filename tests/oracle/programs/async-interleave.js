const step = async (name, n) => { for (let i = 0; i < n; ++i) { console.log(name, i); await null; } return name; };
step('a', 4).then((v) => console.log('done', v));
step('b', 2).then((v) => console.log('done', v));
(async () => { for (const p of [step('c', 1), step('d', 3)]) console.log('got', await p); })();
