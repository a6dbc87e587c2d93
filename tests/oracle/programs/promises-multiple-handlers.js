const p = new Promise((resolve) => setTimeout(resolve, 5, 'v'));
for (let i = 0; i < 4; ++i) p.then((v) => { console.log('handler', i, v); if (i === 1) throw new Error('only mine'); }).catch((e) => console.log('caught', e.message));
const derived = [p.then(), p.then(), p.catch(), p.finally()];
console.log(new Set(derived).size);
