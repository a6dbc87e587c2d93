// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: socket.io-client
// does: Connects by long polling, upgrades to WebSocket, reconnects after the server was away.
const http = require('http');
const { Server } = require('socket.io');
const { Manager, io: connect } = require('socket.io-client');

function serve(port) {
    const server = http.createServer();
    const io = new Server(server);
    io.on('connection', (socket) => {
        socket.on('echo', (...all) => all.pop()(...all));
        socket.onAny((event) => { if (event !== 'echo') console.log('server got', event); });
    });
    return new Promise((done) => server.listen(port, '127.0.0.1', () => done({ io, port: server.address().port })));
}

async function main() {
    let { io, port } = await serve(0);
    const polling = connect(`http://127.0.0.1:${port}`, { transports: ['polling'], forceNew: true });
    await once(polling, 'connect');
    console.log(polling.io.engine.transport.name, await polling.emitWithAck('echo', { polled: [1, null, 'ü'] }));
    polling.disconnect();

    const socket = connect(`http://127.0.0.1:${port}`, { reconnectionDelay: 20, reconnectionDelayMax: 40, randomizationFactor: 0 });
    await once(socket, 'connect');
    await new Promise((done) => socket.io.engine.transport.name === 'websocket' ? done() : socket.io.engine.once('upgrade', done));
    console.log(socket.io.engine.transport.name, await socket.emitWithAck('echo', 'upgraded'));
    const gone = once(socket, 'disconnect');
    await new Promise((done) => io.close(done));
    console.log(await gone, socket.connected, socket.active);
    socket.emit('buffered while away');
    socket.volatile.emit('lost');
    await new Promise((done) => setTimeout(done, 60));
    ({ io } = await serve(port));
    await once(socket, 'connect');
    console.log('connected again', socket.recovered, await socket.emitWithAck('echo', 'again'));
    socket.disconnect();
    const manager = new Manager(`http://127.0.0.1:${port}`, { autoConnect: false, reconnection: false });
    const named = manager.socket('/none');
    named.connect();
    console.log((await once(named, 'connect_error')).message);
    manager._close();
    io.close(() => console.log('closed'));
}

function once(socket, event) { return new Promise((resolve) => socket.once(event, resolve)); }
main();
