// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The native functions of C++. `adopt` fills it before anything else is evaluated.

const binding = {};

Object.defineProperty(binding, 'adopt', {
  value(natives) {
    for (const name of Object.getOwnPropertyNames(natives)) binding[name] = natives[name];
  },
});

module.exports = binding;
