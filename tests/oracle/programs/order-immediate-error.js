process.on('uncaughtException', (error) => { console.log('caught', error.message); process.nextTick(() => console.log('tick after', error.message)); });
setImmediate(() => { console.log('i1'); process.nextTick(() => console.log('i1 tick')); throw new Error('one'); });
setImmediate(() => { console.log('i2'); throw new Error('two'); });
setImmediate(() => console.log('i3'));
