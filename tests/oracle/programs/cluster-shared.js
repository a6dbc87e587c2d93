// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Workers that share the port itself (SCHED_NONE), and UDP sockets, which always are.

const cluster = require('cluster');
const dgram = require('dgram');
const net = require('net');

cluster.schedulingPolicy = cluster.SCHED_NONE;
if (cluster.isPrimary) {
  const ports = {};
  const one = cluster.fork();
  cluster.on('listening', (worker, { addressType, port }) => {
    ports[addressType] = port;
    if (Object.keys(ports).length < 2) return;
    console.log(Object.keys(ports).sort());
    net.connect(ports[4]).setEncoding('utf8').on('data', console.log).on('close', () => {
      const socket = dgram.createSocket('udp4');
      socket.on('message', (message) => {
        console.log(`${message}`);
        socket.close();
        one.disconnect();
      });
      socket.send('question', ports.udp4, '127.0.0.1');
    });
  });
  cluster.on('exit', (worker, code) => console.log('exit', code));
} else {
  net.createServer((socket) => socket.end('by TCP')).listen(0, '127.0.0.1');
  const socket = dgram.createSocket('udp4');
  socket.on('message', (message, { port, address }) => socket.send(`${message} answered`, port, address));
  socket.bind(0, '127.0.0.1');
}
