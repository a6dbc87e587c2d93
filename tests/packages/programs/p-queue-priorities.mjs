// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: p-queue
// does: Runs jobs by priority, pauses, limits the rate, times out and aborts.
import PQueue, { TimeoutError } from 'p-queue';

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const queue = new PQueue({ concurrency: 1, autoStart: false });
for (const event of ['active', 'idle', 'empty'])
    queue.on(event, () => console.log('event', event, queue.size, queue.pending));
queue.add(async () => console.log('low'), { priority: 0 });
queue.add(async () => console.log('high'), { priority: 10 });
queue.add(async () => console.log('middle'), { priority: 5 });
console.log(queue.size, queue.isPaused);
queue.start();
await queue.onIdle();

console.log(await queue.addAll([async () => 1, async () => { await wait(5); return 2; }]));
await queue.add(() => { throw new Error('job failed'); }).catch((error) => console.log(error.message));
await queue.add(() => wait(200), { timeout: 10 }).catch((error) => console.log(error instanceof TimeoutError, error.name));
await queue.onIdle();

const controller = new AbortController();
queue.pause();
const aborted = queue.add(() => console.log('never'), { signal: controller.signal });
controller.abort();
queue.start();
await aborted.catch((error) => console.log(error.name));

const started = [];
const begin = performance.now();
const rate = new PQueue({ intervalCap: 2, interval: 100 });
await Promise.all([1, 2, 3, 4, 5].map((n) => rate.add(() => started.push([n, Math.floor((performance.now() - begin + 5) / 100)]))));
console.log(started);
