// What a client writes, and what it makes of answers of all kinds.
'use strict';

const http = require('http');
const { duplexPair } = require('stream');

/** Sends a request and answers with `answer`; `use` may do more with it. */
function ask(name, options, answer, use = (req) => req.end()) {
  return new Promise((resolve) => {
    const say = (...words) => console.log(name, ...words);
    const [client, side] = duplexPair();
    client.setTimeout = client.setKeepAlive = client.setNoDelay = (...words) => { say('socket', words.filter((word) => typeof word !== 'function')); return client; };
    let sent = '';
    let answered = false;
    side.setEncoding('latin1');
    side.on('data', (data) => {
      sent += data;
      if (answered || !sent.includes('\r\n\r\n')) return;
      answered = true;
      setTimeout(() => {
        for (const piece of answer) {
          if (piece === null) side.end();
          else if (piece === undefined) client.destroy();
          else side.write(piece, 'latin1');
        }
      }, 3);
    });
    side.on('end', () => side.end());
    side.on('error', () => {});
    let req;
    try {
      req = http.request({ createConnection: () => client, ...options });
    } catch (error) {
      say('throws', error.name, error.code, error.message);
      resolve();
      return;
    }
    for (const event of ['socket', 'prefinish', 'finish', 'abort', 'continue', 'timeout', 'drain']) req.on(event, () => say('request', event));
    req.on('information', (info) => say('information', info.statusCode, info.statusMessage, info.headers));
    req.on('error', (error) => say('request error', error.code, error.message, error.reason, error.bytesParsed));
    req.on('response', (res) => {
      say('response', res.httpVersion, res.statusCode, res.statusMessage, res.rawHeaders.join('|'), JSON.stringify(res.headers));
      for (const event of ['end', 'aborted', 'close']) res.on(event, () => say('response', event, res.complete, res.aborted));
      res.on('error', (error) => say('response error', error.code, error.message));
      res.on('data', (data) => say('data', String(data)));
    });
    req.on('close', () => {
      say('request close', req.destroyed, req.reusedSocket, req.shouldKeepAlive);
      setTimeout(() => {
        say('sent', JSON.stringify(sent));
        resolve();
      }, 5);
    });
    use(req, say);
  });
}

const ok = 'HTTP/1.1 200 OK\r\n';

async function main() {
  await ask('length', {}, [`${ok}Content-Length: 5\r\n\r\nhe`, 'llo']);
  await ask('chunks', {}, [`${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n`, '3\r\nllo\r\n0\r\nT: u\r\n\r\n']);
  await ask('until end', {}, [`${ok}\r\nhello`, null]);
  await ask('1.0', {}, ['HTTP/1.0 200 Fine\r\n\r\nhello', null]);
  await ask('head', { method: 'HEAD' }, [`${ok}Content-Length: 5\r\n\r\n`]);
  await ask('204', {}, ['HTTP/1.1 204 No Content\r\n\r\n']);
  await ask('304', {}, ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n']);
  await ask('fields', {}, [`${ok}Set-Cookie: a\r\nSet-Cookie: b\r\nAge: 1\r\nAge: 2\r\nX: 1\r\nx: 2\r\nETag: 1\r\netag: 2\r\nContent-Length: 0\r\n\r\n`]);
  await ask('join', { joinDuplicateHeaders: true }, [`${ok}Age: 1\r\nAge: 2\r\nContent-Length: 0\r\n\r\n`]);
  await ask('post', { method: 'POST', path: '/p', headers: { 'X-A': ['1', '2'], 'Cookie': ['a=1', 'b=2'] }, auth: 'me:secret', port: 8080, host: '::1' },
            [`${ok}Content-Length: 0\r\n\r\n`], (req) => {
              req.setHeader('X-B', 7);
              req.write('ab');
              req.write(Buffer.from('cd'));
              req.addTrailers({ T: 'u' });
              req.end('ef');
            });
  await ask('end with body', { method: 'PUT' }, [`${ok}Content-Length: 0\r\n\r\n`], (req) => req.end('once'));
  await ask('array', { headers: ['Host', 'h', 'A', 'b', 'A', 'c'] }, [`${ok}Content-Length: 0\r\n\r\n`]);
  await ask('no host', { setHost: false, headers: { connection: 'keep-alive' } }, [`${ok}Content-Length: 0\r\n\r\n`]);
  await ask('expect', { method: 'POST', headers: { Expect: '100-continue' } },
            ['HTTP/1.1 100 Continue\r\n\r\n', `HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}Content-Length: 0\r\n\r\n`],
            (req) => req.on('continue', () => req.end('now')));
  await ask('upgrade', { headers: { Connection: 'Upgrade', Upgrade: 'tea' } }, ['HTTP/1.1 101 Tea\r\nConnection: Upgrade\r\nUpgrade: tea\r\n\r\nleaves'],
            (req, say) => {
              req.on('upgrade', (res, socket, head) => {
                say('upgrade', res.statusCode, String(head), socket.listenerCount('data'));
                socket.destroy();
              });
              req.end();
            });
  await ask('upgrade ignored', { headers: { Connection: 'Upgrade', Upgrade: 'tea' } }, ['HTTP/1.1 101 Tea\r\nConnection: Upgrade\r\nUpgrade: tea\r\n\r\n']);
  await ask('connect', { method: 'CONNECT', path: 'a:80' }, ['HTTP/1.1 200 OK\r\n\r\nraw'], (req, say) => {
    req.on('connect', (res, socket, head) => {
      say('connect', res.statusCode, String(head));
      socket.destroy();
    });
    req.end();
  });
  await ask('hang up', {}, [null]);
  await ask('destroyed', {}, [undefined]);
  await ask('cut', {}, [`${ok}Content-Length: 5\r\n\r\nhe`, null]);
  await ask('cut chunks', {}, [`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhe`, null]);
  await ask('malformed', {}, ['HTTP/1.1 200\r\nbad\r\n\r\n']);
  await ask('not http', {}, ['hello\r\n']);
  await ask('big', {}, [`${ok}A: ${'a'.repeat(17000)}\r\n\r\n`]);
  await ask('bigger allowed', { maxHeaderSize: 20000 }, [`${ok}A: aaa\r\nContent-Length: 0\r\n\r\n`]);
  await ask('abort', {}, [ok], (req) => {
    req.end();
    req.abort();
    req.abort();
  });
  await ask('destroy', {}, [ok], (req) => {
    req.end();
    setTimeout(() => req.destroy(new Error('enough')), 2);
  });
  await ask('destroy response', {}, [`${ok}Content-Length: 5\r\n\r\nhe`], (req) => {
    req.end();
    req.on('response', (res) => res.once('data', () => res.destroy()));
  });
  await ask('signal', (() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 2);
    return { signal: controller.signal };
  })(), [ok]);
  await ask('write after end', { method: 'POST' }, [`${ok}Content-Length: 0\r\n\r\n`], (req, say) => {
    req.end('x');
    say(req.write('y', (error) => say('callback', error.code)));
  });
  for (const options of [{ method: 'a b' }, { path: '/a b' }, { protocol: 'https:' }, { headers: { 'a b': 1 } }, { headers: { a: 'ü\u0100' } }, { headers: { a: undefined } },
                         { host: 1 }, { method: 1 }, { agent: 1 }, { timeout: 'x' }, { insecureHTTPParser: 1 }, { maxHeaderSize: -1 }, { headers: ['a'] }]) {
    await ask(`options ${JSON.stringify(options)}`, options, []);
  }
}

main();
