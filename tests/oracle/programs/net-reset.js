// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => {
  socket.on('data', () => socket.resetAndDestroy());
  socket.on('close', (h) => console.log('server close', h));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('x'));
  client.on('error', (e) => console.log(e.message, e.code, e.errno, e.syscall, Object.keys(e)));
  client.on('end', () => console.log('end'));
  client.on('close', (h) => { console.log('close', h); server.close(); });
});
const alone = new net.Socket();
alone.on('error', (e) => console.log('alone', e.code, e.message));
alone.on('close', (h) => console.log('alone closed', h));
alone.resetAndDestroy();
