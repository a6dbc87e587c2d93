// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Workers that share memory, lock, post, transfer, broadcast, and use the pool.
const fs = require('fs');
const { BroadcastChannel, isMainThread, MessageChannel, parentPort, Worker, workerData } = require('worker_threads');
const zlib = require('zlib');

const workers = 4;
const additions = 2000;
const lockings = 50;

function start() {
  const shared = new SharedArrayBuffer(16);
  const numbers = new Int32Array(shared);
  const broadcast = new BroadcastChannel('threads');
  let heard = 0;
  broadcast.onmessage = () => {
    if (++heard === workers) broadcast.close();
  };
  let left = workers;
  for (let n = 0; n < workers; ++n) {
    const worker = new Worker(__filename, { workerData: shared });
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ port: port2 }, [port2]);
    let messages = 0;
    port1.on('message', () => {
      if (++messages === 100) port1.close();
    });
    worker.on('message', (message) => worker.postMessage(message, [message.buffer]));
    worker.on('exit', () => {
      if (--left === 0) console.log('all done:', numbers[0], 'added,', numbers[1], 'under the lock');
    });
  }
}

function work() {
  const numbers = new Int32Array(workerData);
  for (let n = 0; n < additions; ++n) Atomics.add(numbers, 0, 1);
  for (let n = 0; n < lockings; ++n) {
    while (Atomics.compareExchange(numbers, 2, 0, 1) !== 0) Atomics.wait(numbers, 2, 1, 10);
    numbers[1]++;
    Atomics.store(numbers, 2, 0);
    Atomics.notify(numbers, 2, 1);
  }
  const broadcast = new BroadcastChannel('threads');
  broadcast.postMessage('here');
  broadcast.close();
  fs.readFile(__filename, () => {});
  zlib.gzip('x'.repeat(10000), () => {});
  let returned = 0;
  parentPort.on('message', ({ buffer, port }) => {
    if (port) {
      for (let n = 0; n < 100; ++n) port.postMessage(n);
      port.on('close', () => {});
      parentPort.postMessage({ buffer: new ArrayBuffer(1000) });
    } else if (++returned < 20) {
      parentPort.postMessage({ buffer }, [buffer]);
    } else {
      parentPort.close();
    }
  });
}

if (isMainThread) start();
else work();
