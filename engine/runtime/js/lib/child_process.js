// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// child_process, which starts nothing: the script's loop is the only one that runs.

const { codes } = require('../core/errors');
const { validateString } = require('../core/validators');
const { load } = require('./internal/unavailable');

/** Does not throw for a program that cannot be started, but says so in its result, as Node's. */
function spawnSync(file) {
  validateString(file, 'file');
  const error = new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('child_process.spawnSync');
  return { error, status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null };
}

module.exports = Object.assign(load('child_process'), { spawnSync });
