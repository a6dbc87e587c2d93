const { AsyncLocalStorage, AsyncResource, executionAsyncId } = require('async_hooks');
const als = new AsyncLocalStorage();
als.run('outer', () => {
  setTimeout(() => console.log('timeout', als.getStore()), 200); setImmediate(() => console.log('immediate', als.getStore())); process.nextTick(() => console.log('tick', als.getStore())); queueMicrotask(() => console.log('microtask', als.getStore())); Promise.resolve().then(() => console.log('then', als.getStore()));
  als.run({ inner: true }, async () => { await null; console.log('await', als.getStore()); await new Promise((r) => setTimeout(r, 100)); console.log('after timer', als.getStore()); als.exit(() => console.log('exited', als.getStore())); });
  console.log(als.getStore());
});
console.log('outside', als.getStore()); setTimeout(() => console.log('outside timer', als.getStore()), 260);
als.enterWith('entered'); setTimeout(() => { console.log(als.getStore()); als.disable(); console.log(als.getStore()); }, 450);
const resource = als.run('resource', () => new AsyncResource('Mine')); setTimeout(() => resource.runInAsyncScope(() => console.log('scope', als.getStore())), 300); const bound = als.run('bound', () => AsyncResource.bind(() => console.log('bound', als.getStore()))); setTimeout(bound, 340); const snapshot = als.run('snap', () => AsyncLocalStorage.snapshot()); snapshot(() => console.log(als.getStore())); console.log(typeof executionAsyncId());
