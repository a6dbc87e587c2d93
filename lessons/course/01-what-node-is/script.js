// A library desk: ask for a file, and go on
const fs = require('fs');

console.log('I ask for a file');

fs.readFile(__filename, 'utf8', function fileCame(error, text) {
  if (error) throw error;
  console.log('the file is here and begins with:', text.slice(0, 17));
});

setTimeout(function bell() {
  console.log('the bell rings');
}, 500);

console.log('I go on without it');
