// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// describe, it, specify, before, after, beforeEach, afterEach: as much of a test runner as promises-aplus-tests needs, with callbacks only,
// so that it leans on nothing it tests. run(options, done) runs all tests one after the other; each gets a task of its own.
'use strict';

const root = { name: '', parent: null, items: [], before: [], after: [], beforeEach: [], afterEach: [] };
let current = root;

function describe(name, define) {
    const suite = { name, parent: current, items: [], before: [], after: [], beforeEach: [], afterEach: [] };
    current.items.push(suite);
    current = suite;
    define();
    current = suite.parent;
}

function specify(name, body) {
    current.items.push({ name, parent: current, body });
}

const hook = (kind) => (body) => current[kind].push(body);

function fullName(item) {
    return item.parent ? `${fullName(item.parent)} ${item.name}`.trim() : item.name;
}

/** All tests in order, each with the hooks around it: [{ name, steps }]. */
function flatten(suite, outerBefore, outerAfter, list) {
    const beforeEach = outerBefore.concat(suite.beforeEach);
    const afterEach = suite.afterEach.concat(outerAfter);
    const first = list.length;
    for (const item of suite.items) {
        if (item.items)
            flatten(item, beforeEach, afterEach, list);
        else
            list.push({ name: fullName(item), steps: [...beforeEach, item.body, ...afterEach] });
    }
    if (list.length > first) {
        list[first].steps.unshift(...suite.before);
        list[list.length - 1].steps.push(...suite.after);
    }
    return list;
}

/** Runs one hook or test; `finish(error)` is called once, however the body ends. */
function runStep(body, timeout, finish) {
    let timer = null;
    let finished = false;
    const end = (error) => {
        if (finished)
            return;
        finished = true;
        clearTimeout(timer);
        process.removeListener('uncaughtException', end);
        setImmediate(finish, error);
    };
    process.on('uncaughtException', end);
    if (body.length > 0)
        timer = setTimeout(() => end(new Error(`did not call done() within ${timeout} ms`)), timeout);
    try {
        body(end);
        if (body.length === 0)
            end();
    } catch (error) {
        end(error);
    }
}

function run({ timeout }, done) {
    const tests = flatten(root, [], [], []);
    const failures = [];
    let index = 0;
    (function nextTest() {
        if (index === tests.length)
            return done({ total: tests.length, failures });
        const { name, steps } = tests[index++];
        let step = 0;
        (function nextStep(error) {
            if (error)
                failures.push({ name, error });
            if (error || step === steps.length)
                return nextTest();
            runStep(steps[step++], timeout, nextStep);
        })();
    })();
}

Object.assign(globalThis, {
    describe, context: describe, specify, it: specify,
    before: hook('before'), after: hook('after'), beforeEach: hook('beforeEach'), afterEach: hook('afterEach'),
});
exports.run = run;
