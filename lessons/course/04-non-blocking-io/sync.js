// The same question twice: once waiting, once not
const fs = require('fs');

fs.stat(__filename, function measured() {
  console.log('the answer to the request');
});

fs.statSync(__filename);
console.log('the answer to the call that waits');

console.log('end of the script');
