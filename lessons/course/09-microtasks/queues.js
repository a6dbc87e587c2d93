// Three queues, and the loop
setImmediate(function turn() { console.log('the loop turns'); });

Promise.resolve()
  .then(function first() {
    console.log('first reaction');
    process.nextTick(function lateTick() { console.log('a late tick'); });
  })
  .then(function second() { console.log('second reaction'); });

queueMicrotask(function micro() { console.log('a microtask'); });

process.nextTick(function tick() { console.log('a tick'); });

console.log('end of the script');
