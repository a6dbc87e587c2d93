// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of the system and of OpenSSL, and core modules by process.getBuiltinModule.
'use strict';
const constants = require('constants');
const os = require('os');

const { OPENSSL_VERSION_NUMBER, ...others } = constants; // each OpenSSL has its own
console.log(typeof OPENSSL_VERSION_NUMBER, others, Object.isFrozen(constants));
console.log(os.constants);
console.log(process.getBuiltinModule('fs') === require('fs'), process.getBuiltinModule('node:os') === os, process.getBuiltinModule('test'), process.getBuiltinModule('none'));
try {
  process.getBuiltinModule(5);
} catch (error) {
  console.log(error.code, error.message);
}
