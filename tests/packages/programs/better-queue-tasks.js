// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: better-queue
// does: Processes tasks from memory with concurrency, priorities, merging, batches, retries and cancelling.
const Queue = require('better-queue');

const queue = new Queue((task, done) => {
    setTimeout(() => task.fail ? done(`failed ${task.id}`) : done(null, task.id * 10), 5);
}, { concurrent: 2, maxRetries: 2, retryDelay: 5 });
queue.on('task_finish', (id, result) => console.log('finish', id, result));
queue.on('task_failed', (id, error) => console.log('failed', id, error));
queue.on('task_retry', (id, retries) => console.log('retry', id, retries));
queue.push({ id: 1 });
setTimeout(() => queue.push({ id: 2, fail: true }), 200);
setTimeout(() => queue.push({ id: 3 }, (error, result) => console.log('own callback', error, result)), 600);
queue.on('drain', () => console.log('drain'));

setTimeout(() => {
    const batches = new Queue((tasks, done) => { console.log('batch', tasks); done(null, tasks); }, {
        batchSize: 3, batchDelay: 20, priority: (task, callback) => callback(null, task.urgent ? 10 : 1), filo: false, autoResume: false,
    });
    batches.pause();
    for (const n of [1, 2, 3, 4])
        batches.push({ id: `t${n}`, n, urgent: n === 4 });
    batches.resume();
    batches.on('drain', () => {
        console.log('batches drained', batches.getStats().total);
        merging();
    });
}, 900);

function merging() {
    const merged = new Queue((task, done) => { console.log('merged', task); done(); }, {
        merge: (old, added, callback) => callback(null, { id: old.id, count: old.count + added.count }), afterProcessDelay: 1,
    });
    merged.pause();
    merged.push({ id: 'same', count: 1 });
    merged.push({ id: 'same', count: 2 });
    setTimeout(() => merged.resume(), 10);
    merged.on('drain', () => console.log('end'));
}
