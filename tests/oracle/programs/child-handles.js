// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// A server and connections go to a child process in messages.

const { fork } = require('child_process');
const net = require('net');

if (process.argv[2] === 'child') {
  let server;
  process.on('message', (message, handle) => {
    if (message === 'server') {
      server = handle;
      handle.on('connection', (socket) => socket.end('child, by the server'));
      process.send(['has', handle instanceof net.Server, handle.listening]);
    } else if (message === 'socket') {
      handle.end(`child, by the socket: ${handle.remoteAddress !== undefined}`);
    } else {
      server.close();
      process.disconnect();
    }
  });
} else {
  const child = fork(__filename, ['child']);
  const ask = (port, done) => {
    const chunks = [];
    net.connect(port, '127.0.0.1').on('data', (data) => chunks.push(data)).on('close', () => done(Buffer.concat(chunks).toString()));
  };
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('socket', socket));
  server.listen(0, '127.0.0.1', () => ask(server.address().port, (answer) => {
    console.log(answer);
    shareServer();
    server.close();
  }));
  const shareServer = () => {
    const shared = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = shared.address();
      child.once('message', (message) => {
        console.log('parent got', message);
        shared.close();
        ask(port, (text) => {
          console.log(text);
          child.send('end');
        });
      });
      child.send('server', shared);
    });
  };
  child.on('exit', (code) => console.log('exit', code));
  try {
    child.send('nothing', {});
  } catch (error) {
    console.log(error.code, error.message);
  }
}
