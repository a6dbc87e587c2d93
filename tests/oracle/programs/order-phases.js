// Each kind of callback once, from the main script: ticks, then microtasks, then the phases.
const fs = require('fs');
setTimeout(() => {
  console.log('timeout');
  setImmediate(() => console.log('immediate from timeout'));
  process.nextTick(() => console.log('tick from timeout'));
  Promise.resolve().then(() => console.log('microtask from timeout'));
}, 0);
Promise.resolve().then(() => console.log('microtask 1')).then(() => console.log('microtask 2'));
process.nextTick(() => console.log('tick 1'));
process.nextTick(() => {
  console.log('tick 2');
  Promise.resolve().then(() => console.log('microtask from tick'));
  process.nextTick(() => console.log('tick from tick'));
});
queueMicrotask(() => {
  console.log('queueMicrotask');
  process.nextTick(() => console.log('tick from microtask'));
  queueMicrotask(() => console.log('microtask from microtask'));
});
console.log('main');
