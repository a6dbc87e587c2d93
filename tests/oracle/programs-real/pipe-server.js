// A server at a path.
const net = require('net');
const fs = require('fs');
const path = `/tmp/loopscope-oracle-${process.pid}.socket`;
const server = net.createServer((socket) => socket.end('hello'));
server.listen(path, () => {
  console.log(server.address() === path, fs.statSync(path).isSocket());
  const client = net.connect(path);
  client.setEncoding('utf8').on('data', (text) => console.log(text));
  client.on('close', () => server.close(() => console.log(fs.existsSync(path))));
});
