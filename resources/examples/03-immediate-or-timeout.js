// setImmediate against setTimeout 0
// From the main script either may come first: it depends on whether 1 ms has passed when the loop starts. From a callback of I/O the
// immediate always comes first, because check is the phase after poll.
const fs = require('fs');

setTimeout(function timeoutFromScript() { console.log('timeout from the script'); }, 0);
setImmediate(function immediateFromScript() { console.log('immediate from the script'); });

fs.stat(__filename, function afterStat() {
  console.log('I/O callback');
  setTimeout(function timeoutFromIo() { console.log('timeout from I/O: second'); }, 0);
  setImmediate(function immediateFromIo() { console.log('immediate from I/O: first'); });
});
