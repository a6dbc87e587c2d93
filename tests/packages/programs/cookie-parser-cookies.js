// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: cookie-parser
// does: Reads plain, signed and JSON cookies of requests, and refuses forged ones.
const cookieParser = require('cookie-parser');
const express = require('express');
const http = require('http');

const app = express();
app.use(cookieParser('a secret'));
app.get('/', (req, res) => res.json({ cookies: req.cookies, signed: req.signedCookies }));
app.get('/set', (req, res) => res.cookie('name', 'value', { signed: true }).cookie('object', { a: 1 }).end());
console.log(cookieParser.JSONCookie('j:{"a":1}'), cookieParser.JSONCookie('plain'), cookieParser.JSONCookies({ x: 'j:[1]', y: 'z' }));

const server = app.listen(0, '127.0.0.1', async () => {
    await ask('/', 'a=1; b=hello%20world; c=j%3A%7B%22x%22%3A2%7D; "quoted"="q"');
    const set = (await ask('/set')).headers['set-cookie'];
    console.log(set);
    await ask('/', set.map((it) => it.split(';')[0]).join('; '));
    await ask('/', 'name=s%3Avalue.forged');
    server.close();
});

function ask(path, cookie) {
    return new Promise((resolve, reject) => http.get({ host: '127.0.0.1', port: server.address().port, path, headers: cookie ? { cookie } : {} }, (response) => {
        let text = '';
        response.on('data', (chunk) => { text += chunk; }).on('end', () => { console.log(path, text); resolve(response); });
    }).on('error', reject));
}
