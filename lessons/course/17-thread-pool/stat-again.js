// Two other ways to ask for a size
const crypto = require('crypto');
const fs = require('fs');

let isIdle = false;

function tell(what) {
  console.log(`${what}:`, isIdle ? 'after a key' : 'before all keys');
}

async function askLater() {
  await fs.promises.stat(__filename);
  tell('promises.stat');
}

function askNow() {
  fs.statSync(__filename);
  tell('statSync');
}

for (let number = 1; number <= 4; number++) {
  crypto.pbkdf2('secret', 'salt', 100000, 64, 'sha512', function derived() { isIdle = true; });
}
askLater();
setTimeout(askNow, 5);
