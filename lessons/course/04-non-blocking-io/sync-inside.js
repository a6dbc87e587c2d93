// Asked in a callback: once waiting, once not
const fs = require('fs');

fs.stat(__filename, function first() {
  console.log('the first request is answered');

  fs.stat(__filename, function second() {
    console.log('the second request is answered');
  });

  fs.statSync(__filename);
  console.log('the call that waits is answered');
});

console.log('end of the script');
