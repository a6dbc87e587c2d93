// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const binding = require('../core/binding');
const { ReadStream, WriteStream } = require('./internal/stdio-streams');

module.exports = {
  isatty: (fd) => Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && Boolean(binding.isatty(fd)),
  ReadStream,
  WriteStream,
};
