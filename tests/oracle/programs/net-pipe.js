// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const os = require('os');
const path = `${os.tmpdir()}/loopscope-oracle-${process.pid}.sock`;
const server = net.createServer((socket) => {
  console.log('connection', socket.remoteAddress, socket.localAddress, socket.address());
  socket.pipe(socket);
});
server.listen(path, () => {
  console.log(server.address() === path);
  const client = net.connect({ path }, () => { console.log('connected'); client.end('over a pipe'); });
  client.setEncoding('utf8');
  client.on('data', (d) => console.log(d));
  client.on('close', (h) => { console.log('close', h); server.close(() => console.log('done')); });
  const again = net.createServer();
  again.on('error', (e) => console.log(e.code, e.syscall, e.message.replace(path, 'PATH'), e.address === path, e.port));
  again.listen(path);
});
