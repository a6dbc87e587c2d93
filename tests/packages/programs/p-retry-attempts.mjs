// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: p-retry
// does: Retries with back-off, aborts for good errors, decides by error.
import pRetry, { AbortError } from 'p-retry';

const options = { minTimeout: 5, factor: 2, retries: 3 };
console.log(await pRetry(async (attempt) => {
    if (attempt < 3)
        throw new Error(`attempt ${attempt}`);
    return `worked at ${attempt}`;
}, { ...options, onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => console.log(error.message, attemptNumber, retriesLeft) }));

await pRetry(async () => { throw new Error('always'); }, options).catch((error) => console.log('gave up', error.message));
await pRetry(async () => { throw new AbortError('not worth it'); }, options).catch((error) => console.log('aborted', error.message));
await pRetry(async () => { throw new TypeError('a bug'); }, options).catch((error) => console.log(error.name, error.message));
let calls = 0;
await pRetry(async () => { ++calls; throw new Error('fatal'); }, { ...options, shouldRetry: ({ error }) => error.message !== 'fatal' })
    .catch((error) => console.log(calls, error.message));
const controller = new AbortController();
setTimeout(() => controller.abort(new Error('enough')), 20);
await pRetry(async () => { throw new Error('slow'); }, { minTimeout: 1000, signal: controller.signal }).catch((error) => console.log(error.message));
