// Microtasks of handlers of 'exit' still run at the end of the loop; ticks and timers do not.
process.on('exit', (code) => {
  console.log('exit', code);
  Promise.resolve().then(() => console.log('reaction')).then(() => console.log('its follower'));
  queueMicrotask(() => console.log('microtask'));
  process.nextTick(() => console.log('tick'));
  setTimeout(() => console.log('timer'), 0);
});
process.exitCode = 4;
