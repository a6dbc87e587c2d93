// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person would write to record Node's own event loop: every async_hooks callback stores one entry of a typed array.
// Preloaded with node -r. The array is a ring, as a recording kept in memory would be.
'use strict';
const asyncHooks = require('async_hooks');

const capacity = 1 << 20;
const entryLength = 4;
const ring = new Float64Array(capacity * entryLength);
let next = 0;

function store(kind, id, trigger) {
    const at = (next++ & (capacity - 1)) * entryLength;
    ring[at] = performance.now();
    ring[at + 1] = kind;
    ring[at + 2] = id;
    ring[at + 3] = trigger;
}

asyncHooks.createHook({
    init(id, type, trigger) { store(1, id, trigger); },
    before(id) { store(2, id, 0); },
    after(id) { store(3, id, 0); },
    destroy(id) { store(4, id, 0); },
    promiseResolve(id) { store(5, id, 0); },
}).enable();
