// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const net = require('net');
const { AsyncLocalStorage, createHook, executionAsyncId } = require('async_hooks');
const storage = new AsyncLocalStorage();
const types = new Map();
const seen = [];
createHook({ init(id, type, trigger) { types.set(id, type); if (/TCP|SHUTDOWN/.test(type)) seen.push(`${type} <- ${types.get(trigger) || 'main'}`); } }).enable();
const server = net.createServer((socket) => { socket.resume(); socket.end('x'); seen.push(`connection: ${storage.getStore()} ${types.get(executionAsyncId())}`); });
storage.run('server store', () => server.listen(0, '127.0.0.1', () => {
  storage.run('client store', () => {
    const client = net.connect(server.address().port, '127.0.0.1', () => { seen.push(`connect: ${storage.getStore()} ${types.get(executionAsyncId())}`); client.end(); });
    client.on('data', () => seen.push(`data: ${storage.getStore()} ${types.get(executionAsyncId())}`));
    client.on('close', () => { seen.push(`close: ${storage.getStore()} ${types.get(executionAsyncId())}`); server.close(); });
  });
}));
process.on('exit', () => console.log(seen.join('\n')));
