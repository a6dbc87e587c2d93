// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Digests and ciphers that keep their state between calls, and OpenSSL's tables (engine/runtime/CryptoNatives.cpp).

const binding = require('../../core/binding');
const { toCryptoError } = require('./crypto-errors');

let made;

/** The functions as they are, made at their first use. */
function natives() {
  if (made === undefined) made = binding.cryptoNatives();
  return made;
}

/** Calls one; its error becomes Node's. */
function native(name, ...args) {
  try {
    return natives()[name](...args);
  } catch (error) {
    throw toCryptoError(error);
  }
}

module.exports = { native, natives };
