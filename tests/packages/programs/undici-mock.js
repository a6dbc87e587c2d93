// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: undici
// does: Answers requests from a mock, with replies that vary, persist and fail; parses and makes headers, forms and cookies.
const { FormData, Headers, MockAgent, Request, Response, getCookies, parseMIMEType, request, setCookie } = require('undici');

async function main() {
    const mock = new MockAgent();
    mock.disableNetConnect();
    mock.get('http://mocked.example').intercept({ path: '/hello', method: 'GET' }).reply(201, { mocked: true }, { headers: { 'x-mock': 'yes' } });
    const mocked = await request('http://mocked.example/hello', { dispatcher: mock });
    console.log(mocked.statusCode, mocked.headers['x-mock'], await mocked.body.json(), mock.pendingInterceptors().length);
    await request('http://mocked.example/other', { dispatcher: mock }).catch((error) => console.log(error.name));
    const pool = mock.get('http://pool.example');
    pool.intercept({ path: /^\/item/, method: 'POST', body: (body) => body.includes('name') }).reply((options) => ({ statusCode: 200, data: `got ${options.path} ${options.body}` })).persist();
    pool.intercept({ path: '/fails', method: 'GET' }).replyWithError(new Error('mocked failure'));
    pool.intercept({ path: '/times', method: 'GET' }).reply(200, 'counted').times(2);
    for (const body of ['name=a', 'name=b'])
        console.log(await (await request('http://pool.example/item/1', { method: 'POST', body, dispatcher: mock })).body.text());
    await request('http://pool.example/fails', { dispatcher: mock }).catch((error) => console.log(error.message));
    console.log((await request('http://pool.example/times', { dispatcher: mock })).statusCode, (await request('http://pool.example/times', { dispatcher: mock })).statusCode);
    await mock.close();

    const headers = new Headers([['a', '1'], ['A', '2']]);
    setCookie(headers, { name: 'session', value: 'x', httpOnly: true });
    console.log([...headers], getCookies(new Headers({ cookie: 'a=1; b=2' })), parseMIMEType('text/html;charset="utf-8"').parameters.get('charset'));
    const form = new FormData();
    form.append('field', 'value');
    console.log([...form], new Request('http://x/', { method: 'post', body: 'b' }).method, await new Response('{"a":1}').json(), Response.json({ b: 2 }).status);
}
main();
