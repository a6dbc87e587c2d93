// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: undici
// does: Requests over a pool and a client, streams bodies, pipelines and aborts.
const http = require('http');
const { Agent, Client, Pool, fetch, request, stream } = require('undici');
const { PassThrough } = require('stream');

const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        if (req.url === '/slow') setTimeout(() => res.end('late'), 500).unref();
        else res.writeHead(req.url === '/none' ? 404 : 200, { 'content-type': 'application/json', 'x-a': ['1', '2'] }).end(JSON.stringify({ method: req.method, url: req.url, body: Buffer.concat(chunks).toString() }));
    });
});

server.listen(0, '127.0.0.1', async () => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const dispatcher = new Agent({ keepAliveTimeout: 10, keepAliveMaxTimeout: 10 });
    const { statusCode, headers, body } = await request(`${origin}/one`, { dispatcher, query: { q: 'x y' } });
    console.log(statusCode, headers['content-type'], headers['x-a'], await body.json());
    console.log(await (await request(`${origin}/post`, { dispatcher, method: 'POST', body: JSON.stringify({ a: 1 }) })).body.json());
    const missing = await request(`${origin}/none`, { dispatcher });
    console.log(missing.statusCode, (await missing.body.text()).length);

    const pool = new Pool(origin, { connections: 2 });
    console.log((await Promise.all([1, 2, 3, 4].map(async (n) => (await pool.request({ path: `/pool/${n}`, method: 'GET' })).body.json()))).map((it) => it.url));
    const client = new Client(origin, { pipelining: 3 });
    console.log((await Promise.all(['/a', '/b', '/c'].map(async (path) => (await client.request({ path, method: 'GET' })).body.json()))).map((it) => it.url));
    const through = new PassThrough();
    let text = '';
    through.on('data', (chunk) => { text += chunk; });
    await stream(`${origin}/stream`, { dispatcher, opaque: { through } }, ({ statusCode: status, opaque }) => { console.log('stream', status); return opaque.through; });
    console.log(JSON.parse(text).url);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await client.request({ path: '/slow', method: 'GET', signal: controller.signal }).catch((error) => console.log(error.name, error.code));
    await pool.request({ path: '/slow', method: 'GET', headersTimeout: 1 }).catch((error) => console.log(error.name, error.code));
    await request('http://127.0.0.1:1/').catch((error) => console.log(error.code));
    console.log((await (await fetch(`${origin}/fetched`, { dispatcher })).json()).url);
    await Promise.all([pool.destroy(), client.destroy(), dispatcher.destroy()]);
    server.close(() => console.log('closed'));
    server.closeAllConnections();
});
