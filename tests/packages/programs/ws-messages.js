// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: ws
// does: Exchanges text, binary and large messages, pings, close codes, and broadcasts to all clients.
const { WebSocket, WebSocketServer } = require('ws');
const { once } = require('events');

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 1_000_000 });
server.on('connection', (socket, request) => {
    socket.name = new URL(request.url, 'http://x').searchParams.get('name');
    socket.on('message', (data, isBinary) => {
        if (!isBinary && String(data) === 'broadcast') {
            for (const client of server.clients)
                if (client.readyState === WebSocket.OPEN)
                    client.send(`${socket.name} says hello to all`);
        } else if (!isBinary && String(data).startsWith('close ')) {
            socket.close(Number(String(data).slice(6)), 'as asked');
        } else {
            socket.send(data, { binary: isBinary });
        }
    });
    socket.on('ping', (data) => socket.send(`pinged with ${data}`));
    socket.on('error', (error) => console.log('server:', error.code));
});

const url = () => `ws://127.0.0.1:${server.address().port}/?name=`;
async function main() {
    await once(server, 'listening');
    const a = new WebSocket(url() + 'a');
    console.log(a.readyState === WebSocket.CONNECTING);
    await once(a, 'open');
    a.send('hello');
    console.log(await next(a));
    a.send(Buffer.from([1, 2, 255]));
    console.log(await next(a));
    a.send(new Uint16Array([1, 2]));
    console.log(await next(a));
    a.send('ü'.repeat(100_000));
    console.log((await next(a)).length);
    a.send('part one ', { fin: false });
    a.send('part two', { fin: true });
    console.log(await next(a));
    a.ping('data');
    const [[pong], pinged] = await Promise.all([once(a, 'pong'), next(a)]);
    console.log('pong', String(pong), pinged);

    const b = new WebSocket(url() + 'b', { headers: { 'X-Test': '1' } });
    b.binaryType = 'arraybuffer';
    await new Promise((done) => { b.onopen = (event) => { console.log(event.type, event.target === b); done(); }; });
    b.send('broadcast');
    console.log(await Promise.all([next(a), next(b)]), server.clients.size);
    b.send(Buffer.from('xy'));
    await new Promise((done) => { b.onmessage = (event) => { console.log(event.data); done(); }; });
    b.send('close 4001');
    const [code, reason] = await once(b, 'close');
    console.log(code, String(reason), b.readyState);
    a.send('x'.repeat(1_000_001));
    console.log((await once(a, 'close'))[0]);

    const c = new WebSocket(url() + 'c');
    await once(c, 'open');
    c.terminate();
    console.log((await once(c, 'close'))[0]);
    try {
        new WebSocket('http:/ /nothing');
    } catch (error) {
        console.log(error.name, error.message);
    }
    server.close(() => console.log('server closed', server.clients.size));
}

async function next(socket) {
    const [data, isBinary] = await once(socket, 'message');
    return isBinary ? data : String(data);
}
main();
