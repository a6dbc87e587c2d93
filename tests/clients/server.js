// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// HTTP servers with various options, each at a port of its own. Prints the ports as one line of JSON, then everything that it notices of its clients.

const http = require('http');
const { createHash } = require('crypto');

function tell(...what) {
  console.log(what.join(' '));
}

function describe(request) {
  return `${request.method} ${request.url} HTTP/${request.httpVersion}`;
}

function readAll(request, done) {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => done(Buffer.concat(parts)));
}

/** Writes without end, as fast as the client reads, until it is gone. */
function writeForEver(response) {
  const piece = Buffer.alloc(16384, 'x');
  const write = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', write);
  write();
}

const routes = {
  '/echo': (request, response) => readAll(request, (body) => {
    tell('body', body.length, createHash('sha256').update(body).digest('hex').slice(0, 16), 'trailers', JSON.stringify(request.trailers));
    response.end(body);
  }),
  '/chunks': (request, response) => {
    response.write('first ');
    response.write('second ');
    response.end('third');
  },
  '/trailers': (request, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    response.write('text');
    response.addTrailers({ 'X-Sum': '4' });
    response.end();
  },
  '/large': (request, response) => response.end('0123456789'.repeat(30000)),
  '/endless': (request, response) => writeForEver(response),
  '/late': (request, response) => setTimeout(() => response.end('late'), 150),
  '/silent': () => {},
  '/headers': (request, response) => response.end(JSON.stringify(request.rawHeaders)),
  '/joined': (request, response) => response.end(JSON.stringify(request.headers)),
  '/no-content': (request, response) => response.writeHead(204).end(),
  '/not-modified': (request, response) => response.writeHead(304).end(),
  '/length': (request, response) => response.writeHead(200, { 'Content-Length': 4 }).end('four'),
  '/close': (request, response) => response.writeHead(200, { Connection: 'close' }).end('bye'),
  '/early': (request, response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' });
    response.writeProcessing();
    response.end('after');
  },
  '/throw-away': (request, response) => {
    request.resume();
    response.writeHead(413).end('too much');
  },
  '/destroy': (request) => request.socket.destroy(),
  '/redirect': (request, response) => response.writeHead(302, { Location: '/' }).end(),
  '/cookies': (request, response) => {
    response.setHeader('Set-Cookie', ['a=1; Path=/', 'b=2; Path=/']);
    response.end(String(request.headers.cookie));
  },
  '/events': (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    for (const n of [1, 2, 3]) response.write(`id: ${n}\ndata: event ${n}\n\n`);
    response.end();
  },
};

function answer(request, response) {
  tell(describe(request));
  request.on('aborted', () => tell('aborted', request.url));
  request.on('error', (error) => tell('request error', request.url, error.code));
  response.on('error', (error) => tell('response error', request.url, error.code));
  response.on('close', () => tell('closed', request.url, response.writableFinished ? 'finished' : 'unfinished'));
  const route = routes[request.url.split('?')[0]];
  if (route) route(request, response);
  else response.end(`${request.method} ${request.url}\n`);
}

function refuse(error, socket) {
  tell('client error', error.code, error.message, socket.writable ? 'writable' : 'not writable');
  if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
  else socket.end('HTTP/1.1 400 No\r\n\r\n');
}

function echoRaw(event) {
  return (request, socket, head) => {
    tell(event, describe(request), 'head', JSON.stringify(String(head)));
    socket.on('error', (error) => tell(event, 'error', error.code));
    socket.on('end', () => {
      tell(event, 'end');
      socket.end();
    });
    socket.on('close', () => tell(event, 'close'));
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.write(head);
    socket.on('data', (bytes) => socket.write(bytes));
  };
}

const servers = {
  plain: http.createServer({ keepAliveTimeout: 60000 }, answer),
  refusing: http.createServer({ keepAliveTimeout: 60000 }, answer).on('clientError', refuse),
  brief: http.createServer({ keepAliveTimeout: 200 }, answer),
  slowHead: http.createServer({ headersTimeout: 200, requestTimeout: 60000, connectionsCheckingInterval: 50 }, answer),
  slowBody: http.createServer({ headersTimeout: 400, requestTimeout: 400, connectionsCheckingInterval: 50 }, answer),
  slowRefusing: http.createServer({ headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 }, answer).on('clientError', refuse),
  idle: http.createServer(answer).setTimeout(200),
  small: http.createServer({ maxHeaderSize: 1024 }, answer),
  twice: Object.assign(http.createServer({ keepAliveTimeout: 100 }, answer), { maxRequestsPerSocket: 2 }),
  single: Object.assign(http.createServer(answer), { maxConnections: 1 }),
  few: Object.assign(http.createServer(answer), { maxHeadersCount: 3 }),
  hostless: http.createServer({ requireHostHeader: false }, answer),
  joining: http.createServer({ joinDuplicateHeaders: true }, answer),
  lenient: http.createServer({ insecureHTTPParser: true }, answer),
  asked: http.createServer(answer),
  upgrading: http.createServer(answer),
  patient: Object.assign(http.createServer(answer), { httpAllowHalfOpen: true }),
};
servers.twice.on('dropRequest', (request) => tell('dropped', request.url));
servers.single.on('drop', (data) => tell('connection dropped', Object.keys(data || {}).join()));
servers.asked.on('checkContinue', (request, response) => {
  tell('asked to continue', request.url);
  if (request.url === '/no') {
    response.writeHead(403, { Connection: 'close' }).end('no');
  } else {
    response.writeContinue();
    answer(request, response);
  }
});
servers.asked.on('checkExpectation', (request, response) => {
  tell('expects', request.headers.expect);
  response.writeHead(417, { 'X-Why': 'unknown' }).end();
});
servers.upgrading.on('upgrade', echoRaw('upgrade'));
servers.upgrading.on('connect', echoRaw('connect'));

const ports = {};
for (const [name, server] of Object.entries(servers)) {
  server.listen(0, '127.0.0.1', () => {
    ports[name] = server.address().port;
    if (Object.keys(ports).length === Object.keys(servers).length) console.log(JSON.stringify(ports));
  });
}
