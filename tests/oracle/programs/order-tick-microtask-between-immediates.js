// Ticks and microtasks run between any two immediates; immediates made meanwhile wait for the next iteration.
for (const name of ['a', 'b', 'c']) {
  setImmediate(() => {
    console.log('immediate', name);
    setImmediate(() => console.log('next iteration', name));
    process.nextTick(() => console.log('  tick', name));
    queueMicrotask(() => console.log('  microtask', name));
  });
}
