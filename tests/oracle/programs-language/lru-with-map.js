// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class LruCache {
  #items = new Map();
  constructor(limit) { this.limit = limit; }
  get(key) { if (!this.#items.has(key)) return undefined; const value = this.#items.get(key); this.#items.delete(key); this.#items.set(key, value); return value; }
  set(key, value) { this.#items.delete(key); this.#items.set(key, value); if (this.#items.size > this.limit) this.#items.delete(this.#items.keys().next().value); return this; }
  get keys() { return [...this.#items.keys()]; }
}
const cache = new LruCache(3).set('a', 1).set('b', 2).set('c', 3);
cache.get('a');
cache.set('d', 4);
console.log(cache.keys, cache.get('b'), cache.get('a'), cache.keys);
const busy = new LruCache(50);
for (let i = 0; i < 5000; i++) { busy.set(i % 70, i); busy.get((i * 13) % 70); }
console.log(busy.keys.length, busy.keys.slice(0, 5), busy.keys.slice(-5));
