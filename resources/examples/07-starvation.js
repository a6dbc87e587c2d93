// Starvation: microtasks that never let the loop go on
// Each reaction queues another one, so the microtask queue is never empty and the timer has to wait for all of them. setImmediate gives
// way once an iteration.
setTimeout(function hungry() { console.log('the timer at last'); }, 1);

let left = 3000;
function greedy() {
  left -= 1;
  if (left > 0) Promise.resolve().then(greedy);
  else polite(3);
}

function polite(times) {
  console.log('polite,', times, 'left');
  if (times > 0) setImmediate(polite, times - 1);
}

greedy();
