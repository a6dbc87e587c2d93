// A letter, and a reminder that cannot wait
const fs = require('fs');

fs.readFile(__filename, function letter(error) {
  if (error) throw error;
  console.log('the letter');
  setTimeout(function reminder() { console.log('the reminder'); }, 500);
  fs.stat(__filename, function reply() { console.log('the reply'); });
});
