// Files and the pool of four threads
// File operations run on a pool of four threads; the fifth and sixth wait in its queue. Each callback runs in the poll phase when its
// request is done, whatever the order of asking.
const fs = require('fs');

for (let i = 1; i <= 6; i += 1) {
  fs.readFile(__filename, 'utf8', function read(error, text) {
    if (error) throw error;
    console.log(`file ${i}: ${text.length} characters`);
  });
}

setTimeout(function meanwhile() { console.log('the loop is free meanwhile'); }, 1);
console.log('six files asked for');
