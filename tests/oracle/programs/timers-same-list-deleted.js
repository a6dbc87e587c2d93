// The list of a duration goes away and comes back while it is processed.
const D = 10;
setTimeout(() => {
  console.log('1');
  const inner = setTimeout(() => console.log('never'), D);
  setTimeout(() => console.log('3'), D);
  clearTimeout(inner);
  setImmediate(() => { setTimeout(() => console.log('4'), D * 2); });
}, D);
setTimeout(() => console.log('2'), D);
