// A key on a thread of the pool
const crypto = require('crypto');

let beats = 0;
const timer = setInterval(function heartbeat() { beats += 1; }, 10);

function keyOf(password, callback) {
  crypto.pbkdf2(password, 'salt', 100000, 64, 'sha512', function derived(error, key) {
    if (error) throw error;
    callback(key.toString('hex', 0, 4));
  });
}

function tell(key) {
  console.log('key', key);
  console.log('heartbeats meanwhile:', beats > 0 ? 'some' : 'none');
  clearInterval(timer);
}

setTimeout(function logIn() {
  beats = 0;
  keyOf('open sesame', tell);
}, 15);
