// The same two, but the timer has time
setTimeout(function timeout() { console.log('timeout'); }, 500);
setImmediate(function immediate() { console.log('immediate'); });
