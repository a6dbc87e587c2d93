// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: got
// does: Sends JSON and forms, retries, paginates, streams, hooks into requests, and tells its errors.
import got, { HTTPError, RequestError, TimeoutError } from 'got';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';

let flaky = 0;
const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const url = new URL(req.url, 'http://x');
        if (url.pathname === '/echo') res.setHeader('content-type', 'application/json').end(JSON.stringify({ method: req.method, query: url.search, type: req.headers['content-type'], hook: req.headers['x-hook'], body }));
        else if (url.pathname === '/flaky') res.writeHead(++flaky < 3 ? 503 : 200, { 'retry-after': '0' }).end(`try ${flaky}`);
        else if (url.pathname === '/page') { const n = Number(url.searchParams.get('n')); res.end(JSON.stringify({ items: [n, n * 10], next: n < 3 ? n + 1 : null })); }
        else if (url.pathname === '/slow') setTimeout(() => res.end('late'), 2000).unref();
        else if (url.pathname === '/redirect') res.writeHead(303, { location: '/echo' }).end();
        else res.writeHead(404).end('nothing');
    });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const api = got.extend({ prefixUrl: `http://127.0.0.1:${server.address().port}`, retry: { limit: 0 }, hooks: { beforeRequest: [(options) => { options.headers['x-hook'] = 'set'; }] } });
console.log(await api('echo', { searchParams: { a: 1, b: 'x y' } }).json());
console.log(await api.post('echo', { json: { sent: true } }).json());
console.log((await api.put('echo', { form: { f: 'v' }, responseType: 'json' })).body);
console.log(await api('flaky', { retry: { limit: 3, calculateDelay: ({ computedValue }) => computedValue ? 5 : 0 } }).text(), flaky);
await api('none').catch((error) => console.log(error instanceof HTTPError, error.code, error.response.statusCode, error.response.body));
await api('slow', { timeout: { request: 30 } }).catch((error) => console.log(error instanceof TimeoutError, error.code, error.event));
await got('http://127.0.0.1:1/', { retry: { limit: 0 } }).catch((error) => console.log(error instanceof RequestError, error.code));
const redirected = await api.post('redirect', { json: {}, responseType: 'json' });
console.log(redirected.body.method, redirected.redirectUrls.length);
console.log(await api('none', { throwHttpErrors: false }).text(), (await api('echo').buffer()).length > 10);
const items = [];
for await (const item of api.paginate('page', { searchParams: { n: 1 }, responseType: 'json', pagination: { transform: (response) => response.body.items, paginate: ({ response }) => response.body.next ? { searchParams: { n: response.body.next } } : false } }))
    items.push(item);
console.log(items);
let streamed = '';
await pipeline(api.stream('echo'), async function (source) { for await (const chunk of source) streamed += chunk; });
console.log(JSON.parse(streamed).method);
const controller = new AbortController();
setTimeout(() => controller.abort(), 20);
await api('slow', { signal: controller.signal }).catch((error) => console.log(error.name, error.code));
server.close(() => console.log('closed'));
server.closeAllConnections();
