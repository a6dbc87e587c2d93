// AsyncLocalStorage through timers, immediates, ticks, microtasks, awaits, emitters, snapshots and bound functions.
const { AsyncLocalStorage } = require('async_hooks');
const als = new AsyncLocalStorage();
const log = (l) => console.log(l, als.getStore());
als.run(1, () => { setTimeout(() => { log('to'); als.run(2, () => { setImmediate(() => log('imm')); process.nextTick(() => log('tick')); }); queueMicrotask(() => log('mt')); als.enterWith(3); Promise.resolve().then(() => log('then')); setTimeout(() => log('to2'), 5); }, 1); });
(async () => { als.enterWith('a'); await null; log('after await'); await als.run('b', async () => { await 1; log('in b'); }); log('after b'); await als.exit(async () => { log('exit'); await 1; log('exit2') }); log('end'); })();
log('sync');
const E = require('events');
const e = new E();
als.run('emit', () => e.on('x', () => log('on x')));
als.run('other', () => e.emit('x'));
const bound = als.run('snap', () => AsyncLocalStorage.snapshot());
als.run('zzz', () => bound(() => log('snapshot')));
const b2 = als.run('bind', () => AsyncLocalStorage.bind(() => log('bound')));
b2();
