// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The primary process hands connections to its workers in turn.

const cluster = require('cluster');
const net = require('net');

const count = 3;
if (cluster.isPrimary) {
  let port;
  let listening = 0;
  const answers = [];
  const ask = () => {
    if (answers.length === 9) {
      const ids = [...new Set(answers)].sort();
      console.log(ids, ids.map((id) => answers.filter((each) => each === id).length), answers.slice(0, 3).join() === answers.slice(3, 6).join());
      cluster.disconnect(() => console.log('all gone', Object.keys(cluster.workers)));
      return;
    }
    net.connect(port).setEncoding('utf8').on('data', (id) => answers.push(id)).on('close', () => setTimeout(ask, 10));
  };
  cluster.on('listening', (worker, address) => {
    port = address.port;
    if (++listening === count) setTimeout(ask, 50);
  });
  cluster.on('exit', (worker, code, signal) => console.log('exit', code, signal, worker.exitedAfterDisconnect));
  for (let index = 0; index < count; ++index) cluster.fork();
} else {
  net.createServer((socket) => socket.end(`${cluster.worker.id}`)).listen(0);
}
