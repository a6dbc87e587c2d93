// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Operations of crypto and zlib (engine/io/CryptoOperations.h, CompressionOperations.h), at once or as requests on the pool.

const binding = require('../../core/binding');

/** The result, or throws toError(error) of the engine's. */
function calculateNow(operation, args, toError) {
  try {
    return binding.fs.sync(operation, args);
  } catch (error) {
    throw toError(error);
  }
}

/**
 * done(error | undefined, result) when the request is through; in async_hooks `job` stands for it, as `type`.
 * person: the function that asked for it, whose name and place the waiting callback carries.
 */
function calculate(operation, args, { job, type, toError, person }, done) {
  const answer = (error, result) => (error ? done(toError(error)) : done(undefined, result));
  binding.fs.submit(operation, args, answer, person === undefined ? done : person, job, type);
}

module.exports = { calculate, calculateNow };
