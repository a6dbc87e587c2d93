// A program that leaves too early
const fs = require('fs');

fs.readFile(__filename, 'utf8', function fileCame(error, text) {
  if (error) throw error;
  console.log('lines in this file:', text.split('\n').length);
});

console.log('goodbye');
process.exit();
