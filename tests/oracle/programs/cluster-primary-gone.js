// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// oracle: outlived
'use strict';

// The primary process ends: its worker hears of it, and ends as well.

const cluster = require('cluster');

if (cluster.isPrimary) {
  cluster.fork().on('listening', () => process.exit(3));
  process.on('exit', (code) => console.log('primary exit', code));
} else {
  require('net').createServer().listen(0);
  process.on('disconnect', () => console.log('worker disconnect', cluster.worker.exitedAfterDisconnect));
  process.on('exit', (code) => console.log('worker exit', code));
}
