// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => {
  console.log('server: connection', socket.remoteAddress, socket.remoteFamily, typeof socket.remotePort, server._connections);
  socket.on('data', (data) => { console.log('server: data', data.toString()); socket.write(data.toString().toUpperCase()); });
  socket.on('end', () => { console.log('server: end', socket.readyState); });
  socket.on('close', (hadError) => { console.log('server: close', hadError, socket.bytesRead, socket.bytesWritten); server.close(() => console.log('server closed')); });
});
server.on('listening', () => console.log('listening', server.listening));
server.listen(0, '127.0.0.1', () => {
  const { address, family } = server.address();
  console.log(address, family);
  const client = net.createConnection(server.address().port, '127.0.0.1');
  console.log(client.connecting, client.pending, client.readyState);
  for (const name of ['lookup', 'connectionAttempt', 'connect', 'ready', 'end', 'finish', 'drain', 'timeout'])
    client.on(name, () => console.log('client:', name, client.readyState));
  client.on('connect', () => {
    console.log(client.localAddress, client.remoteAddress, client.remotePort === server.address().port);
    console.log(client.write('hello'), client.bufferSize);
    client.end(' world', () => console.log('client: end called back'));
  });
  client.on('data', (data) => console.log('client: data', data.toString()));
  client.on('close', (hadError) => console.log('client: close', hadError, client.bytesRead, client.bytesWritten, client.destroyed));
});
server.on('close', () => console.log('close event', server.address()));
