// fetch from a server: methods, bodies, redirects, streams, errors.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/redirect') {
    res.writeHead(302, { Location: '/final' }).end();
    return;
  }
  if (req.url === '/loop') {
    res.writeHead(301, { Location: '/loop' }).end();
    return;
  }
  if (req.url === '/slow') return; // never
  if (req.url === '/gone') {
    req.socket.destroy();
    return;
  }
  const pieces = [];
  req.on('data', (data) => pieces.push(data));
  req.on('end', () => {
    const { host, ...headers } = req.headers;
    res.setHeader('Set-Cookie', ['a=1', 'b=2']);
    res.statusCode = req.url === '/404' ? 404 : 200;
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ method: req.method, url: req.url, headers, body: String(Buffer.concat(pieces)).replace(/formdata-undici-\d+/g, 'boundary') })
      .replace(/formdata-undici-\d+/g, 'boundary'));
  });
});

server.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const show = async (name, input, init) => {
    try {
      const response = await fetch(base + input, init);
      console.log(name, response.status, response.statusText, response.ok, response.redirected, response.type, response.url.slice(base.length),
                  response.headers.getSetCookie());
      console.log(await response.json());
    } catch (error) {
      console.log(name, error.name, error.message, error.cause && error.cause.name, error.cause && error.cause.message, error.cause && error.cause.code);
    }
  };
  await show('get', '/get?a=b');
  await show('headers', '/h', { headers: { 'X-A': 'b', 'Accept': 'text/plain' } });
  await show('text', '/t', { method: 'POST', body: 'text' });
  await show('bytes', '/b', { method: 'PUT', body: new Uint8Array([65, 66]) });
  await show('params', '/p', { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
  const form = new FormData();
  form.append('a', 'b');
  form.append('f', new Blob(['file'], { type: 'text/x' }), 'n.txt');
  await show('form', '/f', { method: 'POST', body: form });
  await show('empty', '/e', { method: 'POST' });
  await show('404', '/404');
  await show('redirect', '/redirect');
  await show('no redirect', '/redirect', { redirect: 'error' });
  await show('manual', '/redirect', { redirect: 'manual' });
  await show('loop', '/loop');
  await show('gone', '/gone');
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await show('abort', '/slow', { signal: controller.signal });
  await show('timeout', '/slow', { signal: AbortSignal.timeout(20) });
  const response = await fetch(`${base}/stream`);
  let length = 0;
  for await (const piece of response.body) length += piece.length;
  console.log('stream', length === Number(response.headers.get('content-length')), response.bodyUsed);
  await fetch('http://127.0.0.1:1/').catch((error) => console.log(error.name, error.message, error.cause.code));
  server.close(() => console.log('closed'));
  server.closeAllConnections();
});
