const { AsyncLocalStorage } = require('async_hooks'); const EventEmitter = require('events');
const als = new AsyncLocalStorage(); const e = new EventEmitter();
als.run('registered', () => e.on('x', () => console.log('plain emitter runs in', als.getStore()))); als.run('emitter', () => e.emit('x')); e.emit('x');
const handle = async (id) => als.run(id, async () => { const log = []; for (let i = 0; i < 3; ++i) { await new Promise((r) => setImmediate(r)); log.push(als.getStore()); } return log.join(); });
Promise.all([handle('r1'), handle('r2')]).then((v) => console.log(v)); let resolveLater; const p = new Promise((r) => { resolveLater = r; }); als.run('then-er', () => p.then(() => console.log(als.getStore()))); als.run('resolver', () => resolveLater());
try { als.run('throws', () => { throw new Error('t'); }); } catch { console.log(als.getStore()); } console.log(als.run('args', (a, b) => a + b, 1, 2));
