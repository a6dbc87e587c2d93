// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: express
// does: Serves static files with ranges and caching, downloads, streams an answer, renders a view with its own engine, and mounts an app.
const express = require('express');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'express-'));
fs.writeFileSync(path.join(folder, 'hello.txt'), 'hello static world\n');
fs.writeFileSync(path.join(folder, 'index.html'), '<h1>index</h1>');
fs.writeFileSync(path.join(folder, 'data.json'), '{"x":1}');
fs.writeFileSync(path.join(folder, '.secret'), 'hidden');
fs.writeFileSync(path.join(folder, 'page.tiny'), 'Hello {name}, {{name}}!');

const app = express();
app.use('/static', express.static(folder, { maxAge: '1h', setHeaders: (res) => res.set('X-Served', 'static') }));
app.get('/stream', (req, res) => {
    res.type('text/plain');
    let n = 0;
    const timer = setInterval(() => { res.write(`chunk ${++n}\n`); if (n === 3) { clearInterval(timer); res.end('end'); } }, 5);
});
app.get('/pipe', (req, res) => fs.createReadStream(path.join(folder, 'hello.txt')).pipe(res));
app.get('/download', (req, res) => res.download(path.join(folder, 'hello.txt'), 'näme.txt'));
app.get('/file', (req, res, next) => res.sendFile('missing.txt', { root: folder }, next));
app.engine('tiny', (file, options, callback) => fs.readFile(file, 'utf8', (error, text) => callback(error, text && text.replaceAll('{name}', options.name))));
app.set('views', folder).set('view engine', 'tiny');
app.locals.name = 'local';
app.get('/view', (req, res) => res.render('page'));
const mounted = express();
mounted.get('/', (req, res) => res.send(`mounted at ${req.baseUrl}, ${mounted.mountpath}`));
app.use('/sub', mounted);
app.use((error, req, res, next) => res.status(error.status || 500).send(`error ${error.code} ${error.status}`));

const server = http.createServer(app).listen(0, '127.0.0.1', async () => {
    await ask('/static/hello.txt');
    await ask('/static/hello.txt', { range: 'bytes=6-11' });
    await ask('/static/hello.txt', { range: 'bytes=100-' });
    await ask('/static/hello.txt', { range: 'bytes=-6' });
    await ask('/static/');
    await ask('/static', {}, 'location');
    await ask('/static/data.json', {}, 'cache-control');
    await ask('/static/.secret');
    await ask('/static/../../etc/passwd');
    await ask('/static/none');
    const first = await ask('/static/hello.txt');
    await ask('/static/hello.txt', { 'if-none-match': first.headers.etag });
    await ask('/static/hello.txt', { 'if-modified-since': first.headers['last-modified'] });
    await ask('/stream', {}, 'transfer-encoding');
    await ask('/pipe');
    await ask('/download', {}, 'content-disposition');
    await ask('/file');
    await ask('/view');
    await ask('/sub');
    fs.rmSync(folder, { recursive: true });
    server.close(() => console.log('closed'));
});

function ask(url, headers = {}, shown = 'x-served') {
    return new Promise((resolve, reject) => http.get({ port: server.address().port, host: '127.0.0.1', path: url, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => { text += chunk; }).on('end', () => {
            console.log(url, response.statusCode, response.headers['content-type'], response.headers['content-range'], response.headers[shown], JSON.stringify(text.slice(0, 120)));
            resolve(response);
        });
    }).on('error', reject));
}
