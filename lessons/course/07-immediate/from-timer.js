// And in the callback of a timer
setTimeout(function start() {
  setTimeout(function timeout() { console.log('timeout'); }, 0);
  setImmediate(function immediate() { console.log('immediate'); });
}, 10);
