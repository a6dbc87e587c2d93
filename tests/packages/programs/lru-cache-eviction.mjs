// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: lru-cache
// does: Evicts the least recent, counts sizes, lets entries expire, fetches once for many, dumps and loads.
import { LRUCache } from 'lru-cache';

const disposed = [];
const cache = new LRUCache({ max: 3, dispose: (value, key, reason) => disposed.push([key, value, reason]) });
for (const key of ['a', 'b', 'c'])
    cache.set(key, key.toUpperCase());
cache.get('a');
cache.set('d', 'D');
console.log([...cache.keys()], cache.has('b'), cache.peek('c'), cache.size, disposed);
cache.delete('a');
cache.set('c', 'changed');
console.log([...cache.entries()], disposed.slice(1), cache.pop());

const sized = new LRUCache({ maxSize: 10, sizeCalculation: (value) => value.length });
sized.set('x', '12345').set('y', '1234').set('z', '123');
console.log([...sized.keys()], sized.calculatedSize, sized.set('huge', '12345678901').has('huge'));

const expiring = new LRUCache({ max: 10, ttl: 30, allowStale: false });
expiring.set('short', 1);
expiring.set('long', 2, { ttl: 10_000 });
await new Promise((done) => setTimeout(done, 80));
console.log(expiring.get('short'), expiring.get('long'), expiring.has('short'), expiring.getRemainingTTL('none'));

let fetches = 0;
const fetching = new LRUCache({ max: 10, fetchMethod: async (key, stale, { signal }) => { ++fetches; await new Promise((done) => setTimeout(done, 5)); if (key === 'bad') throw new Error('no such thing'); return `${key} ${fetches} ${signal.aborted}`; } });
console.log(await Promise.all([fetching.fetch('k'), fetching.fetch('k')]), await fetching.fetch('k'), fetches);
await fetching.fetch('bad').catch((error) => console.log(error.message));
const copy = new LRUCache({ max: 10 });
copy.load(cache.dump());
console.log([...copy.values()], copy.find((value) => value === 'D'), [...copy.rvalues()]);
copy.clear();
console.log(copy.size);
try {
    new LRUCache({});
} catch (error) {
    console.log(error.name, error.message);
}
