// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// `typeof` for the runtime's own code, which is not compiled as scripts are: to V4 a BigInt is an object (docs/decisions/bigint.md).

const binding = require('./binding');

const isBigInt = (value) => typeof value === 'object' && binding.isBigInt(value);

const typeOf = (value) => (isBigInt(value) ? 'bigint' : typeof value);

/** True for objects and null, as typeof says: not for BigInts. */
const isObjectOrNull = (value) => typeof value === 'object' && !binding.isBigInt(value);

module.exports = { isBigInt, isObjectOrNull, typeOf };
