// oracle: ignore-stderr
// The servers of the lab's presets, each asked a few things in this very process.
const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');
const crypto = require('crypto');

const folder = path.join(__dirname, '../../../resources/lab');
process.env.PORT = '0';

/// Loads a preset's script; the port that it says it listens on.
function start(name) {
  const log = console.log;
  return new Promise((resolve) => {
    console.log = (url) => {
      console.log = log;
      resolve(Number(new URL(url).port));
    };
    require(path.join(folder, `${name}.js`));
  });
}

function shown(body) {
  const hash = crypto.createHash('sha1').update(body).digest('hex');
  return body.length <= 300 ? body.toString() : `${body.length} bytes, SHA-1 ${hash}`;
}

function ask(port, method, url, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, method, path: url, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(`${response.statusCode} ${response.headers['content-type']} ${shown(Buffer.concat(parts))}`));
    });
    request.on('error', reject).end(body);
  });
}

const asked = {
  'rest-api': [['GET', '/products/7'], ['GET', '/products?q=tea&limit=2'], ['GET', '/products/700'], ['POST', '/orders', '{"product":3,"count":2}'],
    ['POST', '/orders', 'no JSON'], ['POST', '/orders', '{}'], ['DELETE', '/products/7']],
  'slow-backend': [['GET', '/customers/12'], ['GET', '/']],
  'streaming': [['GET', '/sales.csv?days=1'], ['GET', '/sales.csv?days=40'], ['GET', '/']],
  'upload': [['POST', '/', 'abc'], ['PUT', '/', Buffer.alloc(300000, 'x')], ['GET', '/']],
  'microservices': [['GET', '/offers/coffee'], ['GET', '/offers/tea']],
  'iot': [['POST', '/readings', Buffer.from('000000070001800000000007000080000000000800000000', 'hex')], ['POST', '/readings', 'short'], ['GET', '/']],
  'images': [['GET', '/blur'], ['GET', '/blur?radius=9'], ['GET', '/']],
  'blocking': [['GET', '/login'], ['GET', '/blocking/login'], ['GET', '/health'], ['GET', '/']],
  'stocks': [['GET', '/symbols'], ['GET', '/']],
};

/// A frame as clients send it, masked.
function frame(first, payload) {
  const mask = [1, 2, 3, 4];
  const size = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.from([first, ...size, ...mask, ...Buffer.from(payload).map((byte, i) => byte ^ mask[i % 4])]);
}

function joinChat(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.heard = Buffer.alloc(0);
    socket.on('data', (part) => { socket.heard = Buffer.concat([socket.heard, part]); });
    socket.once('data', () => resolve(socket));
    socket.write('GET /tea HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  });
}

async function chat() {
  const port = await start('chat');
  const one = await joinChat(port);
  const two = await joinChat(port);
  console.log('chat', await ask(port, 'GET', '/'));
  one.write(frame(0x81, 'hello'));
  one.write(frame(0x01, 'in '));
  one.write(frame(0x80, 'two frames'));
  one.write(frame(0x81, 'long'.repeat(100)));
  one.write(frame(0x88, [3, 232]));
  await new Promise((resolve) => one.on('end', resolve));
  two.write(Buffer.from([0x81, 0x01, 0x41])); // not masked
  await new Promise((resolve) => two.on('end', resolve));
  console.log(one.heard.toString('latin1').split('\r\n'), two.heard.length - one.heard.length, two.heard.subarray(-4));
}

async function stocks(port) {
  const texts = await Promise.all([ask(port, 'GET', '/next'), ask(port, 'GET', '/next')]);
  console.log('both hear of the same tick:', texts[0] === texts[1], Object.keys(JSON.parse(texts[0].slice(texts[0].indexOf('{')))));
}

async function main() {
  for (const [name, requests] of Object.entries(asked)) {
    const port = await start(name);
    for (const [method, url, body] of requests) console.log(name, method, url, await ask(port, method, url, body));
    if (name === 'stocks') await stocks(port);
  }
  await chat();
  const port = await start('crash');
  console.log('crash', await ask(port, 'GET', '/'));
  process.on('exit', (code) => console.log('it ends with', code));
  ask(port, 'GET', '/broken').then(() => console.log('this is not printed'));
}

main();
