// Back-pressure on a socket
// A quick sender and a slow receiver: write() says false when the buffer is full, and 'drain' says when to go on.
const net = require('net');

const total = 8 * 1024 * 1024;
const piece = Buffer.alloc(64 * 1024, 'x');

const server = net.createServer(function connected(socket) {
  let received = 0;
  socket.on('data', function data(bytes) {
    received += bytes.length;
    socket.pause(); // a slow reader
    setTimeout(function goOn() { socket.resume(); }, 1);
  });
  socket.on('end', function end() {
    console.log(`received ${received} bytes`);
    server.close();
  });
});

server.listen(0, '127.0.0.1', function listening() {
  let sent = 0;
  let waits = 0;
  const client = net.connect(server.address().port, '127.0.0.1', function send() {
    while (sent < total) {
      sent += piece.length;
      if (!client.write(piece) && sent < total) {
        waits++;
        client.once('drain', send);
        return;
      }
    }
    client.end();
    console.log(`sent ${sent} bytes, waited ${waits > 0 ? 'for the receiver' : 'never'}`);
  });
});
