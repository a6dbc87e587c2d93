// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: dataloader
// does: Batches and caches keys of one turn of the loop, keeps errors apart, primes and clears.
const DataLoader = require('dataloader');

const batches = [];
const loader = new DataLoader(async (keys) => {
    batches.push([...keys]);
    await new Promise((done) => setTimeout(done, 5));
    return keys.map((key) => key < 0 ? new Error(`no ${key}`) : key * 10);
}, { maxBatchSize: 3 });

async function main() {
    console.log(await Promise.all([loader.load(1), loader.load(2), loader.load(1)]), batches);
    console.log((await loader.loadMany([2, 3, -1, 4])).map((it) => it.message || it), batches);
    loader.clear(1).prime(9, 'primed');
    console.log(await Promise.all([loader.load(1), loader.load(9)]), batches);
    await loader.load(-5).catch((error) => console.log(error.message));
    const nested = await Promise.all([
        loader.load(20).then((value) => loader.load(value)),
        Promise.resolve().then(() => loader.load(21)).then((value) => loader.load(value)),
    ]);
    console.log(nested, batches.slice(-2));
    const wrong = new DataLoader(async () => 'not a list');
    await wrong.load(1).catch((error) => console.log(error.name, error.message.slice(0, 60)));
    const byObject = new DataLoader(async (keys) => keys.map((key) => key.id), { cacheKeyFn: (key) => key.id, batchScheduleFn: (callback) => setTimeout(callback, 10) });
    console.log(await Promise.all([byObject.load({ id: 1 }), byObject.load({ id: 1 })]), byObject.load({ id: 1 }) === byObject.load({ id: 1 }));
}
main();
