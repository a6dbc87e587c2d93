// One works, three wait
const fs = require('fs');

function greedy() {
  const end = Date.now() + 80;
  while (Date.now() < end) {
    // 80 ms of hard work
  }
  console.log('greedy has finished');
}

setTimeout(function lunch() {
  console.log('lunch');
}, 20);

setTimeout(function tea() {
  console.log('tea');
}, 40);

fs.stat(__filename, function letter() {
  console.log('a letter');
});

greedy();
