// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Hash and Hmac: update and digest, or a stream.

const { Buffer } = require('../buffer');
const { validateString, validateUint32 } = require('../../core/validators');
const { bytesOf, encoded, getStringOption, getUpdate } = require('./crypto-bytes');
const { codes } = require('./crypto-errors');
const { runNow } = require('./crypto-jobs');
const { secretForUse } = require('./crypto-key-object');
const { LazyTransform } = require('./lazy-transform');
const { native } = require('./crypto-natives');

const stateSymbol = Symbol('kState');
const handleSymbol = Symbol('kHandle');

function inherit(Class) {
  Object.setPrototypeOf(Class.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(Class, LazyTransform);
}

class HashHandle {
  constructor(state) {
    this.state = state;
  }
}

function Hash(algorithm, options) {
  if (new.target === undefined) return new Hash(algorithm, options);
  const isCopy = algorithm instanceof HashHandle;
  if (!isCopy) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  this[handleSymbol] = new HashHandle(isCopy ? native('hashCopy', algorithm.state, length) : native('hashNew', algorithm, length));
  this[stateSymbol] = { isFinal: false, bytes: undefined };
  LazyTransform.call(this, options);
}
inherit(Hash);

function update(data, encoding) {
  if (this[stateSymbol].isFinal) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  if (!native('update', this[handleSymbol].state, getUpdate(data, encoding))) throw new codes.ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
}

function take(digest, encoding) {
  const state = digest[stateSymbol];
  if (state.bytes === undefined) state.bytes = native('finish', digest[handleSymbol].state);
  state.isFinal = true;
  return encoded(state.bytes, encoding && `${encoding}`);
}

function transform(chunk, encoding, callback) {
  native('update', this[handleSymbol].state, bytesOf(chunk, encoding));
  callback();
}

/** As a stream a Hash may be asked for its digest once more. */
function flush(callback) {
  const digest = take(this);
  this[stateSymbol].isFinal = this instanceof Hmac;
  this.push(digest);
  callback();
}

Object.assign(Hash.prototype, {
  copy(options) {
    if (this[stateSymbol].isFinal) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    return new Hash(this[handleSymbol], options);
  },
  _transform: transform,
  _flush: flush,
  update,
  digest(outputEncoding) {
    if (this[stateSymbol].isFinal) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
    return take(this, outputEncoding);
  },
});

function Hmac(hmac, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const bytes = secretForUse(key, getStringOption(options, 'encoding'));
  this[handleSymbol] = new HashHandle(native('hmacNew', hmac, bytes));
  this[stateSymbol] = { isFinal: false, bytes: undefined };
  LazyTransform.call(this, options);
}
inherit(Hmac);

Object.assign(Hmac.prototype, {
  update,
  digest(outputEncoding) {
    // Asked again it gives nothing, unlike Hash.
    if (this[stateSymbol].isFinal) return encoded(new ArrayBuffer(0), outputEncoding);
    return take(this, outputEncoding);
  },
  _flush: flush,
  _transform: transform,
});

function hash(algorithm, input, outputEncoding = 'hex') {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  }
  if (outputEncoding !== 'hex') {
    validateString(outputEncoding, 'outputEncoding');
    if (!Buffer.isEncoding(outputEncoding) && outputEncoding.toLowerCase() !== 'buffer') {
      throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
    }
  }
  const wanted = outputEncoding.toLowerCase() === 'buffer' ? undefined : outputEncoding;
  if (/^shake-?(128|256)$/i.test(algorithm)) return new Hash(algorithm).update(input).digest(wanted);
  return encoded(runNow('hash', [algorithm, bytesOf(input)]), wanted);
}

module.exports = { Hash, Hmac, hash, inherit };
