// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: bottleneck
// does: Spaces jobs, limits concurrency and reservoirs, orders by priority, retries and drops.
const Bottleneck = require('bottleneck');

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
async function main() {
    const limiter = new Bottleneck({ maxConcurrent: 2, minTime: 100 });
    const begin = Date.now();
    const starts = await Promise.all([1, 2, 3, 4].map((n) => limiter.schedule(async () => [n, Date.now() - begin >= (n - 1) * 95])));
    console.log(starts);

    const one = new Bottleneck({ maxConcurrent: 1 });
    const order = [];
    await Promise.all([5, 9, 0].map((priority) => one.schedule({ priority, id: `job ${priority}` }, async () => { order.push(priority); await wait(5); })));
    console.log(order);
    one.on('failed', async (error, info) => { console.log('failed', error.message, info.retryCount); return info.retryCount < 2 ? 5 : undefined; });
    one.on('retry', (message, info) => console.log('retry', info.retryCount));
    await one.schedule(async () => { throw new Error('flaky'); }).catch((error) => console.log('rejected', error.message));

    const dropping = new Bottleneck({ maxConcurrent: 1, highWater: 1, strategy: Bottleneck.strategy.LEAK });
    dropping.on('dropped', (job) => console.log('dropped', job.options.id));
    await Promise.allSettled(['a', 'b', 'c'].map((id) => dropping.schedule({ id }, () => wait(20))));

    const reservoir = new Bottleneck({ reservoir: 2, reservoirRefreshAmount: 2, reservoirRefreshInterval: 250 });
    console.log(await Promise.all([reservoir.schedule(async () => 'x'), reservoir.schedule(async () => 'y')]), await reservoir.currentReservoir());
    const wrapped = limiter.wrap(async (a, b) => a + b);
    console.log(await wrapped(1, 2), limiter.counts());
    const callback = new Bottleneck();
    await new Promise((done) => callback.submit((text, next) => setTimeout(next, 5, null, text), 'by callback', (error, text) => { console.log(error, text); done(); }));
    const group = new Bottleneck.Group({ maxConcurrent: 1 });
    await group.key('a').schedule(async () => {});
    console.log(group.keys());
    await one.stop({ dropWaitingJobs: false });
    await one.schedule(async () => {}).catch((error) => console.log(error.name, error.message));
    await reservoir.disconnect();
}
main();
