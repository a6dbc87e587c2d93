// Ticks and microtasks run between any two timer callbacks of one list.
for (const name of ['a', 'b', 'c']) {
  setTimeout(() => {
    console.log('timer', name);
    process.nextTick(() => console.log('  tick', name));
    Promise.resolve().then(() => {
      console.log('  microtask', name);
      process.nextTick(() => console.log('  tick from microtask', name));
      queueMicrotask(() => console.log('  second microtask', name));
    });
  }, 5);
}
