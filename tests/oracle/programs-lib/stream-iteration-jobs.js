// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Between which promise jobs Node's own async functions and generators (here the streams') go on.
const { Readable, PassThrough, pipeline } = require('stream');
const { promisify, callbackify } = require('util');
const { once, on, EventEmitter } = require('events');

function chain(name) {
  let promise = Promise.resolve();
  for (let job = 0; job < 6; ++job) promise = promise.then(() => console.log(name, job));
}

const tick = promisify(process.nextTick);
callbackify(async () => {})(() => {
  callbackify(async () => {})(() => chain('first'));
  Promise.allSettled([1]).then(() => callbackify(async () => {})(() => chain('second')));
});
(async () => {
  for await (const chunk of Readable.from([1, 2, 3])) console.log('chunk', chunk);
  console.log('end of the chunks');
})();

setImmediate(async () => {
  const emitter = new EventEmitter();
  const through = new PassThrough({ objectMode: true });
  (async () => { for await (const [value] of on(emitter, 'value')) { console.log('event', value); if (value === 2) break; } console.log('no more events'); })();
  (async () => { for await (const chunk of through) console.log('through', chunk); console.log('through ended'); })();
  once(emitter, 'value').then(() => console.log('once'));
  chain('third');
  emitter.emit('value', 1);
  through.write('a');
  await tick();
  chain('fourth');
  emitter.emit('value', 2);
  through.end('b');
  console.log(await Readable.from([1, 2, 3, 4]).filter(async (n) => n % 2).map((n) => n * 2).toArray());
  pipeline(Readable.from(['x', 'y']), async function* (source) { for await (const chunk of source) yield chunk.toUpperCase(); }, async (source) => {
    for await (const chunk of source) console.log('piped', chunk);
  }, (error) => console.log('pipeline', error));
  chain('fifth');
});
