// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The arguments of test(), it(), describe(): a name, options and a function, each of which may be left out.

const binding = require('../../core/binding');

function sortArguments(name, options, fn) {
  if (typeof name === 'function') return { name: undefined, options: {}, fn: name };
  if (name !== null && typeof name === 'object') return { name: undefined, options: name, fn: options };
  if (typeof options === 'function') return { name, options: {}, fn: options };
  return { name, options: options === null || typeof options !== 'object' ? {} : options, fn };
}

/** Where the program asks for the test. */
function callerLocation() {
  const [frame] = binding.captureStack();
  return frame === undefined ? undefined : `${frame.file}:${frame.line}:${frame.column}`;
}

/** A subtest of `parent`; `Kind` is 'Test' or 'Suite'. */
function makeTest(Kind, parent, ...given) {
  const { name, options, fn } = sortArguments(...given);
  const { concurrency, timeout, skip, todo, signal } = options;
  const runner = require('./test-runner');
  return parent.createSubtest(runner[Kind], { name, fn, concurrency, timeout, skip, todo, signal, location: callerLocation() });
}

module.exports = { makeTest, sortArguments };
