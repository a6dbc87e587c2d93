// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: socket.io
// does: Emits with acknowledgements, rooms, namespaces, middleware and binary data between a server and its clients.
const http = require('http');
const { Server } = require('socket.io');
const { io: connect } = require('socket.io-client');

const server = http.createServer();
const io = new Server(server, { serveClient: false, pingInterval: 10_000 });
io.use((socket, next) => socket.handshake.auth.token === 'bad' ? next(Object.assign(new Error('refused'), { data: { code: 7 } })) : next());
io.on('connection', (socket) => {
    socket.data.name = socket.handshake.query.name;
    socket.on('join', (room, callback) => { socket.join(room); callback([...socket.rooms].filter((it) => it !== socket.id)); });
    socket.on('leave', (room, callback) => { socket.leave(room); callback(socket.rooms.size); });
    socket.on('say', (room, text) => socket.to(room).emit('said', `${socket.data.name}: ${text}`));
    socket.on('binary', (buffer, callback) => callback({ twice: Buffer.concat([buffer, buffer]) }));
    socket.on('to all', () => io.emit('all', { from: socket.data.name }));
    socket.on('disconnecting', (reason) => console.log('server: disconnecting', socket.data.name, reason));
});
io.of('/admin').use((socket, next) => next()).on('connection', (socket) => socket.emit('welcome', socket.nsp.name));

server.listen(0, '127.0.0.1', async () => {
    const url = `http://127.0.0.1:${server.address().port}`;
    const open = (name, more = {}) => connect(url, { query: { name }, transports: ['websocket'], forceNew: true, ...more });
    const a = open('a'), b = open('b');
    await Promise.all([once(a, 'connect'), once(b, 'connect')]);
    console.log(a.connected, typeof a.id, a.id !== b.id);
    console.log(await a.emitWithAck('join', 'room'), await b.emitWithAck('join', 'room'));
    a.emit('say', 'room', 'hello b');
    console.log(await once(b, 'said'));
    const all = Promise.all([once(a, 'all'), once(b, 'all')]);
    b.emit('to all');
    console.log(await all);
    console.log((await a.emitWithAck('binary', Buffer.from([1, 2]))).twice);
    console.log((await io.in('room').fetchSockets()).length, [...io.of('/').adapter.rooms.keys()].includes('room'));
    console.log(await b.emitWithAck('leave', 'room'), (await io.in('room').fetchSockets()).map((it) => it.data.name));
    await a.timeout(20).emitWithAck('nobody answers').catch((error) => console.log(error.message));

    const admin = connect(`${url}/admin`, { transports: ['websocket'] });
    console.log(await once(admin, 'welcome'));
    const refused = open('c', { auth: { token: 'bad' } });
    const error = await once(refused, 'connect_error');
    console.log(error.message, error.data);
    const left = once(a, 'disconnect');
    io.in('room').disconnectSockets(true);
    console.log('client: disconnect', await left);
    b.disconnect();
    admin.disconnect();
    refused.disconnect();
    setTimeout(() => io.close(() => console.log('closed')), 50);
});

function once(socket, event) { return new Promise((resolve) => socket.once(event, resolve)); }
