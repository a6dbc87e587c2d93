// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A worker that never comes to rest ends by a signal; one that handles the signal decides itself.

const cluster = require('cluster');

if (cluster.isPrimary) {
  const busy = cluster.fork({ ACT: 'loop' });
  busy.on('online', () => setTimeout(() => busy.process.kill(), 300));
  busy.on('exit', (code, signal) => {
    console.log('busy', code, signal, busy.process.killed);
    const calm = cluster.fork({ ACT: 'handle' });
    calm.on('message', () => calm.kill('SIGUSR2'));
    calm.on('exit', (...end) => console.log('calm', ...end));
  });
} else if (process.env.ACT === 'loop') {
  for (;;);
} else {
  process.on('SIGUSR2', (name, number) => {
    console.log(name, number);
    process.exit(6);
  });
  process.send('ready');
}
