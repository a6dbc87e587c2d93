// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server listens at a path without a folder, and is found there.
'use strict';
const net = require('net');

const path = `relative-${process.pid}.sock`;
const server = net.createServer((socket) => socket.end('answer')).listen(path, () => {
  console.log(server.address() === path);
  net.connect(path).on('data', (data) => console.log(`${data}`)).on('close', () => server.close(() => console.log('closed')));
});
net.createServer().on('error', (error) => console.log(error.code)).listen('no-such-folder/x.sock');
