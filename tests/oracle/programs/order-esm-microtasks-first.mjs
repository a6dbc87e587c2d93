// In a module the main code runs in a microtask already: microtasks come before ticks.
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask 1')).then(() => console.log('microtask 2'));
queueMicrotask(() => { console.log('microtask 3'); process.nextTick(() => console.log('tick from microtask')); });
setTimeout(() => {
  process.nextTick(() => console.log('tick in timer'));
  Promise.resolve().then(() => console.log('microtask in timer'));
}, 1);
console.log('main');
