// It says goodbye when the file has come, and lets Node end by itself
const fs = require('fs');

fs.readFile(__filename, 'utf8', function fileCame(error, text) {
  if (error) throw error;
  console.log('lines in this file:', text.split('\n').length);
  console.log('goodbye');
});
