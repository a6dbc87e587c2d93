// A key on the loop
const crypto = require('crypto');

let beats = 0;
const timer = setInterval(function heartbeat() { beats += 1; }, 10);

function keyOf(password) {
  return crypto.pbkdf2Sync(password, 'salt', 100000, 64, 'sha512').toString('hex', 0, 4);
}

function tell(key) {
  console.log('key', key);
  console.log('heartbeats meanwhile:', beats > 0 ? 'some' : 'none');
  clearInterval(timer);
}

setTimeout(function logIn() {
  beats = 0;
  tell(keyOf('open sesame'));
}, 15);
