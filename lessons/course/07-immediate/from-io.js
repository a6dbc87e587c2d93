// The same two, asked for in a callback of I/O
const fs = require('fs');

fs.stat(__filename, function fileSeen() {
  setTimeout(function timeout() { console.log('timeout'); }, 0);
  setImmediate(function immediate() { console.log('immediate'); });
});
