// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: p-limit
// does: Limits concurrency, counts what waits, clears the queue.
import pLimit, { limitFunction } from 'p-limit';

const limit = pLimit(2);
let running = 0, most = 0;
const order = [];
const job = (name, ms) => limit(async (given) => {
    most = Math.max(most, ++running);
    order.push(`${given} starts`);
    await new Promise((done) => setTimeout(done, ms));
    order.push(`${given} ends`);
    --running;
    return given;
}, name);
const jobs = [job('a', 30), job('b', 10), job('c', 40), job('d', 10)];
console.log(limit.activeCount, limit.pendingCount, limit.concurrency);
await null;
await null;
console.log(limit.activeCount, limit.pendingCount);
console.log(await Promise.all(jobs), most);
console.log(order);
await limit(() => { throw new Error('refused'); }).catch((error) => console.log(error.message));
const twice = limitFunction(async (n) => n * 2, { concurrency: 1 });
console.log(await Promise.all([twice(1), twice(2)]));
console.log(await limit.map(['x', 'y'], async (name, i) => name + i));
const one = pLimit(1);
one(() => new Promise((done) => setTimeout(done, 10)));
one(() => console.log('never'));
await Promise.resolve();
one.clearQueue();
setTimeout(() => console.log(one.pendingCount, one.activeCount), 40);
try {
    pLimit(0);
} catch (error) {
    console.log(error.name, error.message);
}
