// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A bit of everything, as a server's code would do it: requests that read a file, await, set timers and print now and then.
const fs = require('fs');
const rounds = Number(process.argv[2] || 1e9);
let open = 0;
let done = 0;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function checksum(text) {
  let sum = 0;
  for (let i = 0; i < 20; ++i) sum = (sum * 31 + text.length + i) % 65521;
  return sum;
}

async function request(number) {
  await null;
  if (number % 16 === 0) await fs.promises.stat(__filename);
  const sum = checksum('request ' + number);
  await pause(number % 7);
  const parts = await Promise.all([sum, Promise.resolve(number).then((n) => n + 1)]);
  process.nextTick(() => { ++done; });
  if (number % 50 === 0) console.log('request', number, 'gives', parts.join(' '));
  --open;
  if (open === 0) setImmediate(more);
}

let number = 0;
function more() {
  while (open < 64 && number < rounds) {
    ++open;
    request(++number);
  }
}
more();
