// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const posix = require('./internal/path-posix');
const win32 = require('./internal/path-win32');

for (const flavour of [posix, win32]) {
  flavour.win32 = win32;
  flavour.posix = posix;
  Object.defineProperty(flavour, '_makeLong', { value: flavour.toNamespacedPath, enumerable: true, writable: true, configurable: true });
}

module.exports = process.platform === 'win32' ? win32 : posix;
