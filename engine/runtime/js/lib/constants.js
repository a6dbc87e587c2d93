// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { errno, priority, signals } = require('./internal/system-constants');
const { constants } = require('./internal/fs-constants');

module.exports = Object.freeze(Object.assign({}, errno, priority, signals, constants));
