// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => { socket.end('bye'); socket.on('error', (e) => console.log('server', e.code)); });
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.resume();
  client.on('end', () => {
    setImmediate(() => {
      client.write('too late', (e) => console.log('write called back', e && e.code, e && e.message));
    });
  });
  client.on('error', (e) => console.log('client error', e.code, e.message));
  client.on('close', (h) => { console.log('close', h); server.close(); });
});
