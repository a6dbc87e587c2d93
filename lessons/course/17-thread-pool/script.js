// Six keys and a pool of four threads
const crypto = require('crypto');

let ready = 0;
for (let number = 1; number <= 6; number++) {
  crypto.pbkdf2('secret', `salt ${number}`, 100000, 64, 'sha512', function derived() {
    ready += 1;
    console.log(ready, 'of 6 keys');
  });
}
console.log('six keys asked for');
