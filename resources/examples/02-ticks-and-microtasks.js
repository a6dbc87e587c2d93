// process.nextTick, then microtasks, then the loop
// Between any two callbacks Node empties the nextTick queue, then the microtasks, and looks again until both are empty.
setTimeout(function timer() {
  console.log('timer');
  process.nextTick(function afterTimer() { console.log('tick of the timer'); });
}, 0);

Promise.resolve().then(function reaction() {
  console.log('reaction');
  process.nextTick(function late() { console.log('tick of the reaction'); });
}).then(function chained() { console.log('chained reaction'); });

queueMicrotask(function micro() { console.log('microtask'); });
process.nextTick(function tick() { console.log('tick'); });
console.log('script');
