let n = 0;
const timer = setTimeout(() => { console.log('fired', ++n); if (n < 3) timer.refresh(); }, 20);
setTimeout(() => { console.log('10: refresh pushes it back'); console.log(timer.refresh() === timer); }, 10);
setTimeout(() => console.log('25: not fired yet', n), 25);
