// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What a descriptor of this process is.

const binding = require('../../core/binding');

/** 'TTY', 'FILE', 'PIPE', 'TCP', 'UDP' or 'UNKNOWN'. */
function guessHandleType(fd) {
  if (binding.isatty(fd)) return 'TTY';
  let mode;
  try {
    [, mode] = binding.fs.sync('fstat', [fd]);
  } catch {
    return 'UNKNOWN';
  }
  const kind = mode & 0o170000;
  if (kind === 0o010000 || kind === 0o140000) return 'PIPE';
  return kind === 0o100000 || kind === 0o020000 ? 'FILE' : 'UNKNOWN';
}

module.exports = { guessHandleType };
