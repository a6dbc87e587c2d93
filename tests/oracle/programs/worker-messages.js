// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What goes to a worker and comes back: clones of all kinds, what is transferred, ports, and the order of it all.

const { Worker, isMainThread, parentPort, workerData, threadId, MessageChannel, MessagePort, receiveMessageOnPort,
        setEnvironmentData, getEnvironmentData } = require('worker_threads');

if (isMainThread) {
  setEnvironmentData('colour', { name: 'green' });
  const ring = { name: 'ring', date: new Date(0), map: new Map([[{ key: 1 }, new Set([1, 'two'])]]), holes: [1, , 3], bytes: new Uint8Array([1, 2, 3]),
                 re: /a+/gi, big: 12345678901234567890n, nothing: undefined, nan: NaN, minus: -0, boxed: Object('text'), error: new RangeError('far') };
  ring.self = ring;
  const { port1, port2 } = new MessageChannel();
  port2.postMessage('sent before it moved');
  const worker = new Worker(__filename, { workerData: { ring, port: port1 }, transferList: [port1], argv: ['one', 2], name: 'first', env: { ONLY: 'this' } });
  const log = [];
  const side = []; // two ports may be heard in any order
  worker.on('online', () => log.push('online'));
  worker.on('message', (message) => {
    log.push(message);
    if (message.step === 'ready') {
      const buffer = new ArrayBuffer(8);
      new Float64Array(buffer)[0] = 1.5;
      worker.postMessage({ buffer, view: new Uint16Array(buffer, 2, 2) }, [buffer]);
      log.push(['transferred', buffer.byteLength]);
      for (const bad of [() => {}, Symbol('s'), { f() {} }, new WeakMap(), Promise.resolve()]) {
        try {
          worker.postMessage(bad);
        } catch (error) {
          log.push([error.name, error.code, error.message]);
        }
      }
      port2.on('message', (text) => {
        side.push(['port2', text]);
        port2.postMessage('over to you');
      });
      port2.on('close', () => side.push(['port2 closed']));
    }
  });
  worker.on('exit', (code) => {
    log.push(['exit', code, worker.threadId]);
    setTimeout(() => {
      for (const line of [...log, ...side]) console.log(line);
    }, 50);
  });
  console.log(worker.threadId, threadId, isMainThread, parentPort, workerData);
} else {
  const { ring, port } = workerData;
  const shown = [ring.self === ring, ring.date.getTime(), [...ring.map][0], 1 in ring.holes, ring.holes.length, ring.bytes, ring.re, String(ring.big),
                 'nothing' in ring, ring.nan, Object.is(ring.minus, -0), typeof ring.boxed, ring.error instanceof RangeError, ring.error.message];
  parentPort.postMessage({ shown, argv: process.argv.slice(2), env: Object.keys(process.env), colour: getEnvironmentData('colour'), threadId });
  parentPort.postMessage([port instanceof MessagePort, receiveMessageOnPort(port), receiveMessageOnPort(port)]);
  parentPort.once('message', ({ buffer, view }) => {
    parentPort.postMessage([new Float64Array(buffer)[0], view.buffer === buffer, view.length]);
    port.on('message', (text) => {
      parentPort.postMessage(['worker', text]);
      port.close();
    });
    port.postMessage('hello on the side');
  });
  parentPort.postMessage({ step: 'ready' });
}
