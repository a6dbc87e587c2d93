// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: async
// does: Runs series, parallel, waterfall, auto and race, with errors that stop them.
const async = require('async');

const later = (value, ms) => (callback) => setTimeout(callback, ms, null, value);
const fails = (message, ms) => (callback) => setTimeout(callback, ms, new Error(message));

async.series([later('a', 20), later('b', 1)], (error, results) => {
    console.log('series', error, results);
    async.parallel({ slow: later(1, 40), quick: later(2, 1) }, (error, results) => {
        console.log('parallel', error, results);
        async.parallel([later(1, 1), fails('second', 20), later(3, 60)], (error, results) => {
            console.log('parallel fails', error.message, results);
            waterfall();
        });
    });
});

function waterfall() {
    async.waterfall([
        (next) => next(null, 'one', 'two'),
        (a, b, next) => setImmediate(next, null, a + b),
        (joined, next) => next(null, joined.length),
    ], (error, length) => {
        console.log('waterfall', error, length);
        auto();
    });
}

function auto() {
    const order = [];
    const step = (name, ms) => (...given) => {
        const callback = given.pop();
        order.push(`${name} starts`);
        setTimeout(() => { order.push(`${name} ends`); callback(null, name.toUpperCase()); }, ms);
    };
    async.auto({
        read: step('read', 10),
        folder: step('folder', 30),
        write: ['folder', 'read', step('write', 10)],
        mail: ['write', (results, callback) => callback(null, `${results.write} ${results.read}`)],
    }, (error, results) => {
        console.log('auto', error, results, order);
        async.race([later('slow', 50), later('quick', 5)], (error, first) => {
            console.log('race', error, first);
            promises().catch(console.error);
        });
    });
}

async function promises() {
    console.log(await async.mapLimit([1, 2, 3, 4], 2, async (n) => n * n));
    await async.retry({ times: 3, interval: 5 }, async () => { throw new Error('never'); }).catch((error) => console.log('retry', error.message));
    let tries = 0;
    console.log(await async.retry(5, async () => { if (++tries < 3) throw new Error('not yet'); return `after ${tries}`; }));
    async.timeout((callback) => {}, 20, { info: 1 })((error) => console.log(error.code, error.message, error.info));
    await new Promise((done) => setTimeout(done, 50));
    const reflected = await async.parallel(async.reflectAll([later('fine', 1), fails('bad', 1)]));
    console.log(reflected.map((entry) => entry.value || entry.error.message));
}
