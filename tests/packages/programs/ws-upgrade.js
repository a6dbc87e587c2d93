// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: ws
// does: Shares an http server by path, chooses a subprotocol, refuses clients, compresses, streams, and notices dead connections.
const { WebSocket, WebSocketServer, createWebSocketStream } = require('ws');
const http = require('http');
const { once } = require('events');

const server = http.createServer((req, res) => res.end('plain http'));
const echo = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 10 }, handleProtocols: (protocols) => protocols.has('chat.v2') ? 'chat.v2' : false });
const stream = new WebSocketServer({ noServer: true });
echo.on('connection', (socket) => { socket.isAlive = true; socket.on('pong', () => { socket.isAlive = true; }); socket.on('message', (data) => socket.send(`echo ${data}`)); });
stream.on('connection', (socket) => { const duplex = createWebSocketStream(socket, { encoding: 'utf8' }); duplex.pipe(duplex); });
server.on('upgrade', (request, socket, head) => {
    const target = { '/echo': echo, '/stream': stream }[request.url];
    if (!target) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
    }
    target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client, request));
});

server.listen(0, '127.0.0.1', async () => {
    const base = `127.0.0.1:${server.address().port}`;
    const client = new WebSocket(`ws://${base}/echo`, ['chat.v1', 'chat.v2']);
    const [[response]] = await Promise.all([once(client, 'upgrade'), once(client, 'open')]);
    console.log(response.statusCode, response.headers.upgrade, response.headers['sec-websocket-protocol']);
    console.log(client.protocol, client.extensions);
    client.send('compress '.repeat(1000));
    console.log(String((await once(client, 'message'))[0]).length);

    const refused = new WebSocket(`ws://${base}/other`);
    const [error] = await once(refused, 'error');
    console.log(error.message);

    const duplex = createWebSocketStream(new WebSocket(`ws://${base}/stream`), { encoding: 'utf8' });
    duplex.write('through a stream');
    console.log(String((await once(duplex, 'data'))[0]));
    duplex.destroy();
    await once(duplex, 'close');

    await new Promise((done) => http.get(`http://${base}/`, (plain) => plain.setEncoding('utf8').on('data', (text) => console.log(plain.statusCode, text)).on('end', done)));
    for (const socket of echo.clients) { socket.isAlive = false; socket.ping(); }
    await Promise.all([once(client, 'ping'), ...[...echo.clients].map((socket) => once(socket, 'pong'))]);
    setImmediate(async () => {
        console.log([...echo.clients].map((socket) => socket.isAlive));
        client.close(1000, 'bye');
        const [code, reason] = await once(client, 'close');
        console.log(code, String(reason));
        server.close(() => console.log('closed'));
        server.closeAllConnections();
    });
});
