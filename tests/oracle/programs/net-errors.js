// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const show = (error) => console.log(error.name, error.message, error.code, error.errno, error.syscall, error.address, error.port);
const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const second = net.createServer();
  second.on('error', (error) => {
    const copy = new Error(error.message.replace(String(port), 'PORT'));
    console.log(copy.message, error.code, error.errno, error.syscall, error.address, error.port === port, Object.keys(error).join());
    server.close(() => {
      const client = net.connect({ port, host: '127.0.0.1' });
      client.on('connectionAttemptFailed', (address, p, family, e) => console.log('failed', address, p === port, family, e.code));
      client.on('error', (e) => {
        console.log(e.message.replace(String(port), 'PORT'), e.code, e.errno, e.syscall, e.address, e.port === port, Object.keys(e).join());
        console.log(client.destroyed, client.connecting, client.readyState);
      });
      client.on('close', (hadError) => { console.log('close', hadError); byPath(); });
    });
  });
  second.listen(port, '127.0.0.1');
});
function byPath() {
  net.connect('/nonexistent/path.sock').on('error', (error) => { show(error); nowhere(); });
}
function nowhere() {
  const s = net.createServer();
  s.on('error', (error) => { show(error); names(); });
  s.listen(80, '192.0.2.1');
}
function names() {
  for (const make of [
    () => net.connect(), () => net.connect({}), () => net.connect({ port: -1 }), () => net.connect({ port: 'x' }), () => net.connect({ port: true }),
    () => net.connect({ port: 1, localAddress: 'x' }), () => net.connect({ port: 1, localPort: 'x' }), () => net.connect({ port: 1, host: 'x', lookup: 1 }),
    () => net.createServer().listen(-1), () => net.createServer().listen(65536), () => net.createServer().listen({}), () => net.createServer().listen({ port: 'abc' }),
    () => net.createServer().listen(true), () => net.createServer('x'), () => new net.Socket({ objectMode: true }), () => new net.Socket({ readableObjectMode: true }),
    () => new net.Socket().setTimeout('x'), () => new net.Socket().setTimeout(-1), () => net.createServer().close((e) => console.log('not running', e.code, e.message)),
    () => net.setDefaultAutoSelectFamily(1), () => net.setDefaultAutoSelectFamilyAttemptTimeout(0),
  ]) {
    try { make(); console.log('fine'); } catch (error) { console.log(error.name, error.code, error.message); }
  }
}
