// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The life of one worker of a cluster, as the primary process and the worker see it.

const cluster = require('cluster');
const http = require('http');

if (cluster.isPrimary) {
  console.log(cluster.isMaster, cluster.isWorker, cluster.worker, cluster.schedulingPolicy === cluster.SCHED_RR, Object.keys(cluster.workers));
  for (const name of ['setup', 'fork', 'online', 'listening', 'message', 'disconnect', 'exit']) {
    cluster.on(name, (...rest) => console.log('cluster', name, ...rest.map((each) => {
      if (each instanceof cluster.Worker) return `worker ${each.id} ${each.state} ${each.exitedAfterDisconnect}`;
      return name === 'setup' ? [each.silent, each.args] : name === 'listening' ? [each.address, each.addressType, each.port > 0, each.fd] : each;
    })));
  }
  cluster.setupPrimary({ args: ['a', 'b'] });
  const worker = cluster.fork({ COLOUR: 'green' });
  console.log(worker.id, worker.state, worker.isConnected(), worker.isDead(), cluster.workers[1] === worker, typeof worker.process.pid);
  worker.on('listening', ({ port }) => {
    http.get({ port, agent: false }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (text) => console.log('answer', text));
      response.on('end', () => worker.send({ please: 'end' }));
    });
  });
  worker.on('exit', (code, signal) => console.log('worker exit', code, signal, worker.isConnected(), worker.isDead(), Object.keys(cluster.workers)));
} else {
  const { id, process: own } = cluster.worker;
  const server = http.createServer((request, response) => response.end(`worker ${id} ${own === process} ${process.env.COLOUR} ${process.argv.slice(2)}`));
  server.listen(0, () => process.send({ cluster: cluster.isWorker, id: process.env.NODE_UNIQUE_ID }));
  process.on('message', () => {
    cluster.worker.disconnect();
    cluster.worker.on('disconnect', () => { process.exitCode = 5; });
  });
}
