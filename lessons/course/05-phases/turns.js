// Who comes in which turn?
const fs = require('fs');

fs.stat(__filename, function fileSeen() {
  console.log('the file has been seen');

  setImmediate(function sweep() {
    console.log('sweep');
    setImmediate(function mop() { console.log('mop'); });
    setTimeout(function alarm() { console.log('the alarm'); }, 0);
    const end = Date.now() + 3;
    while (Date.now() < end) {
      // sweeping takes 3 ms
    }
    console.log('swept');
  });
});
