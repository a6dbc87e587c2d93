// Sign-ups, three at a time
const crypto = require('crypto');
const fs = require('fs');
const { promisify } = require('util');

const pbkdf2 = promisify(crypto.pbkdf2);
let ready = 0;

async function signUp(name) {
  await pbkdf2(name, 'salt', 100000, 64, 'sha512');
  ready += 1;
}

async function signUpAll(names) {
  let next = 0;
  async function desk() {
    while (next < names.length) await signUp(names[next++]);
  }
  await Promise.all([desk(), desk(), desk()]);
  console.log('signed up:', names.length);
}

function showPage() {
  fs.stat(__filename, function shown() {
    console.log('page shown:', ready > 0 ? 'after a key' : 'before all keys');
  });
}

signUpAll(['ada', 'grace', 'edsger', 'barbara', 'donald', 'frances', 'alan']);
setTimeout(showPage, 10);
