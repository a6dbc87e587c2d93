// A reminder and a letter
const fs = require('fs');

setTimeout(function reminder() {
  console.log('the reminder');
}, 500);

fs.readFile(__filename, function letter(error) {
  if (error) throw error;
  console.log('the letter');
});
