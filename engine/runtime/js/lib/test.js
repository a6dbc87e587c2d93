// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's node:test for programs that test themselves: their tests run as they are asked for and are reported as TAP. Running files of tests
// (run(), `node --test`) needs other processes and is refused.

const { codes } = require('../core/errors');
const { MockTracker } = require('./internal/test-mock');
const { makeTest, sortArguments } = require('./internal/test-options');
const { Suite, currentTest, hookKinds } = require('./internal/test-runner');

function makeStarter(Kind) {
  const start = (name, options, fn) => {
    const parent = currentTest();
    const test = makeTest(Kind, parent, name, options, fn);
    // A suite starts its tests itself when it runs.
    return parent instanceof Suite && parent.isBuilding ? Promise.resolve() : test.start().then(() => undefined);
  };
  const starter = Object.defineProperty((name, options, fn) => start(name, options, fn), 'name', { value: 'test' });
  for (const flag of ['skip', 'todo', 'only']) {
    starter[flag] = (...given) => {
      const { name, options, fn } = sortArguments(...given);
      return start(name, Object.assign({}, options, { [flag]: true }), fn);
    };
  }
  return starter;
}

const test = makeStarter('Test');
for (const kind of hookKinds) test[kind] = (fn, options) => currentTest().addHook(kind, fn, options);
test.describe = makeStarter('Suite');
test.suite = makeStarter('Suite');
test.it = test;
test.test = test;
test.run = function run() {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('node:test.run');
};

let mock;
Object.defineProperty(test, 'mock', {
  get() {
    if (mock === undefined) mock = new MockTracker();
    return mock;
  },
  enumerable: true,
  configurable: true,
});

module.exports = test;
