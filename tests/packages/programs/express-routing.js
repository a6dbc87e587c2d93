// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: express
// does: Serves routes with parameters, queries, routers, middleware in order, error handlers and answers of all kinds to a client in the same script.
const express = require('express');
const http = require('http');

const app = express();
const order = [];
app.disable('x-powered-by');
app.use((req, res, next) => { order.push('first'); req.started = true; next(); });
app.use(express.json());
app.use(express.urlencoded({ extended: true }));
app.get('/', (req, res) => res.send('home'));
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, query: req.query, started: req.started, path: req.path, host: req.hostname }));
app.get('/files/*path', (req, res) => res.type('text').send(req.params.path.join('>')));
app.post('/echo', (req, res) => res.status(201).set('X-Kind', typeof req.body).json(req.body));
app.route('/book').get((req, res) => res.send('get book')).put((req, res) => res.send('put book')).delete((req, res) => res.sendStatus(204));
app.get('/redirect', (req, res) => res.redirect(302, '/target'));
app.get('/cookie', (req, res) => res.cookie('a', 'b c', { httpOnly: true, maxAge: 1000 * 60 }).clearCookie('old').append('Link', '<x>').end());
app.get('/format', (req, res) => res.format({ 'text/plain': () => res.send('plain'), 'application/json': () => res.json({ formatted: true }), default: () => res.sendStatus(406) }));
app.get('/skip', (req, res, next) => next('route'), () => order.push('never'));
app.get('/skip', (req, res) => res.send('second route'));
app.get('/async', async () => { await new Promise((done) => setTimeout(done, 5)); throw Object.assign(new Error('async failure'), { status: 418 }); });
app.get('/throw', () => { throw new Error('thrown'); });

const admin = express.Router({ mergeParams: true });
admin.use((req, res, next) => req.get('authorization') ? next() : res.status(401).json({ error: 'who are you?' }));
admin.get('/stats', (req, res) => res.json({ base: req.baseUrl, tenant: req.params.tenant, url: req.originalUrl }));
app.use('/:tenant/admin', admin);
app.param('id', (req, res, next, id) => { order.push(`param ${id}`); next(); });

app.use((req, res) => res.status(404).send(`no ${req.method} ${req.url}`));
app.use((error, req, res, next) => res.status(error.status || 500).json({ error: error.message, type: error.type }));

const server = app.listen(0, '127.0.0.1', async () => {
    await ask('GET', '/');
    await ask('GET', '/users/42?sort=asc&list=1&list=2');
    await ask('GET', '/files/a/b%20c/d');
    await ask('POST', '/echo', '{"n":[1,2]}', { 'content-type': 'application/json' });
    await ask('POST', '/echo', 'a[b]=1&c=x+y', { 'content-type': 'application/x-www-form-urlencoded' });
    await ask('POST', '/echo', '{broken', { 'content-type': 'application/json' });
    await ask('POST', '/echo', JSON.stringify({ big: 'x'.repeat(200_000) }), { 'content-type': 'application/json' });
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
        await ask(method, '/book');
    await ask('HEAD', '/');
    await ask('OPTIONS', '/book');
    await ask('GET', '/redirect', undefined, {}, 'location');
    await ask('GET', '/cookie', undefined, {}, 'link');
    await ask('GET', '/format', undefined, { accept: 'application/json' });
    await ask('GET', '/format', undefined, { accept: 'image/png' });
    await ask('GET', '/skip');
    await ask('GET', '/async');
    await ask('GET', '/throw');
    await ask('GET', '/acme/admin/stats');
    await ask('GET', '/acme/admin/stats?x=1', undefined, { authorization: 'me' });
    await ask('GET', '/nowhere');
    const etag = (await ask('GET', '/')).headers.etag;
    await ask('GET', '/', undefined, { 'if-none-match': etag });
    console.log(order.filter((it) => it !== 'first'), order.length);
    server.close(() => console.log('closed'));
});

function ask(method, path, body, headers = {}, shown) {
    return new Promise((resolve, reject) => {
        const request = http.request({ port: server.address().port, host: '127.0.0.1', method, path, headers: { host: 'example.org', ...headers } }, (response) => {
            let text = '';
            response.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
                console.log(method, path, response.statusCode, response.headers['content-type'], response.headers['content-length'], text.slice(0, 200), shown ? response.headers[shown] : '');
                resolve(response);
            });
        });
        request.on('error', reject);
        request.end(body);
    });
}
