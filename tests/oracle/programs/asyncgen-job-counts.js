const seen = [];
async function* g() { seen.push('g start'); yield 'a'; seen.push('g after a'); await null; yield 'b'; seen.push('g end'); return 'c'; }
(async () => { for await (const v of g()) seen.push('loop ' + v); seen.push('loop done'); })();
const h = g();
h.next().then((r) => seen.push('h ' + r.value));
h.return('r').then((r) => seen.push('h ' + r.value));
(async () => { const k = (async function* () { yield* g(); })(); let r; while (!(r = await k.next()).done) seen.push('star ' + r.value); seen.push('star done'); })();
let p = Promise.resolve();
for (let i = 1; i <= 24; ++i) p = p.then(() => seen.push(i));
p.then(() => console.log(seen.join('\n')));
