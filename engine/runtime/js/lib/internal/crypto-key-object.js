// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// KeyObject and CryptoKey: keys as values. A secret key holds its bytes; a public one holds SubjectPublicKeyInfo and a private one PKCS#8, both DER.

const { Buffer } = require('../buffer');
const { validateObject, validateOneOf } = require('../../core/validators');
const { getArrayBufferOrView } = require('./crypto-bytes');
const { codes } = require('./crypto-errors');
const { cloneSymbol, messageSymbol } = require('./structured-clone');
const { types } = require('./types');

const typeSymbol = Symbol('kKeyType');
const materialSymbol = Symbol('kHandle');
const keyObjectSymbol = Symbol('kKeyObject');

const isKeyObject = (value) => value !== null && value !== undefined && value[typeSymbol] !== undefined;
const isCryptoKey = (value) => value !== null && value !== undefined && value[keyObjectSymbol] !== undefined;

class KeyMaterial {
  constructor(bytes) {
    this.bytes = bytes;
  }
}

class KeyObject {
  constructor(type, material) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (!(material instanceof KeyMaterial)) throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', material);
    this[typeSymbol] = type;
    Object.defineProperty(this, materialSymbol, { value: material });
  }

  get type() {
    return this[typeSymbol];
  }

  static from(key) {
    if (!isCryptoKey(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return key[keyObjectSymbol];
  }

  // Keys do not change, so a clone is the key.
  [cloneSymbol]() {
    return this;
  }

  [messageSymbol]() {
    return ['KeyObject', { type: this.type, bytes: new Uint8Array(keyBytes(this)) }];
  }

  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    return otherKeyObject.type === this.type && keyBytes(this).equals(keyBytes(otherKeyObject));
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

/** The bytes that the key is. */
function keyBytes(key) {
  return key[materialSymbol].bytes;
}

class SecretKeyObject extends KeyObject {
  constructor(material) {
    super('secret', material);
  }

  get symmetricKeySize() {
    return keyBytes(this).length;
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: keyBytes(this).toString('base64url') };
    }
    return Buffer.from(keyBytes(this));
  }
}

const keyTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];
const isBytes = (value) => ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);

function makeSecretKey(bytes) {
  return new SecretKeyObject(new KeyMaterial(Buffer.from(bytes)));
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !isBytes(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', keyTypes.slice(0, 4), key);
  const bytes = getArrayBufferOrView(key, 'key', encoding);
  return makeSecretKey(ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes);
}

/** The bytes of a secret key object; undefined for anything else. */
function secretBytes(key) {
  const object = isCryptoKey(key) ? key[keyObjectSymbol] : key;
  return isKeyObject(object) && object.type === 'secret' ? keyBytes(object) : undefined;
}

/** The bytes of what a digest or cipher is given as its key. */
function secretForUse(key, encoding) {
  if (isKeyObject(key) || isCryptoKey(key)) {
    if (key.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'secret');
    return secretBytes(key);
  }
  if (typeof key !== 'string' && !isBytes(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', keyTypes, key);
  return getArrayBufferOrView(key, 'key', encoding);
}

module.exports = {
  KeyMaterial, KeyObject, createSecretKey, isBytes, isCryptoKey, isKeyObject, keyBytes, keyObjectSymbol, keyTypes, makeSecretKey, secretBytes,
  secretForUse,
};
