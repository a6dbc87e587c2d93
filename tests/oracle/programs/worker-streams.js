// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Standard streams of workers, other sources than files, and a worker of a worker.

const { Worker, BroadcastChannel } = require('worker_threads');
const { once } = require('events');

const collect = async (stream) => {
  const parts = [];
  stream.setEncoding('utf8');
  for await (const part of stream) parts.push(part);
  return parts.join('');
};

(async () => {
  const own = new Worker('console.log("to out"); console.error("to err"); process.stdout.write("no line end"); process.stdin.setEncoding("utf8"); let all = ""; ' +
    'process.stdin.on("data", (d) => all += d).on("end", () => console.log("read", all));', { eval: true, stdin: true, stdout: true, stderr: true });
  own.stdin.write('some ');
  own.stdin.end('input');
  const [out, err] = await Promise.all([collect(own.stdout), collect(own.stderr)]);
  console.log([out, err]);

  const url = new Worker(new URL('data:text/javascript,import { parentPort, isMainThread } from "worker_threads"; parentPort.postMessage([isMainThread, typeof require]);'));
  console.log(await once(url, 'message'));

  const nested = new Worker('const { Worker, parentPort, threadId } = require("worker_threads");' +
    'const inner = new Worker("require(\'worker_threads\').parentPort.postMessage(\'from inside\')", { eval: true });' +
    'inner.on("message", (m) => parentPort.postMessage(m)); inner.on("exit", (c) => parentPort.postMessage(["inner exit", c]));', { eval: true });
  nested.on('message', (message) => console.log(message));
  await once(nested, 'exit');

  const channel = new BroadcastChannel('news');
  const listener = new Worker('const c = new BroadcastChannel("news"); c.onmessage = (e) => { c.postMessage(["heard", e.data]); c.close(); };', { eval: true });
  await once(listener, 'online');
  channel.onmessage = (event) => {
    console.log(event.data);
    channel.close();
  };
  setTimeout(() => channel.postMessage({ price: 5 }), 300);
  await once(listener, 'exit');

  const unref = new Worker('setInterval(() => {}, 1000)', { eval: true });
  await once(unref, 'online');
  unref.unref();
  process.on('exit', (code) => console.log('main ends', code));
})();
