// Errors of the system: a port in use, nobody there, a peer that resets.
const net = require('net');
const show = (what) => (error) => console.log(what, error.code, error.errno, error.syscall, error.message.replace(/:\d{3,}/, ':PORT'));
const server = net.createServer((socket) => {
  socket.on('error', show('server socket'));
  socket.on('data', () => socket.resetAndDestroy());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const second = net.createServer();
  second.on('error', (error) => {
    show('listen')(error);
    const client = net.connect(port, '127.0.0.1', () => client.write('x'));
    client.on('error', show('reset'));
    client.on('close', (hadError) => {
      console.log('closed', hadError);
      server.close(() => {
        net.connect(port, '127.0.0.1').on('error', (refused) => {
          show('connect')(refused);
          net.connect('/no/such/socket').on('error', show('pipe'));
        });
      });
    });
  });
  second.listen(port, '127.0.0.1');
});
