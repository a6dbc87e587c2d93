// What a server writes for requests of all kinds, and when it refuses them; the bytes of the Date field are left out.
'use strict';

const http = require('http');
const { duplexPair } = require('stream');

function show(text) {
  return JSON.stringify(text.replace(/Date: [^\r]*/g, 'Date: now'));
}

/** Gives the server `pieces`, one after the other, and tells what it answers. */
function talk(name, options, pieces, listener, setUp = () => {}) {
  return new Promise((resolve) => {
    const server = http.createServer(options, listener);
    setUp(server, (...words) => console.log(name, ...words));
    server.on('clientError', function(error, socket) {
      console.log(name, 'clientError', error.code, error.message, Buffer.isBuffer(error.rawPacket));
      if (this.listenerCount('clientError') === 1 && socket.writable) {
        socket.end('HTTP/1.1 400 Mine\r\n\r\n');
      }
    });
    const [client, side] = duplexPair();
    let text = '';
    client.setEncoding('latin1');
    client.on('data', (data) => { text += data; });
    client.on('end', () => console.log(name, 'end'));
    side.on('close', () => {
      console.log(name, 'close', show(text));
      resolve();
    });
    server.emit('connection', side);
    let index = 0;
    const next = () => {
      if (index < pieces.length) {
        client.write(pieces[index++], 'latin1', () => setTimeout(next, 2));
      } else {
        client.end();
      }
    };
    next();
  });
}

const echo = (req, res) => {
  const body = [];
  req.on('data', (data) => body.push(data));
  req.on('end', () => {
    res.setHeader('Content-Type', 'text/plain');
    res.end(`${req.method} ${req.url} ${req.httpVersion} ${Buffer.concat(body)} ${JSON.stringify(req.headers)} ${JSON.stringify(req.trailers)}`);
  });
};

const host = 'Host: x\r\n';

async function main() {
  await talk('get', {}, [`GET / HTTP/1.1\r\n${host}\r\n`], echo);
  await talk('1.0', {}, ['GET / HTTP/1.0\r\n\r\n'], echo);
  await talk('1.0 keep', {}, ['GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'], echo);
  await talk('split', {}, ['GE', 'T /a', 'b?c=d HT', `TP/1.1\r\nHo`, 'st: x\r', '\nX-Y:  z \t\r\n', '\r\n'], echo);
  await talk('length', {}, [`POST / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nab`, 'cde'], echo);
  await talk('chunks', {}, [`POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTrailer: T\r\n\r\n3\r\nabc\r\n`, '2;x=y\r\nde\r\n0\r\nT: end\r\nU: v\r\n\r\n'],
             echo);
  await talk('pipelined', {}, [`GET /1 HTTP/1.1\r\n${host}\r\nGET /2 HTTP/1.1\r\n${host}\r\nGET /3 HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
             (req, res) => setTimeout(() => res.end(req.url), req.url === '/1' ? 12 : 3));
  await talk('head', {}, [`HEAD / HTTP/1.1\r\n${host}\r\n`], (req, res) => res.end('not sent'));
  await talk('204', {}, [`GET / HTTP/1.1\r\n${host}\r\n`], (req, res) => res.writeHead(204).end('not sent'));
  await talk('304 chunked', {}, [`GET / HTTP/1.1\r\n${host}\r\n`],
             (req, res) => res.writeHead(304, 'Same', { 'Transfer-Encoding': 'chunked' }).end());
  await talk('no host', {}, ['GET / HTTP/1.1\r\n\r\n'], echo);
  await talk('no host wanted', { requireHostHeader: false }, ['GET / HTTP/1.1\r\n\r\n'], echo);
  await talk('expect', {}, [`POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`, 'ab'], echo);
  await talk('expect other', {}, [`POST / HTTP/1.1\r\n${host}Expect: tea\r\n\r\n`], echo);
  await talk('checkContinue', {}, [`POST / HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`, 'ab'], echo,
             (server, say) => server.on('checkContinue', (req, res) => {
               say('checkContinue');
               res.writeHead(403);
               res.end('no');
             }));
  await talk('limit', { }, [`GET /1 HTTP/1.1\r\n${host}\r\n`, `GET /2 HTTP/1.1\r\n${host}\r\n`, `GET /3 HTTP/1.1\r\n${host}\r\n`],
             (req, res) => res.end(req.url), (server, say) => {
               server.maxRequestsPerSocket = 2;
               server.on('dropRequest', (req) => say('dropRequest', req.url));
             });
  await talk('upgrade ignored', {}, [`GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: tea\r\n\r\n`], echo);
  await talk('upgrade', {}, [`GET / HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: tea\r\n\r\nleaves`], echo,
             (server, say) => server.on('upgrade', (req, socket, head) => {
               say('upgrade', req.upgrade, String(head));
               socket.resume();
      socket.end('HTTP/1.1 101 Tea\r\n\r\n');
             }));
  await talk('connect', {}, ['CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\nx'], echo,
             (server, say) => server.on('connect', (req, socket, head) => {
               say('connect', req.method, req.url, String(head));
               socket.resume().end('HTTP/1.1 200 OK\r\n\r\n');
             }));
  await talk('connect ignored', {}, ['CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\nx'], echo);
  await talk('early hints', {}, [`GET / HTTP/1.1\r\n${host}\r\n`], (req, res) => {
    res.writeProcessing();
    res.writeEarlyHints({ link: ['</a.css>; rel=preload; as=style', '</b.js>; rel=preload'], 'x-id': 7 });
    res.end('done');
  });
  for (const [name, text] of [
    ['method', 'FOO / HTTP/1.1\r\n\r\n'], ['version', 'GET / HTTP/1.2\r\n\r\n'], ['protocol', 'GET / HTPP/1.1\r\n\r\n'],
    ['field', `GET / HTTP/1.1\r\nBad Name: x\r\n\r\n`], ['value', `GET / HTTP/1.1\r\nA: b\u0001c\r\n\r\n`],
    ['two lengths', `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    ['length and chunks', `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['bad length', `POST / HTTP/1.1\r\n${host}Content-Length: 1x\r\n\r\n`],
    ['bad chunk', `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['encoding', `POST / HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\n`],
    ['big head', `GET / HTTP/1.1\r\n${host}A: ${'a'.repeat(17000)}\r\n\r\n`],
    ['big extension', `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3;${'a'.repeat(17000)}\r\nabc\r\n`],
    ['cut head', `GET / HTTP/1.1\r\nA:`], ['cut body', `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nab`],
    ['lf only', `GET / HTTP/1.1\n${host}\n`], ['after close', `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\nGET /2 HTTP/1.1\r\n\r\n`],
  ]) {
    await talk(name, {}, [text], (req, res) => {
      req.on('error', (error) => console.log(name, 'request error', error.code, error.message));
      req.on('aborted', () => console.log(name, 'aborted'));
      req.on('close', () => console.log(name, 'request close', req.complete, req.destroyed));
      res.on('close', () => console.log(name, 'response close', res.writableFinished));
      req.resume();
      setTimeout(() => res.end('answer'), 5);
    });
    await talk(name, {}, [text], (req, res) => res.end('answer'), (server) => server.on('clientError', (error, socket) => socket.destroy()));
  }
}

main();
