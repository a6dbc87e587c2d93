// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: async
// does: Feeds queue, priorityQueue and cargo; watches concurrency, saturation and drain.
const async = require('async');

let running = 0, most = 0;
const queue = async.queue((task, callback) => {
    most = Math.max(most, ++running);
    setTimeout(() => { --running; callback(task.bad ? new Error(`bad ${task.name}`) : null, task.name); }, task.ms);
}, 2);
queue.saturated(() => console.log('saturated'));
queue.empty(() => console.log('empty'));
queue.error((error, task) => console.log('error', error.message, task.name));
for (const [name, ms, bad] of [['a', 50], ['b', 200, true], ['c', 500], ['d', 20]])
    queue.push({ name, ms, bad }, (error, result) => console.log('done', error ? error.message : result));
queue.unshift({ name: 'first', ms: 5 });
console.log(queue.length(), queue.running(), queue.idle());

queue.drain(() => {
    console.log('drain', most, queue.idle());
    const priorities = async.priorityQueue((task, callback) => { console.log('priority', task); setImmediate(callback); }, 1);
    priorities.push('low', 10);
    priorities.push('high', 1);
    priorities.push(['middle 1', 'middle 2'], 5);
    priorities.drain(() => {
        const cargo = async.cargo((tasks, callback) => { console.log('cargo', tasks); setImmediate(callback); }, 2);
        cargo.push([1, 2, 3, 4, 5]);
        cargo.drain(() => eachOf());
    });
});

async function eachOf() {
    await async.eachOfSeries({ x: 1, y: 2 }, async (value, key) => console.log(key, value));
    console.log(await async.filter([1, 2, 3, 4], async (n) => n % 2 === 0), await async.detectSeries([3, 8, 9], async (n) => n > 5));
    console.log(await async.reduce([1, 2, 3], 10, async (sum, n) => sum + n), await async.some([1, 2], async (n) => n === 2));
    console.log(await async.groupBy(['apple', 'avocado', 'pear'], async (word) => word[0]), await async.sortBy([3, 1, 2], async (n) => -n));
    let count = 0;
    await async.whilst(async () => count < 3, async () => { ++count; });
    console.log(count, await async.concat(['a', 'b'], async (s) => [s, s + s]));
}
