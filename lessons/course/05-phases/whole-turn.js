// From check through a whole turn
const fs = require('fs');

setImmediate(function sweep() {
  setImmediate(function mop() { console.log('mop'); });
  fs.stat(__filename, function fileSeen() { console.log('the file has been seen'); });
  setTimeout(function alarm() { console.log('the alarm'); }, 0);

  const end = Date.now() + 20;
  while (Date.now() < end) {
    // sweeping takes 20 ms: the file is ready long before
  }
  console.log('swept');
});
