// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const dgram = require('dgram');
const server = dgram.createSocket('udp4');
server.on('message', (message, info) => {
  console.log('server', message.toString(), info.address, info.family, info.size);
  server.send(`echo ${message}`, info.port, info.address, (e, n) => console.log('sent back', e, n));
});
server.on('close', () => console.log('server closed'));
server.bind(0, '127.0.0.1', () => {
  const { address, family } = server.address();
  console.log('bound', address, family);
  const client = dgram.createSocket('udp4', (message, info) => {
    console.log('client', message.toString(), info.port === server.address().port);
    client.close(() => server.close());
  });
  client.send([Buffer.from('hello '), 'world'], server.address().port, '127.0.0.1', (e, n) => console.log('sent', e, n));
});
for (const make of [() => dgram.createSocket('x'), () => dgram.createSocket('udp4').send(1, 1), () => dgram.createSocket('udp4').send('x', 0), () => dgram.createSocket('udp4').send('x'),
  () => dgram.createSocket('udp4').connect('x'), () => dgram.createSocket('udp4').disconnect(), () => dgram.createSocket('udp4').remoteAddress(), () => dgram.createSocket('udp4').setTTL('x')]) {
  try { make(); console.log('fine'); } catch (e) { console.log(e.name, e.code, e.message); }
}
