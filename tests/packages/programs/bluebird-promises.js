// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: bluebird
// does: Chains, map with concurrency, filtered catch, promisifyAll, cancellation and using.
const Promise = require('bluebird');
const fs = require('fs');

Promise.config({ cancellation: true, warnings: false });

async function main() {
    const order = [];
    Promise.resolve('a').then((value) => order.push(value));
    process.nextTick(() => order.push('tick'));
    await Promise.delay(5);
    console.log(order);

    let active = 0, most = 0;
    const squares = await Promise.map([1, 2, 3, 4, 5], async (n) => {
        most = Math.max(most, ++active);
        await Promise.delay(10);
        --active;
        return n * n;
    }, { concurrency: 2 });
    console.log(squares, most);

    class NotFound extends Error {}
    await Promise.reject(new NotFound('nothing there'))
        .catch(TypeError, () => console.log('never'))
        .catch(NotFound, (error) => console.log('filtered', error.message))
        .finally(() => console.log('finally'));
    await Promise.reject(Object.assign(new Error('x'), { code: 42 })).catch({ code: 42 }, (error) => console.log('by shape', error.code));

    const files = Promise.promisifyAll(fs);
    await files.readFileAsync('/no/such/file').catch(Promise.OperationalError, (error) => console.log('operational', error.cause.code));
    console.log((await files.readFileAsync(__filename, 'utf8')).split('\n')[2]);

    console.log(await Promise.props({ a: Promise.delay(5, 1), b: 2 }), await Promise.reduce([1, 2, 3], (sum, n) => sum + n, 0));
    console.log(await Promise.any([Promise.reject(new Error('no')), Promise.delay(5, 'any')]), await Promise.some([1, 2, 3], 2));
    await Promise.any([Promise.reject(new Error('one')), Promise.reject(new Error('two'))])
        .catch(Promise.AggregateError, (errors) => console.log(errors.length, errors[1].message));
    await Promise.delay(100).timeout(10).catch(Promise.TimeoutError, (error) => console.log(error.name, error.message));

    const cancelled = new Promise((resolve, reject, onCancel) => onCancel(() => console.log('cancelled')));
    cancelled.cancel();
    console.log(cancelled.isCancelled(), Promise.resolve(1).isFulfilled(), Promise.resolve(1).value());

    const resource = () => Promise.resolve({ name: 'connection' }).disposer((it) => console.log('dispose', it.name));
    console.log(await Promise.using(resource(), (it) => Promise.delay(5, `used ${it.name}`)));

    const generator = Promise.coroutine(function* (n) { const a = yield Promise.delay(5, n); return a + (yield Promise.resolve(1)); });
    console.log(await generator(41));
    const outcomes = await Promise.all([Promise.resolve(1).reflect(), Promise.reject(new Error('r')).reflect()]);
    console.log(outcomes.map((it) => it.isFulfilled() ? it.value() : it.reason().message));
    console.log(await Promise.fromCallback((callback) => setTimeout(callback, 5, null, 'from callback')));
    console.log(await Promise.mapSeries(['x', 'y'], (name, i) => Promise.delay(5, `${name}${i}`)), await Promise.resolve([3, 4]).spread((a, b) => a * b));
}
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message));
main().then(() => { Promise.reject(new Error('left alone')); });
