const a = setInterval(() => { console.log('a'); clearTimeout(a); }, 5);
const b = setTimeout(() => console.log('never b'), 5); clearInterval(b);
const d = setTimeout(() => console.log('never d'), 5); clearTimeout(d); clearTimeout(d); console.log(d._destroyed);
const ids = [1, 2, 3].map((n) => setTimeout(() => console.log('id', n), 30)); clearTimeout(ids[1][Symbol.toPrimitive]()); console.log(ids.every((t, i) => i === 0 || +t > +ids[i - 1]));
const e = setTimeout(() => {}, 1); e[Symbol.dispose]?.();
