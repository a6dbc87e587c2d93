// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: fastify
// does: Validates with schemas, serialises, runs hooks, plugins, decorators and error handlers; is asked by inject and over a socket.
const fastify = require('fastify');
const http = require('http');

async function main() {
    const app = fastify({ logger: false });
    const order = [];
    app.decorate('config', { name: 'tiny' });
    app.decorateRequest('user', null);
    app.addHook('onRequest', async (request) => { order.push(`onRequest ${request.method} ${request.url}`); request.user = request.headers.user || 'nobody'; });
    app.addHook('preHandler', (request, reply, done) => { order.push('preHandler'); done(); });
    app.addHook('onSend', async (request, reply, payload) => { reply.header('x-sent', 'yes'); return payload; });
    app.addHook('onResponse', async (request, reply) => { order.push(`onResponse ${reply.statusCode}`); });
    app.get('/', async () => ({ hello: 'world' }));
    app.get('/users/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } }, querystring: { type: 'object', properties: { deep: { type: 'boolean', default: false } } }, response: { 200: { type: 'object', properties: { id: { type: 'integer' }, deep: { type: 'boolean' }, user: { type: 'string' } } } } } },
        async (request) => ({ id: request.params.id, deep: request.query.deep, user: request.user, dropped: 'by the schema' }));
    app.post('/items', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 2 }, count: { type: 'integer' } }, additionalProperties: false } } },
        (request, reply) => reply.code(201).header('location', '/items/1').send(request.body));
    app.get('/fails', async () => { throw Object.assign(new Error('no luck'), { statusCode: 409, code: 'NO_LUCK' }); });
    app.get('/wild/*', async (request) => request.params['*']);
    app.get('/stream', (request, reply) => reply.type('text/plain').send(require('stream').Readable.from(['one ', 'two'])));
    app.register(async (child, options) => {
        child.decorate('local', 5);
        child.addHook('preHandler', async () => { order.push('child preHandler'); });
        child.get('/inner', async () => ({ name: child.config.name, local: child.local, option: options.option }));
        child.setErrorHandler((error, request, reply) => reply.code(500).send({ handled: error.message }));
        child.get('/broken', async () => { throw new Error('inside'); });
    }, { prefix: '/plugin', option: 'given' });
    app.setNotFoundHandler((request, reply) => reply.code(404).send({ missing: request.url }));
    app.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => done(null, body.split(',')));
    app.post('/csv', async (request) => request.body);
    await app.ready();
    console.log(app.hasDecorator('local'), app.hasRoute({ url: '/', method: 'GET' }), app.printRoutes());

    for (const options of [
        { url: '/' }, { url: '/users/7?deep=true', headers: { user: 'ada' } }, { url: '/users/x' },
        { method: 'POST', url: '/items', payload: { name: 'cup', count: '3', extra: 1 } }, { method: 'POST', url: '/items', payload: { name: 'c' } },
        { method: 'POST', url: '/items', payload: '{bad', headers: { 'content-type': 'application/json' } },
        { method: 'POST', url: '/csv', payload: 'a,b', headers: { 'content-type': 'text/csv' } }, { method: 'POST', url: '/csv', payload: '<x/>', headers: { 'content-type': 'text/xml' } },
        { url: '/fails' }, { url: '/wild/a/b' }, { url: '/stream' }, { url: '/plugin/inner' }, { url: '/plugin/broken' }, { url: '/none' }, { method: 'HEAD', url: '/' },
    ]) {
        const response = await app.inject(options);
        console.log(options.method || 'GET', options.url, response.statusCode, response.headers['content-type'], response.headers['x-sent'], response.payload);
    }
    console.log(order.slice(0, 6), order.includes('child preHandler'));

    await app.listen({ port: 0, host: '127.0.0.1' });
    await new Promise((done, fail) => http.get({ port: app.server.address().port, host: '127.0.0.1', path: '/users/3', agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (text) => console.log('socket', response.statusCode, text)).on('end', done);
    }).on('error', fail));
    await app.close();
    console.log('closed');
}
main();
