// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

process.emitWarning('The `punycode` module is deprecated. Please use a userland alternative instead.',
                    'DeprecationWarning', 'DEP0040');

module.exports = require('punycode/punycode.js');
