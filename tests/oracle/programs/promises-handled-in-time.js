// A handler added before the microtasks are through is in time; one added in an immediate is not.
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const a = Promise.reject('a');
process.nextTick(() => a.catch((v) => console.log('tick in time', v)));
const b = Promise.reject('b');
queueMicrotask(() => b.catch((v) => console.log('microtask in time', v)));
const c = Promise.reject('c');
setImmediate(() => c.catch((v) => console.log('immediate too late', v)));
const d = Promise.reject('d');
Promise.resolve().then(() => {}).then(() => {}).then(() => d.catch((v) => console.log('deep in time', v)));
