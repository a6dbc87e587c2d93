// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Workers that die while they serve, that cannot have their port, and that end by themselves.

const cluster = require('cluster');
const net = require('net');

function primary() {
  const blocker = net.createServer().listen(0, () => {
    const taken = blocker.address().port;
    const first = cluster.fork({ PORT: taken, ACT: 'serve' });
    first.on('message', (message) => console.log('first', message));
    first.on('exit', (code, signal) => {
      console.log('first exit', code, signal);
      blocker.close();
      dieWhileServing();
    });
  });
}

function dieWhileServing() {
  const worker = cluster.fork({ PORT: 0, ACT: 'hold' });
  const seen = []; // which of the two comes first is the system's choice
  const note = (...what) => {
    if (seen.push(what) < 2) return;
    for (const each of seen.sort()) console.log(...each);
    setTimeout(endByItself, 20);
  };
  worker.on('listening', ({ port }) => {
    const socket = net.connect(port);
    socket.on('data', (data) => {
      console.log('client', `${data}`);
      worker.kill('SIGKILL');
    });
    socket.on('close', (hadError) => note('client closed', hadError));
  });
  worker.on('exit', (code, signal) => note('second exit', code, signal, worker.exitedAfterDisconnect));
}

function endByItself() {
  const worker = cluster.fork({ ACT: 'throw' });
  worker.on('error', (error) => console.log('error', error.message));
  worker.on('exit', (code, signal) => {
    console.log('third exit', code, signal, worker.exitedAfterDisconnect, worker.isDead(), worker.isConnected());
    worker.send('too late', (error) => console.log(error.code));
  });
}

if (cluster.isPrimary) {
  primary();
} else if (process.env.ACT === 'throw') {
  process.on('uncaughtException', () => process.exit(9));
  throw new Error('no');
} else {
  const server = net.createServer((socket) => socket.write('held')).listen(Number(process.env.PORT));
  server.on('error', (error) => process.send([error.code, error.syscall, error.errno < 0], () => process.exit(7)));
}
