// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// assert.CallTracker: functions that count their calls.

const { codes } = require('../../core/errors');
const { validateUint32 } = require('../../core/validators');
const { AssertionError } = require('./assertion-error');

const times = (count) => `${count} time(s)`;

class CallTracker {
  #counts = new Set();
  #counted = new WeakMap();

  #countOf(tracked) {
    if (!this.#counted.has(tracked)) throw new codes.ERR_INVALID_ARG_VALUE('tracked', tracked, 'is not a tracked function');
    return this.#counted.get(tracked);
  }

  calls(fn, expected = 1) {
    if (process._exiting) throw new codes.ERR_UNAVAILABLE_DURING_EXIT();
    const isNumberOnly = typeof fn === 'number';
    const target = isNumberOnly || fn === undefined ? () => {} : fn;
    const wanted = isNumberOnly ? fn : expected;
    validateUint32(wanted, 'expected', true);
    // The name is that of the function as given.
    const name = isNumberOnly || fn === undefined ? 'calls' : fn.name || 'calls';
    const count = { name, expected: wanted, calls: [], made: new Error() };
    const tracked = new Proxy(target, {
      apply(original, thisArg, args) {
        count.calls.push(Object.freeze({ thisArg, arguments: Object.freeze([...args]) }));
        return Reflect.apply(original, thisArg, args);
      },
    });
    this.#counts.add(count);
    this.#counted.set(tracked, count);
    return tracked;
  }

  getCalls(tracked) {
    return Object.freeze([...this.#countOf(tracked).calls]);
  }

  reset(tracked) {
    const counts = tracked === undefined ? this.#counts : [this.#countOf(tracked)];
    for (const count of counts) count.calls = [];
  }

  report() {
    const errors = [];
    for (const { name, expected, calls, made } of this.#counts) {
      if (calls.length === expected) continue;
      errors.push({
        message: `Expected the ${name} function to be executed ${times(expected)} but was executed ${times(calls.length)}.`,
        actual: calls.length, expected, operator: name, stack: made,
      });
    }
    return errors;
  }

  verify() {
    const details = this.report();
    if (details.length === 0) return;
    const message = details.length === 1 ? details[0].message : 'Functions were not called the expected number of times';
    throw new AssertionError({ message, details });
  }
}

module.exports = { CallTracker };
