// oracle: ignore-stderr
// CallTracker counts calls; rejects takes thenables, and settles as many jobs later as Node's.
'use strict';

const assert = require('assert');

const tracker = new assert.CallTracker();
function add(a, b) { return a + b + (this ? this.extra : 0); }
const counted = tracker.calls(add, 2);
const unnamed = tracker.calls(1);
console.log(counted.call({ extra: 10 }, 1, 2), counted.name, counted.length, tracker.getCalls(counted));
for (const { message, actual, expected, operator, stack } of tracker.report()) console.log(message, actual, expected, operator, stack instanceof Error);
function attempt(run) {
  try {
    console.log(run());
  } catch (error) {
    console.log(error.name, error.code, error.message, error.details && error.details.length);
  }
}
attempt(() => tracker.verify());
counted(1, 2);
attempt(() => tracker.verify());
unnamed();
attempt(() => tracker.verify());
tracker.reset(counted);
attempt(() => tracker.getCalls(counted));
attempt(() => tracker.getCalls(add));
attempt(() => tracker.calls(add, -1));
attempt(() => tracker.calls(add, '1'));

const log = (text) => () => console.log(text);
assert.rejects(Promise.reject(new Error('no'))).then(log('rejects a promise'));
assert.rejects(async () => { throw new Error('no'); }, /no/).then(log('rejects a function'));
assert.rejects({ then(resolve, reject) { reject({ code: 'X' }); }, catch() {} }, { code: 'X' }).then(log('rejects a thenable'));
assert.doesNotReject(Promise.resolve()).then(log('does not reject'));
assert.rejects(() => 5).catch((error) => console.log(error.code));
assert.rejects(5).catch((error) => console.log(error.code));
Promise.resolve().then(log(1)).then(log(2)).then(log(3)).then(log(4)).then(log(5));
