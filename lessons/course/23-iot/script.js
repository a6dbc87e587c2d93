const net = require('net');

const count = 500;
const devices = new Set(); // their sockets, at the server
let speaker;

const server = net.createServer(function connected(socket) {
  devices.add(socket);
  socket.on('data', function reading(bytes) {
    console.log(`the server reads: ${bytes}`);
    stop();
  });
  if (devices.size === count) allConnected();
});

function allConnected() {
  console.log(`${devices.size} devices are connected`);
  setTimeout(function measure() {
    console.log('one device speaks');
    speaker.write('21.5 degrees');
  }, 2000);
}

function stop() {
  for (const socket of devices) socket.destroy();
  server.close();
}

server.listen(0, '127.0.0.1', function connectAll() {
  for (let i = 0; i < count; i++) {
    speaker = net.connect(server.address().port, '127.0.0.1');
    speaker.on('error', () => {});
  }
});
