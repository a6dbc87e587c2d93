// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => { socket.on('end', () => console.log('end seen')); socket.resume(); });
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.setTimeout(50, () => { console.log('timeout'); client.end(); });
  console.log(client.timeout);
  client.on('close', () => { server.close(); console.log('closed'); });
});
