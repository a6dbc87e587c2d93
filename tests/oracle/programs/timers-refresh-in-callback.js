// refresh() inside the callback re-arms; after clearTimeout it does nothing; an unref'd one stays unref'd.
let n = 0;
const t = setTimeout(() => { console.log('run', ++n); if (n === 1) t.refresh(); else if (n === 2) { t.refresh(); clearTimeout(t); } }, 5);
const dead = setTimeout(() => console.log('never'), 5); clearTimeout(dead); dead.refresh();
const quiet = setTimeout(() => console.log('never: unref survives refresh'), 500).unref(); quiet.refresh(); console.log(quiet.hasRef());
setTimeout(() => { const i = setInterval(() => { console.log('interval'); clearInterval(i); i.refresh(); }, 5); i.refresh(); }, 40);
