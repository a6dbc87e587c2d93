// Cryptography on the pool of four threads
// Six derivations of a key, four threads in the pool: the fifth and the sixth wait for a free thread.
// The loop itself stays free: look at the ticking timer between them.
const crypto = require('crypto');

const start = Date.now();
for (let number = 1; number <= 6; number++) {
  crypto.pbkdf2('secret', 'salt', 100000, 64, 'sha512', function derived(error, key) {
    console.log(`key ${number}: ${key.toString('hex', 0, 4)}… after ${Math.round((Date.now() - start) / 10) * 10} ms`);
    if (++ready === 6) clearInterval(ticking);
  });
}

let ready = 0;
const ticking = setInterval(function tick() {
  console.log('the loop is free');
}, 25);
