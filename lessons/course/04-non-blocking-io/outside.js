// Callbacks that come from elsewhere, and one that does not
const fs = require('fs');

const fruits = ['apple', 'pear'];
fruits.forEach(function eat(fruit) {
  console.log('eat', fruit);
});

fs.stat(__filename, function measured() {
  console.log('measured');
});

console.log('end of the script');
