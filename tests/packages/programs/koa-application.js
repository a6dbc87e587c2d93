// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: koa
// does: Runs middleware down and up again, sets context, cookies, bodies of all kinds and errors.
const Koa = require('koa');
const http = require('http');
const { Readable } = require('stream');

const app = new Koa({ keys: ['key 1', 'key 2'] });
const order = [];
app.context.database = { name: 'db' };
app.on('error', (error, ctx) => order.push(`event ${error.message} ${ctx.path}`));
app.use(async (ctx, next) => {
    order.push(`> ${ctx.method} ${ctx.path}`);
    await next();
    order.push(`< ${ctx.status}`);
    ctx.set('X-Steps', 'done');
});
app.use(async (ctx, next) => {
    try {
        await next();
    } catch (error) {
        if (!error.expose)
            throw error;
        ctx.status = error.status;
        ctx.body = { error: error.message, details: error.details };
    }
});
app.use(async (ctx) => {
    switch (ctx.path) {
    case '/': ctx.body = 'text'; break;
    case '/json': ctx.body = { query: ctx.query, database: ctx.database.name, is: ctx.accepts('html', 'json'), ip: ctx.ip.replace('::ffff:', '') }; break;
    case '/buffer': ctx.type = 'bin'; ctx.body = Buffer.from('buffer'); break;
    case '/stream': await new Promise((done) => setTimeout(done, 5)); ctx.body = Readable.from(['a', 'b', 'c']); break;
    case '/html': ctx.body = '<p>html</p>'; break;
    case '/empty': ctx.body = null; break;
    case '/teapot': ctx.throw(418, 'I am a teapot', { details: 'short and stout' }); break;
    case '/assert': ctx.assert(ctx.query.token, 401, 'token please'); ctx.body = 'let in'; break;
    case '/crash': throw new Error('internal');
    case '/cookie': ctx.cookies.set('plain', 'x', { signed: false }); ctx.body = String(ctx.cookies.get('given')); break;
    case '/redirect': ctx.redirect('/elsewhere'); break;
    case '/fresh': ctx.etag = 'abc'; ctx.body = 'fresh'; if (ctx.fresh) ctx.status = 304; break;
    }
});

const server = http.createServer(app.callback()).listen(0, '127.0.0.1', async () => {
    for (const path of ['/', '/json?a=1&b=2', '/buffer', '/stream', '/html', '/empty', '/teapot', '/assert', '/assert?token=1', '/crash', '/redirect', '/fresh', '/none'])
        await ask(path);
    await ask('/fresh', { 'if-none-match': '"abc"' });
    await ask('/cookie', { cookie: 'given=yes' });
    await ask('/json', { accept: 'text/html' }, 'HEAD');
    console.log(order);
    server.close(() => console.log('closed'));
});

function ask(path, headers = {}, method = 'GET') {
    return new Promise((resolve, reject) => http.request({ host: '127.0.0.1', port: server.address().port, path, method, headers: { accept: 'application/json', ...headers } }, (response) => {
        let text = '';
        response.on('data', (chunk) => { text += chunk; }).on('end', () => {
            console.log(method, path, response.statusCode, response.headers['content-type'], response.headers['set-cookie'], response.headers.location, response.headers['x-steps'], text);
            resolve();
        });
    }).on('error', reject).end());
}
