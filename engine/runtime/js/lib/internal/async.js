// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { asyncIteratorPrototype } = require('../../core/lowering');

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

module.exports = { asynchronously, asyncIteratorPrototype };
