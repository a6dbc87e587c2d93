// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Runs prepared operations in Node's three forms: at once, with a callback, as a promise.

const binding = require('../../core/binding');
const { toError } = require('./fs-operations');

/** Throws, or gives what an operation that failed gives all the same. */
function rescued(request, error) {
  const outcome = request.rescue === undefined ? { ok: false } : request.rescue(error);
  if (outcome.ok) return outcome.value;
  throw outcome.error === undefined ? toError(error) : outcome.error;
}

function runSync(name, request) {
  let result;
  try {
    result = binding.fs.sync(name, request.args);
  } catch (error) {
    return rescued(request, error);
  }
  return request.map(result);
}

/** done(error) or done(null, value); a request without result calls done(null). */
function runAsync(name, request, done) {
  binding.fs.submit(name, request.args, (error, result) => {
    let value;
    if (error) {
      try {
        value = rescued(request, error);
      } catch (final) {
        done(final);
        return;
      }
    } else {
      value = request.map(result);
    }
    if (value === undefined) done(null);
    else done(null, value);
  });
}

function runPromise(name, request) {
  return new Promise((resolve, reject) => {
    runAsync(name, request, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

module.exports = { runAsync, runPromise, runSync };
