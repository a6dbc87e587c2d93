// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The slow functions are requests on the pool: callbacks come after what is ready, in the order of submission when each waits for the one before.
'use strict';
const crypto = require('crypto');
const { promisify } = require('util');

const order = [];
const say = (text) => order.push(text);

crypto.pbkdf2('password', 'salt', 200, 16, 'sha256', (error, derived) => {
  say(`pbkdf2 ${error} ${derived.toString('hex')}`);
  process.nextTick(say, 'tick after pbkdf2');
  Promise.resolve().then(() => say('microtask after pbkdf2'));
  crypto.scrypt('password', 'salt', 16, { N: 16 }, (failure, key) => {
    say(`scrypt ${failure} ${key.toString('hex')}`);
    crypto.hkdf('sha256', 'key', 'salt', 'info', 8, (problem, bytes) => {
      say(`hkdf ${problem} ${bytes instanceof ArrayBuffer} ${Buffer.from(bytes).toString('hex')}`);
      random();
    });
  });
});
process.nextTick(say, 'tick');
Promise.resolve().then(() => say('microtask'));
say('main');

function random() {
  crypto.randomBytes(10, (error, bytes) => {
    say(`randomBytes ${error} ${bytes.length}`);
    const target = new Uint16Array(4);
    crypto.randomFill(target, 1, 2, (failure, filled) => {
      say(`randomFill ${failure} ${filled === target} ${target[0]} ${target[3]}`);
      crypto.randomInt(5, 6, (problem, number) => {
        say(`randomInt ${problem} ${number}`);
        crypto.randomInt(7, 8, (again, cached) => say(`randomInt ${again} ${cached}`));
        setImmediate(() => promises());
        process.nextTick(say, 'tick before the cached number');
      });
    });
  });
}

async function promises() {
  say((await promisify(crypto.pbkdf2)('a', 'b', 1, 4, 'sha1')).toString('hex'));
  say((await promisify(crypto.randomBytes)(3)).length);
  say(await promisify(crypto.scrypt)('a', 'b', 4, { N: 2 }).then((key) => key.toString('hex')));
  console.log(order.join('\n'));
}

for (const call of [
  () => crypto.randomBytes(-1), () => crypto.randomBytes('1'), () => crypto.randomBytes(2 ** 31, () => {}), () => crypto.randomBytes(1, 5),
  () => crypto.randomFillSync('text'), () => crypto.randomFillSync(Buffer.alloc(2), 3), () => crypto.randomFillSync(Buffer.alloc(2), 1, 2),
  () => crypto.randomInt(2, 1), () => crypto.randomInt(0.5), () => crypto.randomInt(0, 2 ** 48), () => crypto.randomUUID(1),
  () => crypto.getRandomValues(new Float32Array(1)), () => crypto.getRandomValues(new Uint8Array(65537)), () => crypto.scrypt('a', 'b', 1),
]) {
  try {
    console.log(call());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()), crypto.randomUUID() !== crypto.randomUUID());
console.log(crypto.randomFillSync(Buffer.alloc(0)), globalThis.crypto.getRandomValues(new Uint8Array(2)).length, Object.prototype.toString.call(globalThis.crypto));
const numbers = new Set(Array.from({ length: 200 }, () => crypto.randomInt(10, 13)));
console.log([...numbers].sort());
