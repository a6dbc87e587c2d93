process.on('uncaughtException', (e) => { console.log('caught', e.message); });
let n = 0;
const i = setInterval(() => { if (++n === 3) clearInterval(i); throw new Error('round ' + n); }, 5);
const u = setTimeout(() => { throw new Error('unref threw'); }, 300).unref();
setTimeout(() => console.log('keeps the loop alive'), 600);
setTimeout(() => { const late = setTimeout(() => console.log('never'), 1000); late.unref(); late.ref(); late.unref(); }, 450);
