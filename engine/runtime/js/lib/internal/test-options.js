// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The arguments of test(), it(), describe(): a name, options and a function, each of which may be left out.

function sortArguments(name, options, fn) {
  if (typeof name === 'function') return { name: undefined, options: {}, fn: name };
  if (name !== null && typeof name === 'object') return { name: undefined, options: name, fn: options };
  if (typeof options === 'function') return { name, options: {}, fn: options };
  return { name, options: options === null || typeof options !== 'object' ? {} : options, fn };
}

/** Where the program asks for the test: the first frame that is not Node's own. */
function callerLocation() {
  for (const line of new Error().stack.split('\n').slice(1)) {
    const [, place] = /\(?((?!node:)[^() ]+:\d+:\d+)\)?$/.exec(line) || [];
    if (place !== undefined && !place.startsWith('node:')) return place.replace(/^file:\/\//, '');
  }
  return undefined;
}

/** A subtest of `parent`; `Kind` is 'Test' or 'Suite'. */
function makeTest(Kind, parent, ...given) {
  const { name, options, fn } = sortArguments(...given);
  const { concurrency, timeout, skip, todo, signal } = options;
  const runner = require('./test-runner');
  return parent.createSubtest(runner[Kind], { name, fn, concurrency, timeout, skip, todo, signal, location: callerLocation() });
}

module.exports = { makeTest, sortArguments };
