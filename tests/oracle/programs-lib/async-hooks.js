'use strict';
// Which operations are numbered, in which order, and what hooks hear of them. Lines are kept until the end: writing them makes operations too.
const { AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('node:async_hooks');
const fs = require('node:fs');

const lines = [];
const here = (what) => lines.push(`-- ${what}: ${executionAsyncId()} by ${triggerAsyncId()}`);

here('main');
process.nextTick(() => here('tick without hooks'));
Promise.resolve().then(() => here('reaction without hooks'));
lines.push(`numbers ${+setTimeout(() => {}, 1)} ${new AsyncResource('Mine').asyncId()}`);

const hook = createHook({
  init(id, type, trigger, resource) { lines.push(`init ${id} ${type} by ${trigger} ${resource.constructor.name}`); },
  before(id) { lines.push(`before ${id}`); },
  after(id) { lines.push(`after ${id}`); },
  destroy(id) { lines.push(`destroy ${id}`); },
  promiseResolve(id) { lines.push(`resolve ${id}`); },
});

const steps = [
  () => { process.nextTick(() => { here('tick'); lines.push(Object.keys(executionAsyncResource()).join()); }); },
  () => { queueMicrotask(() => here('microtask')); },
  () => { const made = setImmediate(() => { here('immediate'); lines.push(executionAsyncResource() === made); }); },
  () => { clearTimeout(setTimeout(() => {}, 5)); clearImmediate(setImmediate(() => {})); },
  () => { let rounds = 0; const interval = setInterval(() => { here('interval'); if (++rounds === 2) clearInterval(interval); }, 2); },
  () => { new Promise((resolve) => resolve(1)).then(() => here('then')).finally(() => here('finally')); },
  () => { Promise.reject(new Error('no')).catch(() => here('catch')); },
  () => { Promise.all([1, Promise.resolve(2)]).then(() => here('all')); },
  async () => { here('async'); await null; here('after await'); await new Promise((resolve) => setImmediate(resolve)); here('after second await'); },
  () => { new Promise((resolve) => resolve({ then(done) { here('thenable'); done(); } })); },
  () => { fs.stat('.', () => here('stat')); },
  () => {
    const resource = new AsyncResource('Mine');
    resource.runInAsyncScope(() => { here('in resource'); process.nextTick(() => here('tick of resource')); });
    here('outside again');
    resource.emitDestroy();
  },
  () => { process.nextTick(() => { throw new Error('tick'); }); },
  () => { setImmediate(() => { throw new Error('immediate'); }); },
  () => { queueMicrotask(() => { throw new Error('microtask'); }); },
  () => { Promise.reject(new Error('unhandled')); },
];
process.on('uncaughtException', (error) => here(`uncaught ${error.message}`));
process.on('unhandledRejection', (error) => here(`rejected ${error.message}`));

// One after the other, so that every step's operations are over before the next begins.
setTimeout(() => {
  hook.enable();
  const timer = setInterval(() => {
    const step = steps.shift();
    if (step !== undefined) {
      lines.push('');
      step();
      return;
    }
    clearInterval(timer);
    hook.disable();
    setTimeout(() => console.log(lines.join('\n')), 20);
  }, 30);
}, 20);
