// An error in a tick, with a handler: the rest of the queues goes on.
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin));
process.nextTick(() => { console.log('tick 1'); throw new Error('from tick'); });
process.nextTick(() => console.log('tick 2'));
Promise.resolve().then(() => console.log('micro'));
queueMicrotask(() => { throw new Error('from microtask'); });
queueMicrotask(() => console.log('micro after error'));
setImmediate(() => console.log('immediate'));
