// Where is the answer?
const fs = require('fs');

let size = 'not known yet';

fs.stat(__filename, function measured(error, stats) {
  if (error) throw error;
  size = stats.size > 0 ? 'more than nothing' : 'nothing';
  console.log('in the callback the size is', size);
});

console.log('in the script the size is', size);
