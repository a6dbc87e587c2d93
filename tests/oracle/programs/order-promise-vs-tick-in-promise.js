// A tick queued by a microtask waits for the whole microtask queue.
Promise.resolve()
  .then(() => { console.log(1); process.nextTick(() => console.log('tick A')); })
  .then(() => { console.log(2); process.nextTick(() => console.log('tick B')); return Promise.resolve(); })
  .then(() => console.log(3));
Promise.resolve().then(() => console.log('other 1')).then(() => console.log('other 2')).then(() => console.log('other 3'))
  .then(() => console.log('other 4')).then(() => console.log('other 5')).then(() => console.log('other 6'));
