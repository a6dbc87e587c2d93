// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Tests, suites and hooks of node:test: which runs when, what fails it, in which order results are told. Tests that are made while the code of
// another one runs belong to that one, which async ids tell.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateAbortSignal, validateNumber, validateUint32 } = require('../../core/validators');
const { AsyncResource } = require('../async_hooks');
const { createHook } = require('./async-hooks');
const { TestContext, SuiteContext } = require('./test-context');
const { TapReporter } = require('./test-tap');

const longestTimeout = 2 ** 31 - 1;
const hookKinds = ['before', 'after', 'beforeEach', 'afterEach'];
const ignore = () => {};

const TestFailure = codes.ERR_TEST_FAILURE;
const isFailure = (error) => error instanceof TestFailure;

// async id -> the test whose code the operation came from
const testOf = new Map();

function concurrencyOf(value, parent) {
  if (typeof value === 'number') {
    validateUint32(value, 'options.concurrency', true);
    return value;
  }
  if (typeof value === 'boolean') return value ? Infinity : 1;
  if (value !== undefined && value !== null) throw new codes.ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], value);
  return parent === null ? 1 : parent.concurrency;
}

/** The time limit and the signal of what runs: a promise that rejects when one of them ends it, and the way to stop waiting. */
function limits({ timeout, signal }) {
  let stop = ignore;
  const ended = new Promise((resolve, reject) => {
    const timer = timeout === Infinity ? undefined :
      setTimeout(() => reject(new TestFailure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout);
    if (timer !== undefined) timer.unref();
    const onAbort = () => reject(signal.reason);
    if (signal !== undefined) signal.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      if (timer !== undefined) clearTimeout(timer);
      if (signal !== undefined) signal.removeEventListener('abort', onAbort);
    };
  });
  ended.catch(ignore);
  return { ended, stop };
}

class Test extends AsyncResource {
  constructor({ parent, name, fn, concurrency, timeout, skip, todo, signal, location }) {
    super('Test');
    if (timeout !== undefined && timeout !== null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, longestTimeout);
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    Object.assign(this, {
      parent,
      root: parent === null ? this : parent.root,
      name: typeof name === 'string' && name !== '' ? name : (fn && fn.name) || '<anonymous>',
      nesting: parent === null ? -1 : parent.nesting + 1,
      number: parent === null ? 0 : parent.subtests.length + 1,
      fn: skip || typeof fn !== 'function' ? ignore : fn,
      concurrency: concurrencyOf(concurrency, parent),
      timeout: timeout === undefined || timeout === null ? Infinity : timeout,
      location,
      // "skip" and "todo" may be reasons.
      isSkipped: Boolean(skip), isTodo: todo !== undefined && todo !== false,
      message: typeof skip === 'string' ? skip : typeof todo === 'string' ? todo : undefined,
      subtests: [], waiting: [], ready: new Map(), active: 0, nextToReport: 1,
      hooks: { before: [], after: [], beforeEach: [], afterEach: [] }, ranBefore: false,
      diagnostics: [], error: null, passed: false, isEnded: false, isReported: false, isStarted: false, isCancelled: false,
      startTime: null, endTime: null, controller: new AbortController(), outerSignal: signal,
    });
    // Inherited hooks run around the tests of inner suites too.
    if (parent !== null) {
      this.hooks.beforeEach = parent.hooks.beforeEach.slice();
      this.hooks.afterEach = parent.hooks.afterEach.slice();
    }
    if (signal !== undefined) this.follow(signal);
    testOf.set(this.asyncId(), this);
  }

  follow(signal) {
    signal.addEventListener('abort', () => this.abort(signal.reason), { once: true });
  }

  get signal() {
    return this.controller.signal;
  }

  abort(reason) {
    this.cancel(new TestFailure(reason, 'testAborted'));
    this.controller.abort(reason);
  }

  makeContext() {
    return new TestContext(this);
  }

  // ------------------------------------------------------------------------------------------------------------ subtests

  createSubtest(Kind, options) {
    const test = new Kind(Object.assign({}, options, { parent: this }));
    if (this.isEnded) test.fail(new TestFailure('test could not be started because its parent finished', 'parentAlreadyFinished'));
    this.subtests.push(test);
    return test;
  }

  start() {
    if (this.parent.active < this.parent.concurrency) return this.run();
    return new Promise((resolve) => this.parent.waiting.push({ test: this, resolve }));
  }

  startWaiting() {
    while (this.waiting.length > 0 && this.active < this.concurrency) {
      const { test, resolve } = this.waiting.shift();
      test.run().then(resolve);
    }
  }

  // --------------------------------------------------------------------------------------------------------------- hooks

  addHook(kind, fn, options = {}) {
    const hook = new Hook(this, kind, fn, options);
    this.hooks[kind].push(hook);
    if (kind === 'before' && this.startTime !== null) hook.result = hook.run([this.makeContext()], this);
  }

  async runHooks(kind, args) {
    for (const hook of this.hooks[kind]) {
      if (kind === 'before' || kind === 'after') {
        if (hook.result === undefined) hook.result = hook.run(args, this);
        await hook.result;
      } else {
        await hook.run(args, this);
      }
    }
  }

  // -------------------------------------------------------------------------------------------------------------- running

  shouldAbort() {
    if (this.signal.aborted || (this.outerSignal !== undefined && this.outerSignal.aborted)) {
      if (!this.error) this.abort(this.signal.reason || this.outerSignal.reason);
      return true;
    }
    return this.isEnded;
  }

  /** Calls the test's function; gives a promise of its end. */
  callBody(context) {
    const { fn } = this;
    if (fn.length < 2) return Promise.resolve(this.runInAsyncScope(fn, context, context));
    let done;
    const called = new Promise((resolve, reject) => {
      let calls = 0;
      done = (error) => {
        if (++calls > 1) this.fail(new TestFailure('callback invoked multiple times', 'multipleCallbackInvocations'));
        else if (error) reject(error);
        else resolve();
      };
    });
    const result = this.runInAsyncScope(fn, context, context, done);
    if (!binding.isPromise(result)) return called;
    this.fail(new TestFailure('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
    return result;
  }

  async run() {
    ++this.parent.active;
    this.startTime = process.hrtime();
    if (this.shouldAbort()) {
      this.finish();
      return;
    }
    const context = this.makeContext();
    const { parent } = this;
    let hasRunAfterEach = this.isSkipped;
    const afterEach = async () => {
      if (hasRunAfterEach) return;
      hasRunAfterEach = true;
      await runEachHooks(parent.hooks.afterEach, context, this);
    };
    const limit = limits({ timeout: this.timeout, signal: this.signal });
    try {
      await parent.runHooks('before', [parent.makeContext()]);
      if (!this.isSkipped) await runEachHooks(parent.hooks.beforeEach, context, this);
      await Promise.race([this.callBody(context), limit.ended]);
      if (!this.shouldAbort()) {
        await afterEach();
        await this.runHooks('after', [context]);
        this.checkPlan();
        this.pass();
      }
    } catch (error) {
      await afterEach().catch(ignore);
      await this.runHooks('after', [context]).catch(ignore);
      this.failWith(error);
    }
    limit.stop();
    this.finish();
  }

  /** t.plan(): so many assertions and subtests must there have been. */
  checkPlan() {
    const { planned } = this;
    if (planned === undefined || planned.expected === planned.actual) return;
    throw new TestFailure(`plan expected ${planned.expected} assertions but received ${planned.actual}`, 'testCodeFailure');
  }

  failWith(error) {
    if (!isFailure(error)) this.fail(new TestFailure(error, 'testCodeFailure'));
    else if (error.failureType === 'testTimeoutFailure') this.cancel(error);
    else this.fail(error);
  }

  pass() {
    if (this.endTime !== null) return;
    this.endTime = process.hrtime();
    this.passed = true;
  }

  fail(error) {
    if (this.error !== null) return;
    this.endTime = process.hrtime();
    this.passed = false;
    this.error = error;
  }

  cancel(error) {
    if (this.endTime !== null) return;
    this.fail(error || new TestFailure('test did not finish before its parent and was cancelled', 'cancelledByParent'));
    this.isCancelled = true;
    if (this.startTime === null) this.startTime = this.endTime;
    this.controller.abort();
  }

  /** It ran: what is left of its subtests is cancelled, and its result is told when its turn comes. */
  finish(pendingError) {
    if (this.isEnded) return;
    this.isEnded = true;
    this.waiting = [];
    for (const test of this.subtests) {
      if (test.isEnded) continue;
      test.cancel(pendingError);
      test.finish(pendingError);
    }
    const failed = this.subtests.filter((test) => !test.passed && !test.isTodo && !test.isSkipped).length;
    if ((this.passed || this.parent === null) && failed > 0) {
      this.fail(new TestFailure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, 'subtestsFailed'));
    }
    if (this.ownMock !== undefined) this.ownMock.reset();
    testOf.delete(this.asyncId());
    if (this.parent === null) return;
    const wasRunning = this.parent.active > 0;
    if (wasRunning) --this.parent.active;
    this.parent.ready.set(this.number, this);
    this.parent.reportReady();
    this.parent.startWaiting();
    if (this.parent.parent === null) this.parent.onSubtestEnd();
  }

  // ------------------------------------------------------------------------------------------------------------ reporting

  isItsTurn() {
    return this.parent === null || (this.parent.nextToReport === this.number && this.parent.isItsTurn());
  }

  reportReady(always = false) {
    if (!always && !this.isItsTurn()) return;
    while (this.ready.has(this.nextToReport)) {
      const test = this.ready.get(this.nextToReport);
      this.ready.delete(this.nextToReport);
      test.reportReady(true);
      test.report();
      ++this.nextToReport;
    }
  }

  reportStart() {
    if (this.isStarted || this.parent === null) return;
    this.isStarted = true;
    this.parent.reportStart();
    this.root.reporter.start(this.nesting, this.name);
  }

  get duration() {
    if (this.startTime === null || this.endTime === null) return 0;
    const nanoseconds = (this.endTime[0] - this.startTime[0]) * 1e9 + this.endTime[1] - this.startTime[1];
    return Math.max(0, nanoseconds) / 1e6;
  }

  report() {
    const { reporter } = this.root;
    this.root.count(this);
    this.reportStart();
    if (this.subtests.length > 0) reporter.plan(this.nesting + 1, this.subtests.length);
    reporter.result({
      nesting: this.nesting, number: this.number, name: this.name, passed: this.passed, duration: this.duration, error: this.error,
      skip: this.isSkipped ? this.message || '' : undefined, todo: this.isTodo ? this.message || '' : undefined,
      isSuite: this instanceof Suite, location: this.location,
    });
    for (const message of this.diagnostics) reporter.diagnostic(this.nesting, message);
    this.isReported = true;
  }
}

/** Hooks around each test run with that test's context. */
async function runEachHooks(hooks, context, test) {
  for (const hook of hooks) await hook.run([context], test);
}

class Hook extends AsyncResource {
  constructor(owner, kind, fn, { timeout, signal }) {
    super('TestHook');
    if (timeout !== undefined && timeout !== null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, longestTimeout);
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    Object.assign(this, { owner, kind, fn: typeof fn === 'function' ? fn : ignore, timeout: timeout === undefined || timeout === null ? Infinity : timeout, signal });
  }

  async run(args, test) {
    const limit = limits(this);
    testOf.set(this.asyncId(), test);
    try {
      const [context] = args;
      const body = Test.prototype.callBody.call({ fn: this.fn, runInAsyncScope: this.runInAsyncScope.bind(this), fail(error) { throw error; } }, context);
      await Promise.race([body, limit.ended]);
    } catch (error) {
      if (isFailure(error)) throw error;
      const failure = new TestFailure(`failed running ${this.kind} hook`, 'hookFailed');
      failure.cause = error;
      throw failure;
    } finally {
      limit.stop();
      testOf.delete(this.asyncId());
    }
  }
}

// Functions that use `this` cannot be in a derived class's constructor: V4 takes it too early.
function failOnRejection(test, promise) {
  return promise.catch((error) => test.fail(new TestFailure(error, 'testCodeFailure')));
}

class Suite extends Test {
  constructor(options) {
    super(options);
    this.isBuilding = true;
    const { fn } = this;
    try {
      const context = this.makeContext();
      this.built = failOnRejection(this, Promise.resolve(this.runInAsyncScope(fn, context, context)));
    } catch (error) {
      this.built = Promise.resolve();
      this.fail(new TestFailure(error, 'testCodeFailure'));
    }
    this.isBuilding = false;
  }

  makeContext() {
    return new SuiteContext(this);
  }

  async run() {
    ++this.parent.active;
    await this.built;
    this.startTime = process.hrtime();
    if (this.shouldAbort()) {
      this.subtests = [];
      this.finish();
      return;
    }
    const context = this.makeContext();
    const limit = limits({ timeout: this.timeout, signal: this.signal });
    try {
      await this.parent.runHooks('before', [this.parent.makeContext()]);
      await this.runHooks('before', [context]);
      const subtests = this.isSkipped || this.error !== null ? [] : this.subtests;
      await Promise.race([Promise.all(subtests.map((test) => test.start())), limit.ended]);
      await this.runHooks('after', [context]);
      this.pass();
    } catch (error) {
      await this.runHooks('after', [context]).catch(ignore);
      this.failWith(error);
    }
    limit.stop();
    this.finish();
  }
}

/** The test that all others are in. It ends with the process's loop. */
class Root extends Test {
  constructor() {
    super({ parent: null, name: '<root>' });
    this.startTime = process.hrtime();
    this.counters = { all: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
    this.reporter = new TapReporter((text) => process.stdout.write(text));
  }

  listen() {
    const follower = createHook({
      init(id, type, trigger) {
        if (testOf.has(trigger)) testOf.set(id, testOf.get(trigger));
      },
      destroy: (id) => { testOf.delete(id); },
    });
    follower.enable();
    const onError = (origin) => (error) => this.takeError(error, origin);
    const onExit = () => {
      this.end(new TestFailure('Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent'));
      follower.disable();
    };
    process.on('uncaughtException', onError('uncaughtException'));
    process.on('unhandledRejection', onError('unhandledRejection'));
    process.on('beforeExit', onExit);
    process.on('exit', onExit);
  }

  /** An error nobody caught fails the test it came from. */
  takeError(error, origin) {
    const test = testOf.get(binding.executionAsyncId());
    if (test === undefined) throw error;
    if (test.isEnded) {
      this.diagnostics.push(`Warning: Test "${test.name}" generated asynchronous activity after the test ended. This activity created the error ` +
        `"${error}" and would have caused the test to fail, but instead triggered an ${origin} event.`);
      process.exitCode = 1;
      return;
    }
    test.fail(new TestFailure(error, origin));
    test.controller.abort();
  }

  count(test) {
    const { counters } = this;
    if (test instanceof Suite) {
      ++counters.suites;
      return;
    }
    ++counters.all;
    if (!test.passed && !test.isTodo && !test.isSkipped) process.exitCode = 1;
    if (test.isSkipped) ++counters.skipped;
    else if (test.isTodo) ++counters.todo;
    else if (test.isCancelled) ++counters.cancelled;
    else if (test.passed) ++counters.passed;
    else ++counters.failed;
  }

  /** After the last of its tests, hooks may still have something to close. */
  onSubtestEnd() {
    if (this.active > 0 || this.waiting.length > 0 || this.ready.size > 0 || this.hooks.after.length === 0) return;
    setImmediate(() => {
      if (this.active === 0 && this.waiting.length === 0) this.runHooks('after', [this.makeContext()]).catch((error) => this.failWith(error));
    });
  }

  end(pendingError) {
    if (this.isEnded) return;
    this.finish(pendingError);
    this.reportReady(true);
    this.endTime = process.hrtime();
    const { counters, reporter } = this;
    if (this.error !== null) process.exitCode = 1;
    reporter.plan(0, this.subtests.length);
    for (const message of this.diagnostics) reporter.diagnostic(0, message);
    for (const [name, count] of [['tests', counters.all], ['suites', counters.suites], ['pass', counters.passed], ['fail', counters.failed],
                                 ['cancelled', counters.cancelled], ['skipped', counters.skipped], ['todo', counters.todo],
                                 ['duration_ms', this.duration]]) reporter.diagnostic(0, `${name} ${count}`);
  }
}

let root;

/** The test or suite whose code runs now, or the root. */
function currentTest() {
  const running = testOf.get(binding.executionAsyncId());
  if (running !== undefined) return running;
  if (root === undefined) {
    root = new Root();
    root.listen();
  }
  return root;
}

module.exports = { Suite, Test, TestFailure, currentTest, hookKinds };
