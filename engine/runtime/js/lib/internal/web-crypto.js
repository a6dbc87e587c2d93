// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Web Crypto: the global `crypto`.

const { codes } = require('../../core/errors');
const { getRandomValues, randomUUID } = require('./crypto-random');
const { SubtleCrypto, subtle } = require('./web-crypto-subtle');

const making = Symbol('making');

class Crypto {
  constructor(token) {
    if (token !== making) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    if (!(this instanceof Crypto)) throw new codes.ERR_INVALID_THIS('Crypto');
    return subtle;
  }

  getRandomValues(array) {
    if (!(this instanceof Crypto)) throw new codes.ERR_INVALID_THIS('Crypto');
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('typedArray');
    return getRandomValues(array);
  }

  randomUUID(options) {
    if (!(this instanceof Crypto)) throw new codes.ERR_INVALID_THIS('Crypto');
    return randomUUID(options);
  }
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID']) {
  Object.defineProperty(Crypto.prototype, name, { enumerable: true });
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { value: 'Crypto', configurable: true });

module.exports = { Crypto, SubtleCrypto, crypto: new Crypto(making) };
