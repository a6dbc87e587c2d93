// A guest at the door
const net = require('net');

const server = net.createServer(function guest(socket) {
  console.log('poll: a guest is at the door');

  setTimeout(function alarm() {
    console.log('timers: the alarm');
  }, 0);
  setImmediate(function tidyUp() {
    console.log('check: tidy up');
  });
  socket.on('close', function gone() {
    console.log('closing: he has gone');
  });
  socket.destroy();

  server.close();
  console.log('poll: all is set');
});

server.listen(0, '127.0.0.1', function open() {
  net.connect(server.address().port, '127.0.0.1');
});
