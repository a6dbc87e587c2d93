// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Cipheriv and Decipheriv: update and final, or a stream.

const { Buffer } = require('../buffer');
const { validateInt32, validateObject, validateString } = require('../../core/validators');
const { StringDecoder } = require('../string_decoder');
const { bytesOf, getArrayBufferOrView, getStringOption, getUpdate } = require('./crypto-bytes');
const { codes, nativeError } = require('./crypto-errors');
const { Hash, inherit } = require('./crypto-hash');
const { secretForUse } = require('./crypto-key-object');
const { LazyTransform } = require('./lazy-transform');
const { native, natives } = require('./crypto-natives');

const handleSymbol = Symbol('kHandle');

function numberOption(options, key) {
  const value = options === undefined || options === null ? undefined : options[key];
  if (value === undefined || value === null) return -1;
  if (value >>> 0 !== value) throw new codes.ERR_INVALID_ARG_VALUE(`options.${key}`, value);
  return value;
}

function begin(object, cipher, key, iv, options, encrypts) {
  validateString(cipher, 'cipher');
  const keyBytes = secretForUse(key, getStringOption(options, 'encoding'));
  const ivBytes = iv === null ? null : getArrayBufferOrView(iv, 'iv');
  object[handleSymbol] = native('cipherNew', cipher, encrypts, keyBytes, ivBytes, numberOption(options, 'authTagLength'));
  object._decoder = null;
  LazyTransform.call(object, options);
}

/** Output as text goes through one decoder, since a character may be split between two updates. */
function decoded(object, encoding, bytes, isLast) {
  const buffer = Buffer.from(bytes);
  if (!encoding || encoding === 'buffer') return buffer;
  if (object._decoder === null) object._decoder = new StringDecoder(encoding);
  else if (object._decoder.encoding !== new StringDecoder(encoding).encoding) {
    throw Object.assign(new Error('Cannot change encoding'), { code: 'ERR_INTERNAL_ASSERTION' });
  }
  return isLast ? object._decoder.end(buffer) : object._decoder.write(buffer);
}

const shared = {
  _transform(chunk, encoding, callback) {
    this.push(Buffer.from(native('update', this[handleSymbol], bytesOf(chunk, encoding))));
    callback();
  },
  _flush(callback) {
    let rest;
    try {
      rest = Buffer.from(native('finish', this[handleSymbol]));
    } catch (error) {
      callback(error);
      return;
    }
    this.push(rest);
    callback();
  },
  update(data, inputEncoding, outputEncoding) {
    return decoded(this, outputEncoding, native('update', this[handleSymbol], getUpdate(data, inputEncoding)), false);
  },
  final(outputEncoding) {
    return decoded(this, outputEncoding, native('finish', this[handleSymbol]), true);
  },
  setAutoPadding(isOn) {
    if (!natives().cipherSetPadding(this[handleSymbol], isOn === undefined ? false : !!isOn)) throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    return this;
  },
  setAAD(data, options) {
    const encoding = getStringOption(options, 'encoding');
    const length = numberOption(options, 'plaintextLength');
    if (!natives().cipherSetAdditionalData(this[handleSymbol], getArrayBufferOrView(data, 'aadbuf', encoding), length)) {
      throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
    }
    return this;
  },
};

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  begin(this, cipher, key, iv, options, true);
}
inherit(Cipheriv);
Object.assign(Cipheriv.prototype, shared, {
  getAuthTag() {
    const tag = natives().cipherTag(this[handleSymbol]);
    if (tag === undefined) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
    return Buffer.from(tag);
  },
});

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  begin(this, cipher, key, iv, options, false);
}
inherit(Decipheriv);
Object.assign(Decipheriv.prototype, shared, {
  setAuthTag(tag, encoding) {
    const bytes = getArrayBufferOrView(tag, 'buffer', encoding);
    const problem = natives().cipherSetTag(this[handleSymbol], bytes);
    if (problem === 'state') throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
    if (problem === 'length') throw nativeError('ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${bytes.byteLength}`);
    return this;
  },
});

/** Key and iv from a password as OpenSSL's EVP_BytesToKey makes them: MD5, once, without salt. */
function fromPassword(cipher, password, encrypts) {
  const info = natives().cipherInfo(cipher);
  if (info === undefined) throw nativeError('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  const [, , keyLength, ivLength, , mode] = info;
  if (encrypts && ['ctr', 'gcm', 'ccm'].includes(modes.get(mode))) process.emitWarning(`Use Cipheriv for counter mode of ${cipher}`);
  let last = Buffer.alloc(0);
  let bytes = last;
  while (bytes.length < keyLength + ivLength) {
    last = new Hash('md5').update(Buffer.concat([last, Buffer.from(password)])).digest();
    bytes = Buffer.concat([bytes, last]);
  }
  return [bytes.subarray(0, keyLength), ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength)];
}

function beginWithPassword(object, cipher, password, options, encrypts) {
  validateString(cipher, 'cipher');
  const [key, iv] = fromPassword(cipher, getArrayBufferOrView(password, 'password'), encrypts);
  begin(object, cipher, key, iv, options, encrypts);
}

function Cipher(cipher, password, options) {
  if (!(this instanceof Cipher)) return new Cipher(cipher, password, options);
  beginWithPassword(this, cipher, password, options, true);
}
inherit(Cipher);
Object.assign(Cipher.prototype, Cipheriv.prototype);

function Decipher(cipher, password, options) {
  if (!(this instanceof Decipher)) return new Decipher(cipher, password, options);
  beginWithPassword(this, cipher, password, options, false);
}
inherit(Decipher);
Object.assign(Decipher.prototype, Decipheriv.prototype);

// By OpenSSL's numbers (evp.h).
const modes = new Map([[1, 'ecb'], [2, 'cbc'], [3, 'cfb'], [4, 'ofb'], [5, 'ctr'], [6, 'gcm'], [7, 'ccm'], [0x10001, 'xts'], [0x10002, 'wrap'], [0x10003, 'ocb']]);

/** Whether this cipher takes an iv of this length. */
function takesIv(name, ownLength, mode, length) {
  if (mode === 'ccm') return length >= 7 && length <= 13;
  if (mode === 'ocb') return length >= 1 && length <= 15;
  if (mode === 'gcm') return length >= 1;
  return /^chacha20-poly1305$/i.test(name) ? length >= 1 && length <= 12 : length === ownLength;
}

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  if (options !== undefined) validateObject(options, 'options');
  const { keyLength: wantedKey, ivLength: wantedIv } = options || {};
  if (wantedKey !== undefined) validateInt32(wantedKey, 'options.keyLength');
  if (wantedIv !== undefined) validateInt32(wantedIv, 'options.ivLength');
  const found = natives().cipherInfo(nameOrNid);
  if (found === undefined) return undefined;
  const [name, nid, keyLength, ivLength, blockSize, modeNumber] = found;
  const mode = modes.get(modeNumber) || 'stream';
  if (wantedKey !== undefined && wantedKey !== keyLength) return undefined;
  if (wantedIv !== undefined && !takesIv(name, ivLength, mode, wantedIv)) return undefined;
  const info = { mode, name: name.toLowerCase(), nid };
  if (mode !== 'stream') info.blockSize = blockSize;
  const usedIv = wantedIv === undefined ? ivLength : wantedIv;
  if (usedIv !== 0) info.ivLength = usedIv;
  info.keyLength = keyLength;
  return info;
}

module.exports = { Cipher, Cipheriv, Decipher, Decipheriv, getCipherInfo };
