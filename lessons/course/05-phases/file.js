// Asked for in a callback of I/O: who is next?
const fs = require('fs');

fs.stat(__filename, function fileSeen() {
  setTimeout(function alarm() { console.log('the alarm'); }, 0);
  setImmediate(function tidyUp() { console.log('tidy up'); });
  console.log('the file has been seen');
});
