// The runners again, but with process.nextTick
process.nextTick(function anna() {
  console.log('anna runs');
  process.nextTick(function clara() { console.log('clara runs'); });
});

process.nextTick(function ben() { console.log('ben runs'); });

setImmediate(function referee() { console.log('the referee goes home'); });
setTimeout(function spectator() { console.log('the spectators go home'); }, 100);
