// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// child_process of the kind of I/O that a run has.

const binding = require('../../core/binding');

let loaded;

function childProcess() {
  if (loaded !== undefined) return loaded;
  loaded = require('../child_process');
  if (!binding.isIoReal) {
    const { ChildProcess, exec, execFile, fork, spawn } = require('./simulated-child');
    loaded = Object.assign({}, loaded, { ChildProcess, exec, execFile, fork, spawn });
  }
  return loaded;
}

module.exports = { childProcess };
