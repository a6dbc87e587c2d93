// The same rule, outside of async functions
Promise.resolve()
  .then(function wrap() { return Promise.resolve(7); })
  .then(function gotWrapped() { console.log('returned a promise'); });

new Promise(function fill(resolve) { resolve(Promise.resolve(7)); })
  .then(function gotFilled() { console.log('resolved with a promise'); });

Promise.resolve()
  .then(function give() { return 7; })
  .then(function gotGiven() { console.log('returned 7'); });

async function wait() {
  await Promise.resolve(7);
  console.log('awaited a promise');
}

wait();
