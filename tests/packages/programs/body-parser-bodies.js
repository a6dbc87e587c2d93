// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: body-parser
// does: Parses JSON, forms, text and raw bodies for a plain http server; refuses wrong, large and unknown encodings.
const bodyParser = require('body-parser');
const http = require('http');

const parsers = {
    '/json': bodyParser.json({ limit: '1kb', strict: true, verify: (req, res, buffer) => { if (buffer[0] === 0x5b && buffer[1] === 0x5d) throw new Error('empty list'); } }),
    '/form': bodyParser.urlencoded({ extended: false }),
    '/extended': bodyParser.urlencoded({ extended: true, parameterLimit: 3 }),
    '/text': bodyParser.text({ type: 'text/*', defaultCharset: 'utf-8' }),
    '/raw': bodyParser.raw({ type: () => true }),
};
const server = http.createServer((req, res) => parsers[req.url](req, res, (error) => {
    res.statusCode = error ? error.status || 500 : 200;
    res.end(error ? `${error.type}: ${error.message}` : `${Buffer.isBuffer(req.body) ? 'buffer ' + req.body.toString('hex') : JSON.stringify(req.body)}`);
}));

function ask(path, body, type, more = {}) {
    return new Promise((resolve, reject) => {
        const request = http.request({ host: '127.0.0.1', port: server.address().port, path, method: 'POST', headers: { 'content-type': type, ...more } }, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk)).on('end', () => { console.log(path, response.statusCode, Buffer.concat(chunks).toString()); resolve(); });
        });
        request.on('error', reject);
        if (Array.isArray(body)) {
            body.forEach((part) => request.write(part));
            request.end();
        } else {
            request.end(body);
        }
    });
}

server.listen(0, '127.0.0.1', async () => {
    await ask('/json', '{"a":[1,{"b":null}],"é":"ü"}', 'application/json');
    await ask('/json', ['{"chu', 'nked":', 'true}'], 'application/json; charset=utf-8');
    await ask('/json', '"text"', 'application/json');
    await ask('/json', '[]', 'application/json');
    await ask('/json', '{"a":', 'application/json');
    await ask('/json', JSON.stringify('x'.repeat(2000)), 'application/json');
    await ask('/json', '{}', 'application/json; charset=klingon');
    await ask('/json', '{}', 'application/json', { 'content-encoding': 'strange' });
    await ask('/json', 'ignored', 'text/plain');
    await ask('/form', 'a=1&a=2&b=x%20y&c', 'application/x-www-form-urlencoded');
    await ask('/extended', 'a[b][]=1&a[b][]=2&c=3', 'application/x-www-form-urlencoded');
    await ask('/extended', 'a=1&b=2&c=3&d=4', 'application/x-www-form-urlencoded');
    await ask('/text', Buffer.from('grüße'), 'text/plain');
    await ask('/raw', Buffer.from([0, 255, 128]), 'application/octet-stream');
    server.close(() => console.log('closed'));
});
