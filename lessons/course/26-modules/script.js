setTimeout(function timer() {
  console.log('timer');
}, 5);
process.nextTick(function tick() {
  console.log('tick');
});
Promise.resolve().then(function reaction() {
  console.log('reaction');
});
queueMicrotask(function job() {
  console.log('job');
});
console.log('main');
