// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { defaultCipherList, ...crypto } = require('./internal/crypto-constants').constants; // which Node adds when crypto is loaded
const { constants: fs } = require('./internal/fs-constants');
const { dlopen, errno, priority, signals } = require('./internal/system-constants');

module.exports = Object.freeze(Object.assign(Object.create(null), dlopen, errno, priority, signals, fs, crypto));
