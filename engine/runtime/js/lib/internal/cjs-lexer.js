// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Which names a CommonJS file exports, found by reading it: the same lexer as Node's.
module.exports = require('cjs-module-lexer');
