// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What a test's function gets: TestContext, and for suites SuiteContext.

const { validateUint32 } = require('../../core/validators');
const { MockTracker } = require('./test-mock');
const { makeTest } = require('./test-options');

const testOfContext = Symbol('kTest');

function countedAsserts(test) {
  const assert = require('../assert');
  const asserts = {};
  for (const name of Object.keys(assert).filter((key) => typeof assert[key] === 'function' && !/^[A-Z]|^strict$/.test(key))) {
    asserts[name] = (...args) => {
      if (test.planned !== undefined) ++test.planned.actual;
      return assert[name](...args);
    };
  }
  return asserts;
}

class TestContext {
  constructor(test) {
    Object.defineProperty(this, testOfContext, { value: test });
  }

  get signal() {
    return this[testOfContext].signal;
  }

  get name() {
    return this[testOfContext].name;
  }

  get fullName() {
    const names = [];
    for (let test = this[testOfContext]; test.parent !== null; test = test.parent) names.unshift(test.name);
    return names.join(' > ');
  }

  get error() {
    return this[testOfContext].error;
  }

  get passed() {
    return this[testOfContext].passed;
  }

  plan(count) {
    validateUint32(count, 'count');
    this[testOfContext].planned = { expected: count, actual: 0 };
  }

  /** The functions of `assert`, counted for plan(). */
  get assert() {
    const test = this[testOfContext];
    if (test.asserts === undefined) test.asserts = countedAsserts(test);
    return test.asserts;
  }

  diagnostic(message) {
    this[testOfContext].diagnostics.push(message);
  }

  get mock() {
    const test = this[testOfContext];
    if (test.ownMock === undefined) test.ownMock = new MockTracker();
    return test.ownMock;
  }

  /** Only `--test-only` looks at it, and Loopscope has no such switch. */
  runOnly(value) {
    this[testOfContext].runsOnly = Boolean(value);
  }

  skip(message) {
    const test = this[testOfContext];
    test.isSkipped = true;
    test.message = message;
  }

  todo(message) {
    const test = this[testOfContext];
    test.isTodo = true;
    test.message = message;
  }

  test(name, options, fn) {
    const test = this[testOfContext];
    if (test.planned !== undefined) ++test.planned.actual;
    return makeTest('Test', test, name, options, fn).start();
  }

  before(fn, options) {
    this[testOfContext].addHook('before', fn, options);
  }

  after(fn, options) {
    this[testOfContext].addHook('after', fn, options);
  }

  beforeEach(fn, options) {
    this[testOfContext].addHook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this[testOfContext].addHook('afterEach', fn, options);
  }
}

class SuiteContext {
  constructor(suite) {
    Object.defineProperty(this, testOfContext, { value: suite });
  }

  get signal() {
    return this[testOfContext].signal;
  }

  get name() {
    return this[testOfContext].name;
  }
}

module.exports = { SuiteContext, TestContext };
