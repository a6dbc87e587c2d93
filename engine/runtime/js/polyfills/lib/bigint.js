// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// BigInt by JSBI: values are objects, so typeof says 'object' and operators do not work on them (the compiler refuses BigInt literals and
// says so); BigInt(), asIntN, asUintN, toString and valueOf do. See docs/decisions/bigint.md.

const JSBI = require('jsbi');
const { defineMethods } = require('../define');

const Big = JSBI.default || JSBI;

function makeBigInt() {
  function BigInt(value) {
    if (new.target !== undefined) throw new TypeError('BigInt is not a constructor');
    if (typeof value === 'number' && !Number.isInteger(value)) {
      throw new RangeError(`The number ${value} cannot be converted to a BigInt because it is not an integer`);
    }
    return Big.BigInt(value);
  }
  Object.defineProperty(BigInt, 'prototype', { value: Big.prototype, writable: false });
  defineMethods(BigInt, {
    asIntN(bits, bigint) { return Big.asIntN(bits, bigint); },
    asUintN(bits, bigint) { return Big.asUintN(bits, bigint); },
  });
  return BigInt;
}

module.exports = { makeBigInt };
