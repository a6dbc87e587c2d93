const log = (n) => [(r) => console.log(n, r.value, r.done), (e) => console.log(n, 'threw', e && e.message || e)];
async function* g() { try { yield 1; yield 2; } catch (e) { console.log('caught', e); yield 'c'; } finally { yield 'f1'; console.log('finally goes on'); } return 'end'; }
const a = g(); a.return('before start').then(...log('a1')); a.next().then(...log('a2'));
const b = g(); b.throw(new Error('before start')).then(...log('b1')); b.next().then(...log('b2'));
const c = g(); c.next().then(...log('c1')); c.return('r').then(...log('c2')); c.next().then(...log('c3')); c.next().then(...log('c4'));
const d = g(); d.next().then(...log('d1')); d.throw('t').then(...log('d2')); d.next().then(...log('d3')); d.next().then(...log('d4')); d.next().then(...log('d5'));
const e = g(); e.next().then(...log('e1')); e.return(Promise.reject(new Error('rejected return'))).then(...log('e2')); e.next().then(...log('e3')); e.next().then(...log('e4'));
try { g.prototype.next.call({}).then(...log("x")); } catch (x) { console.log('sync', x.name); }
