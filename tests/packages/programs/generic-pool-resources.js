// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: generic-pool
// does: Creates, lends, queues for, validates and destroys resources; drains the pool.
const genericPool = require('generic-pool');

let made = 0;
const events = [];
const pool = genericPool.createPool({
    create: async () => { const it = { id: ++made }; events.push(`create ${it.id}`); return it; },
    destroy: async (it) => { events.push(`destroy ${it.id}`); },
    validate: async (it) => !it.broken,
}, { max: 2, min: 0, testOnBorrow: true, acquireTimeoutMillis: 40, idleTimeoutMillis: 1000, fifo: true });

async function main() {
    const [a, b] = await Promise.all([pool.acquire(), pool.acquire()]);
    console.log(a, b, pool.size, pool.borrowed, pool.available);
    const waiting = pool.acquire(0);
    console.log(pool.pending);
    await pool.release(a);
    console.log((await waiting).id === a.id);
    await pool.acquire().catch((error) => console.log(error.name, error.message));
    a.broken = true;
    await pool.release(a);
    const fresh = await pool.acquire();
    console.log(fresh, events);
    await pool.release(fresh);
    console.log(await pool.use(async (it) => `used ${it.id}`));
    await pool.destroy(b);
    await pool.release({ id: 99 }).catch((error) => console.log(error.message));
    console.log(pool.isBorrowedResource(b), pool.spareResourceCapacity);
    await pool.drain();
    await pool.clear();
    console.log(pool.size, events);
    await pool.acquire().catch((error) => console.log(error.message));
}
main();
