// After an error in one immediate the rest still run before the next iteration's timers and immediates.
process.once('uncaughtException', (e) => { console.log('caught', e.message); setImmediate(() => console.log('from handler')); });
setImmediate(() => { process.nextTick(() => console.log('tick of first')); throw new Error('first'); });
setImmediate(() => { console.log('second'); setImmediate(() => console.log('from second')); });
setImmediate(() => console.log('third'));
