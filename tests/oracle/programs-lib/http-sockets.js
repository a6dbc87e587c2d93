// A server and a client that talk over sockets: bodies both ways, one connection for several requests, and how all of it ends.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log('request', req.method, req.url, req.headers['content-length'], req.headers['transfer-encoding'], req.socket.remoteAddress !== undefined);
  const pieces = [];
  req.on('data', (data) => pieces.push(data));
  req.on('end', () => {
    res.on('finish', () => console.log('response finish', res.writableFinished));
    res.on('close', () => console.log('response close'));
    if (req.url === '/pieces') {
      res.write('one ');
      setTimeout(() => {
        res.write(Buffer.from('two '));
        res.end('three');
      }, 3);
    } else if (req.url === '/big') {
      res.end(Buffer.alloc(300000, 'x'));
    } else if (req.url === '/cut') {
      res.writeHead(200, { 'Content-Length': 10 });
      res.write('half ');
      setTimeout(() => res.destroy(), 3);
    } else if (req.url === '/trailers') {
      res.writeHead(200, { Trailer: 'X-Sum' });
      res.write('body');
      res.addTrailers({ 'X-Sum': '7' });
      res.end();
    } else {
      res.setHeader('X-Url', req.url);
      res.end(`${Buffer.concat(pieces).length} bytes`);
    }
  });
  req.on('close', () => console.log('request close'));
});
server.keepAliveTimeout = 50;

let connections = 0;
server.on('connection', (socket) => {
  const number = ++connections;
  console.log('connection', number);
  socket.on('close', () => console.log('connection', number, 'close'));
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function ask(method, path, body = []) {
  return new Promise((resolve) => {
    const req = http.request({ agent, port: server.address().port, method, path }, (res) => {
      let length = 0;
      let text = '';
      res.on('data', (data) => {
        length += data.length;
        if (length < 100) text += data;
      });
      res.on('end', () => console.log('end', path, res.statusCode, length, text, res.trailers, req.reusedSocket));
      res.on('aborted', () => console.log('aborted', path));
      res.on('error', (error) => console.log('response error', path, error.code, error.message));
      res.on('close', () => {
        console.log('close', path, res.complete);
        setTimeout(resolve, 2);
      });
    });
    req.on('error', (error) => console.log('request error', path, error.code));
    for (const piece of body) req.write(piece);
    req.end();
  });
}

server.listen(0, '127.0.0.1', async () => {
  await ask('GET', '/plain');
  await ask('POST', '/post', ['abc', Buffer.from('def')]);
  await ask('PUT', '/large', [Buffer.alloc(200000, 'y')]);
  await ask('GET', '/pieces');
  await ask('GET', '/big');
  await ask('HEAD', '/head');
  await ask('GET', '/trailers');
  await ask('GET', '/cut');
  await ask('GET', '/again');
  setTimeout(() => {
    console.log('idle');
    server.close(() => console.log('server closed'));
    agent.destroy();
  }, 20);
});
