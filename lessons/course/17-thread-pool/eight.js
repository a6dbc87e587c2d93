// Eight keys at once
const crypto = require('crypto');

const begin = Date.now();
let ready = 0;

for (let number = 1; number <= 8; number++) {
  crypto.pbkdf2('secret', 'salt', 100000, 64, 'sha512', function derived() {
    ready += 1;
    if (ready === 1) console.error('first key after', Date.now() - begin, 'ms');
    if (ready === 8) {
      console.error('last key after', Date.now() - begin, 'ms');
      console.log('8 keys');
    }
  });
}
