// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// crypto, on OpenSSL. Functions with a callback are requests on the pool's threads.

const { codes: commonCodes } = require('../core/errors');
const agreement = require('./internal/crypto-agreement');
const { Certificate } = require('./internal/crypto-certificate');
const { Cipher, Cipheriv, Decipher, Decipheriv, getCipherInfo } = require('./internal/crypto-cipher');
const { constants } = require('./internal/crypto-constants');
const derive = require('./internal/crypto-derive');
const { nativeError } = require('./internal/crypto-errors');
const { Hash, Hmac, hash } = require('./internal/crypto-hash');
const { KeyObject, createSecretKey, isBytes } = require('./internal/crypto-key-object');
const { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync } = require('./internal/crypto-keygen');
const { createPrivateKey, createPublicKey } = require('./internal/crypto-keys');
const { bytesOf } = require('./internal/crypto-bytes');
const { natives } = require('./internal/crypto-natives');
const random = require('./internal/crypto-random');
const signatures = require('./internal/crypto-sign');
const { deprecate } = require('./internal/promisify');

function unsupported(name) {
  return { [name]: function () { throw new commonCodes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`crypto.${name}`); } }[name];
}

const unsupportedFips = unsupported('setFips');

/** A list that is asked for once and copied for everybody. */
function listOnce(make) {
  let list;
  return () => {
    if (list === undefined) list = make();
    return list.slice();
  };
}

/** Without doubles; of names that differ in case only, the lower one. Sorted as Node sorts. */
function distinct(names) {
  const known = new Set(names);
  return [...known].filter((name) => name === name.toLowerCase() || !known.has(name.toLowerCase())).sort();
}

function timingSafeEqual(buf1, buf2) {
  for (const [name, value] of [['buf1', buf1], ['buf2', buf2]]) {
    if (!isBytes(value)) {
      throw nativeError('ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    }
  }
  if (buf1.byteLength !== buf2.byteLength) {
    throw nativeError('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return natives().timingSafeEqual(bytesOf(buf1), bytesOf(buf2));
}

const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } = derive;
const { randomBytes, randomFill, randomFillSync, randomInt, randomUUID } = random;

module.exports = {
  checkPrime: agreement.checkPrime,
  checkPrimeSync: agreement.checkPrimeSync,
  createCipheriv(cipher, key, iv, options) { return new Cipheriv(cipher, key, iv, options); },
  createDecipheriv(cipher, key, iv, options) { return new Decipheriv(cipher, key, iv, options); },
  createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
    return new agreement.DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  },
  createDiffieHellmanGroup(name) { return new agreement.DiffieHellmanGroup(name); },
  createECDH(curve) { return new agreement.ECDH(curve); },
  createHash(algorithm, options) { return new Hash(algorithm, options); },
  createHmac(hmac, key, options) { return new Hmac(hmac, key, options); },
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign(algorithm, options) { return new signatures.Sign(algorithm, options); },
  createVerify(algorithm, options) { return new signatures.Verify(algorithm, options); },
  diffieHellman: agreement.diffieHellman,
  generatePrime: agreement.generatePrime,
  generatePrimeSync: agreement.generatePrimeSync,
  getCiphers: listOnce(() => distinct(natives().cipherNames())),
  getCipherInfo,
  getCurves: listOnce(() => distinct(natives().curveNames())),
  getDiffieHellman(name) { return new agreement.DiffieHellmanGroup(name); },
  getHashes: listOnce(() => distinct(natives().hashNames())),
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  generateKeyPair,
  generateKeyPairSync,
  generateKey,
  generateKeySync,
  privateDecrypt: signatures.privateDecrypt,
  privateEncrypt: signatures.privateEncrypt,
  publicDecrypt: signatures.publicDecrypt,
  publicEncrypt: signatures.publicEncrypt,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync,
  sign: signatures.sign,
  setEngine: unsupported('setEngine'),
  timingSafeEqual,
  getFips: () => 0,
  setFips(isOn) { if (isOn) unsupportedFips(); },
  verify: signatures.verify,
  hash,
  Certificate,
  Cipher,
  Cipheriv,
  Decipher,
  Decipheriv,
  DiffieHellman: agreement.DiffieHellman,
  DiffieHellmanGroup: agreement.DiffieHellmanGroup,
  ECDH: agreement.ECDH,
  Hash,
  Hmac,
  KeyObject,
  Sign: signatures.Sign,
  Verify: signatures.Verify,
  X509Certificate: unsupported('X509Certificate'),
  secureHeapUsed: () => ({ total: 0, used: 0, utilization: 0, min: 0 }),
};

Object.defineProperties(module.exports, {
  createCipher: {
    value: deprecate(function createCipher(cipher, password, options) { return new Cipher(cipher, password, options); },
                     'crypto.createCipher is deprecated.', 'DEP0106'),
  },
  createDecipher: {
    value: deprecate(function createDecipher(cipher, password, options) { return new Decipher(cipher, password, options); },
                     'crypto.createDecipher is deprecated.', 'DEP0106'),
  },
  fips: { get: module.exports.getFips, set: module.exports.setFips },
  constants: { value: constants, enumerable: true },
  webcrypto: { get: () => require('./internal/web-crypto').crypto, enumerable: true },
  subtle: { get: () => require('./internal/web-crypto').crypto.subtle, enumerable: true },
  getRandomValues: { get: () => random.getRandomValues, enumerable: true },
});
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  Object.defineProperty(module.exports, name, { value: randomBytes, configurable: true, writable: true, enumerable: false });
}
