// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => socket.end('0123456789'));
server.listen(0, '127.0.0.1', () => {
  const buffer = Buffer.alloc(16);
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', onread: { buffer, callback(count, same) { console.log(count, same === buffer, String(same.subarray(0, count))); return true; } } });
  client.on('data', () => console.log('no data event'));
  client.on('end', () => console.log('end'));
  client.on('close', () => { console.log('close', client.bytesRead); server.close(); });
});
