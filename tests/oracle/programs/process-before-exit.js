let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++rounds);
  if (rounds === 1) setTimeout(() => console.log('re-armed by timer'), 5);
  if (rounds === 2) setImmediate(() => console.log('re-armed by immediate'));
  if (rounds === 3) Promise.resolve().then(() => console.log('a microtask does not re-arm'));
});
process.on('exit', () => console.log('exit'));
console.log('main');
