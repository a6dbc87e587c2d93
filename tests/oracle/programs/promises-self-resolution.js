let resolveIt;
const p = new Promise((resolve) => { resolveIt = resolve; });
resolveIt(p);
p.catch((e) => console.log(e.name + ': ' + e.message));
const q = Promise.resolve().then(() => q);
q.catch((e) => console.log(e.name + ': ' + e.message));
