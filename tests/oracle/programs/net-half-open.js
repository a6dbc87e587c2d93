// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', (d) => console.log('server got', String(d)));
  socket.on('end', () => {
    console.log('server end; writable', socket.writable, socket.readyState);
    setTimeout(() => { socket.write('late answer'); socket.end(); }, 20);
  });
  socket.on('close', () => console.log('server socket closed'));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true }, () => {
    client.end('question');
    console.log('after end', client.readyState, client.writable, client.writableEnded);
  });
  client.on('finish', () => console.log('client finish'));
  client.on('data', (d) => console.log('client got', String(d)));
  client.on('end', () => console.log('client end'));
  client.on('close', (e) => { console.log('client closed', e); server.close(); });
});
