// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: axios
// does: Sends JSON and forms, uses instances, interceptors, timeouts, cancelling, transforms, streams and progress.
const axios = require('axios');
const http = require('http');

const server = http.createServer((req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const url = new URL(req.url, 'http://x');
        if (url.pathname === '/echo') res.setHeader('content-type', 'application/json').end(JSON.stringify({ method: req.method, query: url.search, type: req.headers['content-type'], auth: req.headers.authorization, custom: req.headers['x-custom'], body: body.slice(0, 200) }));
        else if (url.pathname === '/redirect') res.writeHead(307, { location: '/echo?moved' }).end();
        else if (url.pathname === '/slow') setTimeout(() => res.end('late'), 500).unref();
        else if (url.pathname === '/stream') { res.write('a'); setTimeout(() => res.end('b'), 5); }
        else if (url.pathname === '/reset') req.socket.destroy();
        else res.writeHead(Number(url.pathname.slice(1)), { 'content-type': 'application/json' }).end('{"error":"status"}');
    });
});

server.listen(0, '127.0.0.1', async () => {
    const api = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}`, headers: { 'X-Custom': 'instance' }, proxy: false });
    const show = ({ status, data }) => console.log(status, data);
    show(await api.get('/echo', { params: { a: 1, list: ['x', 'y'], deep: { z: 'ü' } } }));
    show(await api.post('/echo', { json: [1, 2] }));
    show(await api.put('/echo', new URLSearchParams({ form: 'yes' }), { auth: { username: 'me', password: 'secret' } }));
    show(await api.request({ url: '/redirect', method: 'post', data: 'text', headers: { 'content-type': 'text/plain' } }));
    for (const status of [404, 500])
        await api.get(`/${status}`).catch((error) => console.log(axios.isAxiosError(error), error.code, error.message, error.response.data));
    show(await api.get('/404', { validateStatus: () => true }));
    await api.get('/slow', { timeout: 20 }).catch((error) => console.log(error.code, error.message));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await api.get('/slow', { signal: controller.signal }).catch((error) => console.log(axios.isCancel(error), error.code, error.message));
    await api.get('/reset').catch((error) => console.log(error.code, error.message));
    await axios.get('http://127.0.0.1:1/', { proxy: false }).catch((error) => console.log(error.code));
    const streamed = await api.get('/stream', { responseType: 'stream' });
    let text = '';
    for await (const chunk of streamed.data)
        text += chunk;
    console.log('stream', text, Buffer.isBuffer((await api.get('/stream', { responseType: 'arraybuffer' })).data));

    const order = [];
    api.interceptors.request.use((config) => { order.push('request 1'); config.headers.set('x-custom', 'intercepted'); return config; });
    api.interceptors.request.use(async (config) => { order.push('request 2'); return config; });
    const id = api.interceptors.response.use((response) => { order.push('response'); response.data = response.data.custom; return response; }, (error) => { order.push('failed'); return Promise.resolve({ status: error.response.status, data: 'recovered' }); });
    show(await api.get('/echo'));
    show(await api.get('/500'));
    console.log(order);
    api.interceptors.response.eject(id);
    show(await api.get('/echo', { transformResponse: [(data) => data.length > 20, (is) => ({ long: is })] }));
    console.log((await axios.all([api.get('/echo'), api.head('/echo')])).map((it) => it.status), api.getUri({ url: '/u', params: { q: 'a b' } }).replace(/.*\/u/, '/u'));
    const custom = await axios.get('/anything', { adapter: async (config) => ({ data: config.url, status: 299, config, headers: {} }) });
    show(custom);
    server.close(() => console.log('closed'));
    server.closeAllConnections();
});
