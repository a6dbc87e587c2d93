// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
let received = 0;
const total = 16 * 1024 * 1024;
const server = net.createServer((socket) => {
  socket.pause();
  setTimeout(() => socket.resume(), 50);
  socket.on('data', (d) => { received += d.length; });
  socket.on('end', () => console.log('received', received));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  let sent = 0;
  client.on('drain', () => { more(); });
  function more() {
    while (sent < total) {
      sent += chunk.length;
      const full = !client.write(chunk);
      if (full && sent < total) return;
    }
    client.end();
  }
  client.on('connect', more);
  client.on('close', () => { console.log('sent', sent, 'written', client.bytesWritten); server.close(); });
});
