// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// crypto.subtle: every operation is a request on the pool.

const { Buffer } = require('../buffer');
const { codes } = require('../../core/errors');
const { bytesOf } = require('./crypto-bytes');
const { constants } = require('./crypto-constants');
const { runPromise } = require('./crypto-jobs');
const { CryptoKey } = require('./crypto-key');
const { isBytes, keyBytes, keyObjectSymbol } = require('./crypto-key-object');
const { natives } = require('./crypto-natives');
const { copyBytes, digestName, familyOf, normalize } = require('./web-crypto-algorithms');
const { exportOne, fail, generate, importOne, operationFailed } = require('./web-crypto-keys');

const bytesOfKey = (key) => keyBytes(key[keyObjectSymbol]);
const attempt = (operation, args) => runPromise(operation, args).catch((error) => { throw operationFailed(error); });

const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];

function convert(method, index, value, what) {
  throw Object.assign(new TypeError(`Failed to execute '${method}' on 'SubtleCrypto': ${ordinals[index]} argument ${what}`), { code: 'ERR_INVALID_ARG_TYPE' });
}

function takeBytes(method, index, value) {
  if (!isBytes(value)) convert(method, index, value, 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.');
  return copyBytes(value);
}

function takeFormat(method, index, value) {
  if (['raw', 'pkcs8', 'spki', 'jwk'].includes(`${value}`)) return;
  const words = `Failed to execute '${method}' on 'SubtleCrypto': ${ordinals[index]} argument value '${value}' is not a valid enum value of type KeyFormat.`;
  throw Object.assign(new TypeError(words), { code: 'ERR_INVALID_ARG_VALUE' });
}

function takeKey(method, index, value) {
  if (!(value instanceof CryptoKey)) convert(method, index, value, 'is not of type CryptoKey.');
  return value;
}

function useKey(algorithm, key, usage) {
  if (!key.usages.includes(usage) || algorithm.name !== key.algorithm.name) throw fail(`Unable to use this key to ${usage}`, 'InvalidAccessError');
}

function requireType(key, type) {
  if (key.type !== type) throw fail(`Key must be a ${type} key`, 'InvalidAccessError');
}

/** Arguments that sign and verify share: digest, key, data, padding, saltLength, isP1363, isDigested. */
function signatureArguments(algorithm, key, data) {
  const { name } = algorithm;
  if (name === 'ECDSA') return [digestName(algorithm.hash), bytesOfKey(key), data, undefined, undefined, true, false];
  if (name === 'Ed448' && algorithm.context !== undefined && algorithm.context.byteLength > 0) {
    throw fail('Non zero-length context is not yet supported', 'NotSupportedError');
  }
  if (name === 'Ed25519' || name === 'Ed448') return ['', bytesOfKey(key), data, undefined, undefined, false, false];
  const isPss = name === 'RSA-PSS';
  return [digestName(key.algorithm.hash), bytesOfKey(key), data, isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
          isPss ? algorithm.saltLength : undefined, false, false];
}

function cipherOf(algorithm, key, data, encrypts) {
  const { name } = algorithm;
  const bits = key.algorithm.length;
  if (name === 'AES-KW') return [`id-aes${bits}-wrap`, bytesOfKey(key), Buffer.alloc(8, 0xa6), data]; // RFC 3394, 2.2.3.1
  if (name === 'AES-CBC') {
    if (algorithm.iv.byteLength !== 16) throw fail('algorithm.iv must contain exactly 16 bytes', 'OperationError');
    return [`aes-${bits}-cbc`, bytesOfKey(key), algorithm.iv, data];
  }
  if (name === 'AES-CTR') {
    if (algorithm.counter.byteLength !== 16) throw fail('algorithm.counter must contain exactly 16 bytes', 'OperationError');
    if (algorithm.length === 0 || algorithm.length > 128) throw fail('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
    return [`aes-${bits}-ctr`, bytesOfKey(key), algorithm.counter, data];
  }
  const { tagLength = 128 } = algorithm;
  if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) throw fail(`${tagLength} is not a valid AES-GCM tag length`, 'OperationError');
  if (!encrypts && data.byteLength < tagLength / 8) throw fail('The provided data is too small.', 'OperationError');
  return [`aes-${bits}-gcm`, bytesOfKey(key), algorithm.iv, data, algorithm.additionalData, tagLength / 8];
}

function runCipher(algorithm, key, data, encrypts, usage) {
  if (key.algorithm.name !== algorithm.name || !key.usages.includes(usage)) {
    throw fail('The requested operation is not valid for the provided key', 'InvalidAccessError');
  }
  if (algorithm.name === 'RSA-OAEP') {
    requireType(key, encrypts ? 'public' : 'private');
    return attempt('transformKey', [encrypts ? 'encrypt' : 'decrypt', key.type, bytesOfKey(key), data, constants.RSA_PKCS1_OAEP_PADDING,
                                    digestName(key.algorithm.hash), algorithm.label]);
  }
  return attempt(encrypts ? 'encrypt' : 'decrypt', cipherOf(algorithm, key, data, encrypts));
}

async function agree(algorithm, baseKey, length) {
  const other = algorithm.public;
  if (other.type !== 'public') throw fail('algorithm.public must be a public key', 'InvalidAccessError');
  if (baseKey.type !== 'private') throw fail('baseKey must be a private key', 'InvalidAccessError');
  if (!agreeing.has(other.algorithm.name)) throw fail('Keys must be ECDH, X25519, or X448 keys', 'InvalidAccessError');
  if (other.algorithm.name !== baseKey.algorithm.name) throw fail('The public and private keys must be of the same type', 'InvalidAccessError');
  if (other.algorithm.namedCurve !== baseKey.algorithm.namedCurve) throw fail('Named curve mismatch', 'InvalidAccessError');
  const bits = await attempt('agree', [bytesOfKey(baseKey), bytesOfKey(other)]);
  if (length === null) return bits;
  if (length > bits.byteLength * 8) throw fail('derived bit length is too small', 'OperationError');
  const cut = new Uint8Array(bits.slice(0, Math.ceil(length / 8)));
  if (length % 8 !== 0) cut[cut.length - 1] &= 0xff00 >> (length % 8);
  return cut.buffer;
}

const agreeing = new Set(['ECDH', 'X25519', 'X448']);

async function derive(algorithm, baseKey, length) {
  if (agreeing.has(algorithm.name)) return agree(algorithm, baseKey, length);
  if (algorithm.name === 'PBKDF2' && algorithm.iterations === 0) throw fail('iterations cannot be zero', 'OperationError');
  if (length === 0) return new ArrayBuffer(0);
  if (length === null) throw fail('length cannot be null', 'OperationError');
  if (length % 8 !== 0) throw fail('length must be a multiple of 8', 'OperationError');
  const digest = digestName(algorithm.hash);
  if (algorithm.name === 'PBKDF2') return attempt('pbkdf2', [digest, bytesOfKey(baseKey), algorithm.salt, algorithm.iterations, length / 8]);
  if (length / 8 > natives().digestInfo(digest) * 255) throw operationFailed(undefined);
  return attempt('hkdf', [digest, bytesOfKey(baseKey), algorithm.salt, algorithm.info, length / 8]);
}

function derivable(algorithm, baseKey, usage) {
  const normalized = normalize(algorithm, 'deriveBits');
  if (agreeing.has(normalized.name) && !(normalized.public instanceof CryptoKey)) {
    const words = `Failed to normalize algorithm: 'public' of 'EcdhKeyDeriveParams' (passed algorithm) is not of type CryptoKey.`;
    throw Object.assign(new TypeError(words), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (!baseKey.usages.includes(usage)) throw fail(`baseKey does not have ${usage} usage`, 'InvalidAccessError');
  if (baseKey.algorithm.name !== normalized.name) throw fail('Key algorithm mismatch', 'InvalidAccessError');
  return normalized;
}

/** How many bits a key of this algorithm takes; null: any number. */
function keyBits(algorithm) {
  const { name, length, hash } = normalize(algorithm, 'importKey');
  if (familyOf(name) === 'AES') {
    if (![128, 192, 256].includes(length)) throw fail('Invalid key length', 'OperationError');
    return length;
  }
  if (name !== 'HMAC') return null;
  if (length === undefined) return hash.name === 'SHA-1' || hash.name === 'SHA-256' ? 512 : 1024;
  if (length === 0) throw fail('Invalid key length', 'OperationError');
  return length;
}

/** For wrapping an algorithm may be one of encryption as well. */
function wrapping(algorithm, wrapName, cipherName) {
  try {
    return normalize(algorithm, wrapName);
  } catch {
    return normalize(algorithm, cipherName);
  }
}

const methods = {
  async encrypt(algorithm, key, data) {
    return runCipher(normalize(algorithm, 'encrypt'), takeKey('encrypt', 1, key), takeBytes('encrypt', 2, data), true, 'encrypt');
  },
  async decrypt(algorithm, key, data) {
    return runCipher(normalize(algorithm, 'decrypt'), takeKey('decrypt', 1, key), takeBytes('decrypt', 2, data), false, 'decrypt');
  },
  async sign(algorithm, key, data) {
    takeKey('sign', 1, key);
    const bytes = takeBytes('sign', 2, data);
    const normalized = normalize(algorithm, 'sign');
    useKey(normalized, key, 'sign');
    if (normalized.name === 'HMAC') return attempt('hmac', [digestName(key.algorithm.hash), bytesOfKey(key), bytes]);
    requireType(key, 'private');
    return attempt('sign', signatureArguments(normalized, key, bytes));
  },
  async verify(algorithm, key, signature, data) {
    takeKey('verify', 1, key);
    const given = takeBytes('verify', 2, signature);
    const bytes = takeBytes('verify', 3, data);
    const normalized = normalize(algorithm, 'verify');
    useKey(normalized, key, 'verify');
    if (normalized.name === 'HMAC') {
      const expected = Buffer.from(await attempt('hmac', [digestName(key.algorithm.hash), bytesOfKey(key), bytes]));
      return expected.length === given.byteLength && natives().timingSafeEqual(expected, given);
    }
    requireType(key, 'public');
    return attempt('verify', [...signatureArguments(normalized, key, bytes), given]);
  },
  async digest(algorithm, data) {
    const bytes = takeBytes('digest', 1, data);
    return attempt('hash', [digestName(normalize(algorithm, 'digest')), bytes]);
  },
  async generateKey(algorithm, extractable, keyUsages) {
    return generate(normalize(algorithm, 'generateKey'), !!extractable, [...keyUsages]);
  },
  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    const normalized = derivable(algorithm, takeKey('deriveKey', 1, baseKey), 'deriveKey');
    const bits = await derive(normalized, baseKey, keyBits(derivedKeyType));
    return importOne('raw', bits, normalize(derivedKeyType, 'importKey'), !!extractable, [...keyUsages]);
  },
  async deriveBits(algorithm, baseKey, length = null) {
    return derive(derivable(algorithm, takeKey('deriveBits', 1, baseKey), 'deriveBits'), baseKey, length);
  },
  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    takeFormat('importKey', 0, format);
    const data = format === 'jwk' ? keyData : takeBytes('importKey', 1, keyData);
    return importOne(format, data, normalize(algorithm, 'importKey'), !!extractable, [...keyUsages]);
  },
  async exportKey(format, key) {
    takeFormat('exportKey', 0, format);
    return exportOne(format, takeKey('exportKey', 1, key));
  },
  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    takeKey('wrapKey', 1, key);
    takeKey('wrapKey', 2, wrappingKey);
    const algorithm = wrapping(wrapAlgorithm, 'wrapKey', 'encrypt');
    let data = exportOne(format, key);
    if (format === 'jwk') {
      const text = JSON.stringify(data);
      // AES-KW wraps whole blocks of 8 bytes.
      data = Buffer.from(algorithm.name === 'AES-KW' ? text.padEnd(Math.ceil(text.length / 8) * 8) : text);
    }
    return runCipher(algorithm, wrappingKey, bytesOf(data), true, 'wrapKey');
  },
  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    const bytes = takeBytes('unwrapKey', 1, wrappedKey);
    takeKey('unwrapKey', 2, unwrappingKey);
    const algorithm = wrapping(unwrapAlgorithm, 'unwrapKey', 'decrypt');
    let data = await runCipher(algorithm, unwrappingKey, bytes, false, 'unwrapKey');
    if (format === 'jwk') {
      try {
        data = JSON.parse(Buffer.from(data).toString());
      } catch {
        throw fail('Invalid wrapped JWK key', 'DataError');
      }
    }
    return importOne(format, data, normalize(unwrappedKeyAlgorithm, 'importKey'), !!extractable, [...keyUsages]);
  },
};

class SubtleCrypto {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}

const counts = { deriveBits: 2 };
for (const name of Object.keys(methods)) {
  const count = counts[name] === undefined ? methods[name].length : counts[name];
  const method = {
    async [name](...args) {
      if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
      if (args.length < count) {
        const words = `${count} argument${count === 1 ? '' : 's'} required, but only ${args.length} present.`;
        throw Object.assign(new TypeError(`Failed to execute '${name}' on 'SubtleCrypto': ${words}`), { code: 'ERR_MISSING_ARGS' });
      }
      return methods[name](...args);
    },
  }[name];
  Object.defineProperty(method, 'length', { value: count, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, { value: method, enumerable: true, configurable: true, writable: true });
}
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { value: 'SubtleCrypto', configurable: true });

const subtle = Object.create(SubtleCrypto.prototype);

module.exports = { SubtleCrypto, subtle };
