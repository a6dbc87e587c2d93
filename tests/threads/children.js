// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Children, their streams and messages, and signals.
const { exec, fork, spawn } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send(message);
    if (message === 9) process.disconnect();
  });
} else {
  let left = 4;
  const finished = () => {
    if (--left === 0) console.log('all done');
  };
  const child = fork(__filename, ['child']);
  let sum = 0;
  child.on('message', (message) => { sum += message; });
  for (let n = 0; n < 10; ++n) child.send(n);
  child.on('exit', () => {
    if (sum === 45) finished();
  });
  const cat = spawn('cat');
  let length = 0;
  cat.stdout.on('data', (part) => { length += part.length; });
  cat.on('close', () => {
    if (length === 500000) finished();
  });
  cat.stdin.end('x'.repeat(500000));
  exec('echo text; exit 3', (error, text) => {
    if (error.code === 3 && text === 'text\n') finished();
  });
  const keep = setInterval(() => {}, 1000);
  process.on('SIGUSR2', () => {
    clearInterval(keep);
    finished();
  });
  process.kill(process.pid, 'SIGUSR2');
}
