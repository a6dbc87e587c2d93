// Several at once, in order; handled later; from a tick, a timer, an immediate.
process.on('unhandledRejection', (reason) => { console.log('unhandled', reason); });
process.on('rejectionHandled', () => console.log('handled later'));
Promise.reject(1); const two = Promise.reject(2); Promise.reject(3).finally(() => console.log('finally of 3'));
process.nextTick(() => Promise.reject('tick')); setImmediate(() => { Promise.reject('immediate'); process.nextTick(() => console.log('tick in immediate')); two.catch(() => console.log('caught two')); });
setTimeout(() => { Promise.reject('timer'); Promise.resolve().then(() => console.log('micro in timer')); }, 250); (async () => { await null; throw 'async'; })();
new Promise((_, reject) => { reject('executor'); }).then(() => {}); Promise.all([Promise.reject('all a'), Promise.reject('all b')]);
