setImmediate(() => {
  console.log('1');
  setImmediate(() => { console.log('3'); setImmediate(() => console.log('5')); process.nextTick(() => console.log('tick')); });
  setImmediate(() => console.log('4'));
});
setImmediate(() => console.log('2'));
