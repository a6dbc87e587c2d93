// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const server = net.createServer((socket) => socket.on('data', (d) => socket.end(d)));
server.maxConnections = 1;
server.on('drop', (data) => console.log('drop', data.localAddress, data.localFamily, data.remoteAddress, typeof data.remotePort));
server.listen(0, '127.0.0.1', () => {
  const one = net.connect(server.address().port, '127.0.0.1', () => {
    const two = net.connect(server.address().port, '127.0.0.1');
    two.on('error', (e) => console.log('two', e.code));
    two.on('close', () => {
      server.getConnections((e, n) => { console.log('connections', e, n); one.end('x'); });
    });
    two.resume();
  });
  one.on('data', (d) => console.log('one', String(d)));
  one.on('close', () => server.close(() => console.log('closed')));
});
