// An error in a microtask: the handler runs, then the ticks, then the remaining microtasks.
process.on('uncaughtException', (e) => { console.log('caught', e.message); process.nextTick(() => console.log('tick from handler')); Promise.resolve().then(() => console.log('micro from handler')); });
queueMicrotask(() => { console.log('m1'); process.nextTick(() => console.log('tick from m1')); throw new Error('m1'); });
queueMicrotask(() => console.log('m2'));
Promise.resolve().then(() => console.log('p1')).then(() => console.log('p2'));
setImmediate(() => { queueMicrotask(() => { throw new Error('in immediate'); }); queueMicrotask(() => console.log('after in immediate')); process.nextTick(() => console.log('tick in immediate')); });
