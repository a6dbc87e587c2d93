// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs promises-aplus-tests (an npm package of the build) on the engine's own Promise: loopscope run tests/oracle/aplus/run.js
'use strict';

const harness = require('./harness');

globalThis.adapter = {
    resolved: (value) => Promise.resolve(value),
    rejected: (reason) => Promise.reject(reason),
    deferred() {
        const deferred = {};
        deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
        return deferred;
    },
};
// The tests reject promises and look at them later.
process.on('unhandledRejection', () => {});
process.on('rejectionHandled', () => {});

const files = ['2.1.2', '2.1.3', '2.2.1', '2.2.2', '2.2.3', '2.2.4', '2.2.5', '2.2.6', '2.2.7', '2.3.1', '2.3.2', '2.3.3', '2.3.4'];
for (const file of files)
    require(`promises-aplus-tests/lib/tests/${file}.js`);

const expectedTotal = 872;
harness.run({ timeout: 2000 }, ({ total, failures }) => {
    for (const { name, error } of failures)
        console.log(`FAILED: ${name}\n    ${error && error.stack || error}`);
    console.log(`${total - failures.length} of ${total} tests of Promises/A+ pass`);
    if (total !== expectedTotal)
        console.log(`there should be ${expectedTotal}: the package has changed`);
    process.exitCode = failures.length || total !== expectedTotal ? 1 : 0;
});
