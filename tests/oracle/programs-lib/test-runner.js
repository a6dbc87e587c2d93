'use strict';
// node:test: what runs when, what fails, what is reported. Times, places and frames are left out of the report.
const assert = require('node:assert');
const fs = require('node:fs');
const test = require('node:test');
const { after, before, beforeEach, afterEach, describe, it, mock } = test;

const order = [];
let report = '';
process.stdout.write = (chunk) => { report += chunk; return true; };
process.on('exit', () => {
  const unstable = /duration_ms|location:|stack:|^ +(.*\()?(async )?(node:|\/).*:\d+:\d+\)?$|^ +(async |new )?[\w.]+ \(?(index|node:)/;
  const lines = report.split('\n').filter((line) => !unstable.test(line));
  fs.writeSync(1, `${lines.join('\n')}${order.join('\n')}\n${process.exitCode}\n`);
});

test('synchronous', () => { order.push('synchronous'); });
test('fails', () => { throw new Error('no'); });
test('asynchronous', async () => { await null; order.push('asynchronous'); });
test('callback', (t, done) => { setImmediate(done); });
test('callback with error', (t, done) => { setImmediate(done, new Error('given to the callback')); });
test('assertion', () => { assert.strictEqual(1, 2); });
test('thrown text', () => { throw 'text'; });
test('with subtests', async (t) => {
  t.beforeEach(() => order.push('before each'));
  await t.test('first', () => { order.push('first'); });
  await t.test('second', (inner) => { inner.skip('not today'); });
  t.diagnostic('a remark # with a sign');
});
test('subtest fails', async (t) => { await t.test('inner', () => { throw new TypeError('inside'); }); });
test('subtest left alone', (t) => { t.test('never ends', () => new Promise(() => {})); });
test('skipped', { skip: true }, () => { throw new Error('not run'); });
test('to do', { todo: 'some day' }, () => { throw new Error('not counted'); });
test('callback and promise', (t, done) => Promise.resolve());
test('late error', async () => { setTimeout(() => { throw new Error('late'); }, 1); await new Promise((resolve) => setTimeout(resolve, 40)); });
test('nobody handles', async () => { Promise.reject(new Error('rejected')); await new Promise((resolve) => setTimeout(resolve, 40)); });
test.skip('by method');
test.todo('to do by method');
test(function named() {});

describe('suite', () => {
  before(() => order.push('suite before'));
  after(() => order.push('suite after'));
  beforeEach(() => order.push('suite before each'));
  afterEach(() => order.push('suite after each'));
  it('one', (t) => { order.push(`one ${t.name}`); });
  it('two', () => { throw new Error('in a suite'); });
  describe('inner', () => { it('three', () => { order.push('three'); }); });
});
describe('hook fails', () => {
  before(() => { throw new Error('hook'); });
  it('does not run', () => { order.push('ran'); });
});
describe('throws', () => { throw new Error('while it is built'); });

test('mocks', (t) => {
  const add = t.mock.fn((a, b) => a + b);
  assert.strictEqual(add(1, 2), 3);
  add.mock.mockImplementationOnce(() => 'once');
  order.push(add(), add(3, 4), add.mock.callCount(), add.mock.calls.map((call) => call.arguments.join()).join(';'));
  const object = { method() { return 'real'; }, get value() { return 'real value'; } };
  const spy = t.mock.method(object, 'method', () => 'mocked');
  t.mock.getter(object, 'value', () => 'mocked value');
  order.push(object.method(), object.value, spy.mock.calls[0].this === object);
  t.mock.restoreAll();
  order.push(object.method(), object.value);
  assert.throws(() => mock.method(object, 'nothing'), { code: 'ERR_INVALID_ARG_VALUE' });
});
test('mocked timers', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1000 });
  setTimeout((what) => order.push(what, Date.now()), 50, 'after 50');
  const interval = setInterval(() => order.push('interval'), 20);
  t.mock.timers.tick(49);
  order.push('49');
  t.mock.timers.tick(1);
  clearInterval(interval);
  t.mock.timers.tick(100);
  order.push(new Date().getTime());
});
