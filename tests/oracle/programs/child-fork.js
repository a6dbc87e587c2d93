// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A process forks itself; the two send each other messages until the child disconnects.

const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (m) => { console.log('child got', m); process.send({ echo: m, argv: process.argv.slice(2), connected: process.connected }, () => { process.disconnect(); console.log(process.connected); }); });
  process.on('disconnect', () => console.log('child disconnected'));
  process.exitCode = 4;
} else {
  const c = fork(__filename, ['child', 'x'], { silent: true });
  let output = '';
  c.stdout.on('data', (text) => { output += text; });
  c.on('close', () => console.log(output));
  for (const e of ['spawn', 'disconnect', 'close', 'error']) c.on(e, (...a) => console.log(e, ...a));
  c.on('message', (m) => console.log('parent got', m, c.connected));
  console.log(c.send({ a: [1, undefined], d: new Date(0) }), c.connected, typeof c.pid, c.stdin === null, c.exitCode);
}
