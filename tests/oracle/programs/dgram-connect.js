// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const dgram = require('dgram');
const server = dgram.createSocket('udp4', (m, info) => { console.log('server got', String(m), info.size); server.send('pong', info.port, info.address); });
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  client.on('message', (m) => { console.log('client got', String(m)); client.disconnect(); try { client.remoteAddress(); } catch (e) { console.log(e.code); } client.close(); server.close(); });
  client.connect(server.address().port, '127.0.0.1', () => {
    const { address, family, port } = client.remoteAddress();
    console.log('connected', address, family, port === server.address().port);
    try { client.connect(1); } catch (e) { console.log(e.code); }
    try { client.send('x', 1, '127.0.0.1'); } catch (e) { console.log(e.code); }
    client.send(Buffer.from('xpingx'), 1, 4, (e, n) => console.log('sent', e, n));
  });
  const again = dgram.createSocket('udp4');
  again.on('error', (e) => { console.log(e.code, e.syscall, e.address, e.errno); again.close(); });
  again.bind(server.address().port, '127.0.0.1');
  try { server.bind(1); } catch (e) { console.log(e.code); }
});
