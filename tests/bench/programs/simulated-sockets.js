// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// So many sockets at once, each of which gets back what it sends, all open until the last one did.
const net = require('net');

const count = Number(process.argv[2]);
const server = net.createServer((socket) => socket.pipe(socket));
server.listen(0, () => {
  const sockets = [];
  let answered = 0;
  for (let n = 0; n < count; ++n) {
    const text = `socket ${n}`;
    const socket = net.connect(server.address().port, () => socket.write(text));
    sockets.push(socket);
    socket.setEncoding('utf8').on('data', (answer) => {
      if (answer !== text) throw new Error(`${text} got ${answer}`);
      if (++answered < count) return;
      for (const each of sockets) each.end();
      server.close();
      console.log(`${count} sockets`);
    });
  }
});
