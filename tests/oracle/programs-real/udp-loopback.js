// Datagrams over loopback.
const dgram = require('dgram');
const server = dgram.createSocket('udp4');
server.on('message', (message, from) => {
  console.log('server', message.toString(), from.address, from.family, from.size);
  server.send('back', from.port, from.address);
});
server.bind(0, '127.0.0.1', () => {
  const client = dgram.createSocket('udp4');
  client.on('message', (message) => {
    console.log('client', message.toString());
    client.close(() => console.log('client closed'));
    server.close();
  });
  client.send(Buffer.from('there'), server.address().port, '127.0.0.1', (error, bytes) => console.log('sent', error, bytes));
});
