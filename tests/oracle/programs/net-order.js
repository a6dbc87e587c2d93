// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const log = [];
const server = net.createServer((socket) => {
  process.nextTick(() => log.push('tick in connection'));
  Promise.resolve().then(() => log.push('microtask in connection'));
  setImmediate(() => log.push('immediate in connection'));
  log.push('connection');
  socket.end('x');
});
server.listen(0, '127.0.0.1', () => {
  log.push('listening');
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    log.push('connect');
    process.nextTick(() => log.push('tick in connect'));
    Promise.resolve().then(() => log.push('microtask in connect'));
  });
  client.on('ready', () => log.push('ready'));
  client.on('data', () => { log.push('data'); setImmediate(() => log.push('immediate in data')); process.nextTick(() => log.push('tick in data')); });
  client.on('end', () => { log.push('end'); process.nextTick(() => log.push('tick in end')); });
  client.on('finish', () => log.push('finish'));
  client.on('close', () => { log.push('close'); setImmediate(() => log.push('immediate in close')); process.nextTick(() => log.push('tick in close')); server.close(() => log.push('server close')); });
});
process.on('exit', () => console.log(log.join('\n')));
