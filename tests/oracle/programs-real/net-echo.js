// A server and its client over the machine's loopback: order of events of both ends, half by half.
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.setEncoding('utf8');
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', () => {
    console.log('server got', text.length, text.slice(0, 5));
    socket.end(`answer to ${text.length}`);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { address, family, port } = server.address();
  console.log(address, family, port > 0);
  const client = net.connect(port, '127.0.0.1', () => {
    console.log('connected', client.remotePort === port, client.remoteAddress);
    client.write('x'.repeat(300000), () => console.log('written'));
    client.end();
  });
  let answer = '';
  client.on('data', (chunk) => { answer += chunk; });
  client.on('end', () => console.log('client got', answer));
  client.on('close', (hadError) => {
    console.log('client closed', hadError, client.bytesWritten, client.bytesRead);
    server.close(() => console.log('server closed'));
  });
});
