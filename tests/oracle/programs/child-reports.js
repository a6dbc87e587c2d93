// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a child reports as it dies, and what it writes to its descriptors, comes to its parent.
'use strict';
const { spawn } = require('child_process');

if (process.argv[2] === 'child') {
  require('fs').writeSync(2, 'to descriptor 2\n');
  console.error('to stderr');
  process.on('exit', (code) => console.log('exit', code));
  setTimeout(() => { throw new Error('end'); }, 1);
} else {
  const child = spawn(process.execPath, [__filename, 'child']);
  const texts = { stdout: '', stderr: '' };
  for (const name of Object.keys(texts)) child[name].on('data', (chunk) => { texts[name] += chunk; });
  child.on('close', (code) => {
    console.log(code, texts.stdout);
    console.log(texts.stderr.replace(/^.*:\d+$/m, 'place').split('\n').slice(0, 7).join('\n').replace(/\(.*\)/g, '(place)'));
  });
}
