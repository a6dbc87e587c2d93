// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The ways in which a worker ends, one after the other.

const { Worker } = require('worker_threads');
const { once } = require('events');

const cases = [
  ['returns', ''],
  ['exits', 'process.on("exit", (c) => console.log("exit handler", c)); process.exit(7); console.log("not reached");'],
  ['sets a code', 'process.exitCode = 3; process.once("beforeExit", (c) => console.log("before exit", c));'],
  ['throws', 'const e = new TypeError("boom"); e.code = "E_BOOM"; e.extra = { a: [1, 2] }; process.on("exit", (c) => console.log("exit handler", c)); throw e;'],
  ['throws a value', 'throw { plain: true };'],
  ['throws later', 'setTimeout(() => { throw new RangeError("late"); }, 5);'],
  ['rejects', 'Promise.reject(new Error("unheeded"));'],
  ['throws what cannot be sent', 'throw Object.assign(() => {}, { a: 1 });'],
  ['has no such module', 'require("./not-there");'],
  ['has a subclass of an error', 'class Own extends Error { constructor(m) { super(m); this.name = "Own"; } } throw new Own("mine", { cause: 1 });'],
  ['catches all', 'process.on("uncaughtException", (e) => console.log("caught", e.message)); throw new Error("seen");'],
  ['changes folder', 'try { process.chdir("/"); } catch (e) { console.log(e.code, e.message); }'],
];

(async () => {
  for (const [name, code] of cases) {
    console.log('--', name);
    const worker = new Worker(code, { eval: true });
    worker.on('online', () => console.log('online'));
    worker.on('error', (error) => {
      console.log('error', typeof error, error instanceof Error, error.name, error.code, String(error.message).split('\n')[0]);
      if (error.extra !== undefined) console.log(error.extra);
    });
    const [code2] = await once(worker, 'exit').catch(() => once(worker, 'exit'));
    console.log('ended', code2, worker.threadId);
  }
  const busy = new Worker('require("worker_threads").parentPort.postMessage("busy"); for (;;) {}', { eval: true });
  await once(busy, 'message');
  console.log('terminated', await busy.terminate(), await busy.terminate());
  const idle = new Worker('setInterval(() => {}, 1000)', { eval: true });
  await once(idle, 'online');
  console.log('terminated', await idle.terminate());
  for (const wrong of [['file.js'], [5], ['./x', { eval: 1, env: 5 }], ['', { eval: true, argv: 1 }], [new URL('http://x/')]]) {
    try {
      new Worker(...wrong);
    } catch (error) {
      console.log(error.name, error.code, error.message.split('\n')[0]);
    }
  }
  const missing = new Worker('/does/not/exist.js');
  missing.on('error', (error) => console.log(error.code));
  missing.on('exit', (code) => console.log('exit', code));
})();
