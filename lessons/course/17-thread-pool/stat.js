// A tiny request behind four large ones
const crypto = require('crypto');
const fs = require('fs');

const begin = Date.now();
let isIdle = false;

for (let number = 1; number <= 4; number++) {
  crypto.pbkdf2('secret', 'salt', 100000, 64, 'sha512', function derived() { isIdle = true; });
}
fs.stat(__filename, function gotSize() {
  console.log('stat:', isIdle ? 'after a key' : 'before all keys');
});
setTimeout(function timer() { console.log('timer:', isIdle ? 'after a key' : 'before all keys'); }, 5);
