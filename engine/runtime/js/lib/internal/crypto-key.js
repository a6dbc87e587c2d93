// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// CryptoKey: a key of Web Crypto, around a KeyObject.

const { codes } = require('../../core/errors');
const { keyObjectSymbol } = require('./crypto-key-object');
const { inspect } = require('./inspect');

const algorithmSymbol = Symbol('kAlgorithm');
const extractableSymbol = Symbol('kExtractable');
const usagesSymbol = Symbol('kKeyUsages');

class CryptoKey {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const { type, extractable, algorithm, usages } = this;
    const inner = Object.assign({}, options, { depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 });
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, inner)}`;
  }

  get type() {
    return own(this)[keyObjectSymbol].type;
  }

  get extractable() {
    return own(this)[extractableSymbol];
  }

  get algorithm() {
    return own(this)[algorithmSymbol];
  }

  get usages() {
    return own(this)[usagesSymbol];
  }
}

function own(key) {
  if (!(key instanceof CryptoKey)) throw new codes.ERR_INVALID_THIS('CryptoKey');
  return key;
}

for (const name of ['type', 'extractable', 'algorithm', 'usages']) Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });

function makeCryptoKey(keyObject, algorithm, usages, extractable) {
  const key = Object.create(CryptoKey.prototype);
  for (const [symbol, value] of [[keyObjectSymbol, keyObject], [algorithmSymbol, algorithm], [extractableSymbol, extractable], [usagesSymbol, usages]]) {
    Object.defineProperty(key, symbol, { value });
  }
  return key;
}

module.exports = { CryptoKey, makeCryptoKey };
