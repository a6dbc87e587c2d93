// SPDX-FileCopyrightText: Loopscope contributors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

/**
 * What an async function without `await` does, in the same number of jobs: the result of `body` is
 * resolved (a promise takes its extra two jobs), what it throws becomes a rejection.
 */
function asynchronously(body) {
  return new Promise((resolve, reject) => {
    try {
      resolve(body());
    } catch (error) {
      reject(error);
    }
  });
}

/** The prototype that async iterators of the platform share. */
const asyncIteratorPrototype = {};
Object.defineProperty(asyncIteratorPrototype, Symbol.asyncIterator, {
  value: Object.getOwnPropertyDescriptor({ [Symbol.asyncIterator]() { return this; } }, Symbol.asyncIterator).value,
  writable: true,
  configurable: true,
});

module.exports = { asynchronously, asyncIteratorPrototype };
