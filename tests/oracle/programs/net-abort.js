// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const controller = new AbortController();
const server = net.createServer();
server.on('close', () => console.log('server closed by signal'));
server.listen({ port: 0, host: '127.0.0.1', signal: controller.signal }, () => {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', signal: AbortSignal.abort() });
  client.on('error', (e) => console.log('client', e.name, e.code, e.message));
  client.on('close', (h) => { console.log('client close', h); controller.abort(); });
});
