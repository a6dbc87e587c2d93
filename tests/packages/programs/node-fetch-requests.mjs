// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: node-fetch
// does: Fetches JSON, streams, forms and redirects; aborts; tells network errors.
import fetch, { AbortError, Blob, FetchError, FormData, Headers, Request, Response } from 'node-fetch';
import http from 'node:http';

const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        const body = Buffer.concat(chunks).toString();
        if (req.url === '/json') res.setHeader('content-type', 'application/json').end(JSON.stringify({ method: req.method, type: req.headers['content-type'], body }));
        else if (req.url === '/redirect') res.writeHead(302, { location: '/json' }).end();
        else if (req.url === '/loop') res.writeHead(301, { location: '/loop' }).end();
        else if (req.url === '/slow') setTimeout(() => res.end('late'), 500).unref();
        else if (req.url === '/chunks') { res.write('one '); setTimeout(() => res.end('two'), 5); }
        else if (req.url === '/broken') { res.setHeader('content-length', 100); res.write('short'); setTimeout(() => res.destroy(), 5); }
        else if (req.url === '/form') res.end(body.replace(/-{4,}[^\r\n]*?(--)?\r?$/gm, '<boundary>$1').replaceAll('\r\n', '|'));
        else res.writeHead(404, 'Nothing Here', { 'x-a': '1' }).end('none');
    });
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}`;
console.log(await (await fetch(`${base}/json`)).json());
console.log(await (await fetch(`${base}/json`, { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'content-type': 'application/json' } })).json());
console.log(await (await fetch(`${base}/json`, { method: 'PUT', body: new URLSearchParams({ x: 'y z' }) })).json());
const missing = await fetch(`${base}/none`);
console.log(missing.ok, missing.status, missing.statusText, missing.headers.get('x-a'), await missing.text());
const redirected = await fetch(`${base}/redirect`);
console.log(redirected.redirected, redirected.url === `${base}/json`, (await redirected.json()).method);
console.log((await fetch(`${base}/redirect`, { redirect: 'manual' })).headers.get('location') === `${base}/json`);
await fetch(`${base}/loop`).catch((error) => console.log(error instanceof FetchError, error.type));
const chunked = await fetch(`${base}/chunks`);
const parts = [];
for await (const chunk of chunked.body)
    parts.push(chunk.toString());
console.log(parts.join(''));
await (await fetch(`${base}/broken`)).text().catch((error) => console.log(error.name, error.code));
const controller = new AbortController();
setTimeout(() => controller.abort(), 20);
await fetch(`${base}/slow`, { signal: controller.signal }).catch((error) => console.log(error instanceof AbortError, error.name, error.message));
const form = new FormData();
form.set('field', 'value');
form.set('file', new Blob(['contents'], { type: 'text/plain' }), 'file.txt');
console.log(await (await fetch(`${base}/form`, { method: 'POST', body: form })).text());
await fetch('ftp://x').catch((error) => console.log(error.name, error.message));
await fetch('http://127.0.0.1:1/').catch((error) => console.log(error.name, error.code));
const headers = new Headers({ 'X-Many': 'a' });
headers.append('x-many', 'b');
console.log([...headers], new Request(base, { method: 'post' }).method, await new Response('text').text(), (await new Response('x').clone().blob()).size);
server.close(() => console.log('closed'));
server.closeAllConnections();
