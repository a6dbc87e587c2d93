// Runners who pass on a baton
setImmediate(function anna() {
  console.log('anna runs');
  setImmediate(function clara() { console.log('clara runs'); });
});

setImmediate(function ben() {
  console.log('ben runs');
  setImmediate(function dora() { console.log('dora runs'); });
});

console.log('on your marks');
