// Memory that the heap gives back and takes again, in chunks and in large pieces, holds what was put there.
let n = 0; const live = [];
for (let r = 0; r < 150; ++r) { const big = new Array(((r * 7919) % 30000) + 100).fill(0).map((_, i) => ({ i })); const s = 'ab'.repeat((r * 31) % 50000); const t = new Float64Array((r * 131) % 20000); n += big.length + s.length + t.length; live[r % 7] = { big, s, t }; for (const k in live) { const { big: b } = live[k]; if (b[b.length - 1].i !== b.length - 1) throw new Error('broken'); } }
console.log(n);
