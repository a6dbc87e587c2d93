// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Keys that two agree on: DiffieHellman, ECDH, diffieHellman. And primes.

const { Buffer } = require('../buffer');
const { validateBoolean, validateFunction, validateInt32, validateObject, validateString } = require('../../core/validators');
const { isBigInt } = require('../../core/type-of');
const { bytesOf, encoded, getArrayBufferOrView } = require('./crypto-bytes');
const { constants } = require('./crypto-constants');
const { codes, nativeError, toCryptoError } = require('./crypto-errors');
const { run, runNow } = require('./crypto-jobs');
const { KeyObject, isBytes, keyBytes } = require('./crypto-key-object');
const { publicPart } = require('./crypto-keys');
const { natives } = require('./crypto-natives');

const stateOf = Symbol('kHandle');
const isGiven = (value) => typeof value === 'string' || isBytes(value);

function stripZeros(bytes) {
  const buffer = Buffer.from(bytes);
  let start = 0;
  while (start < buffer.length && buffer[start] === 0) ++start;
  return buffer.subarray(start);
}

function initialize(object, prime, generator) {
  Object.defineProperty(object, stateOf, { value: { prime, generator, publicKey: undefined, privateKey: undefined } });
  Object.defineProperty(object, 'verifyError', { value: verifyError(prime), enumerable: true });
}

// OpenSSL's DH_MIN_MODULUS_BITS and DH_MODULUS_TOO_SMALL
const smallestPrime = 512;
const modulusTooSmall = 0x80;

/** What is wrong with a prime, as OpenSSL's DH_check tells it. */
function verifyError(prime) {
  const tooSmall = prime.length * 8 < smallestPrime ? modulusTooSmall : 0;
  if (!runNow('checkPrime', [prime])) return tooSmall | constants.DH_CHECK_P_NOT_PRIME;
  const half = prime.map((byte, i) => (byte >> 1) | (i > 0 ? (prime[i - 1] & 1) << 7 : 0));
  const problems = runNow('checkPrime', [half]) ? 0 : constants.DH_CHECK_P_NOT_SAFE_PRIME;
  return tooSmall | problems;
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  const kinds = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  if (typeof sizeOrKey !== 'number' && !isGiven(sizeOrKey)) throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', kinds, sizeOrKey);
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') [keyEncoding, generator, genEncoding] = [undefined, keyEncoding, generator];
  const prime = typeof sizeOrKey === 'number' ? generateSafePrime(sizeOrKey) : stripZeros(bytesOf(sizeOrKey, keyEncoding));
  let used = Buffer.from([2]);
  if (generator && typeof generator === 'number') {
    validateInt32(generator, 'generator');
    used = stripZeros(generator < 0 ? [] : [generator >>> 24, generator >>> 16, generator >>> 8, generator]);
  } else if (generator && !isGiven(generator)) {
    throw new codes.ERR_INVALID_ARG_TYPE('generator', kinds, generator);
  } else if (generator) {
    used = stripZeros(bytesOf(generator, genEncoding));
  }
  if (used.length === 0 || (used.length === 1 && used[0] < 2)) {
    throw toCryptoError({ code: 'ERR_OSSL_DH_BAD_GENERATOR', message: 'error:02800065:Diffie-Hellman routines::bad generator' });
  }
  initialize(this, prime, used);
}

function generateSafePrime(bits) {
  if (bits < smallestPrime) {
    throw toCryptoError({ code: 'ERR_OSSL_DH_MODULUS_TOO_SMALL', message: 'error:0280007E:Diffie-Hellman routines::modulus too small' });
  }
  return Buffer.from(runNow('generatePrime', [bits, true]));
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  Object.defineProperty(this, stateOf, {
    value: { prime: Buffer.from(runNow('groupPrime', [name])), generator: Buffer.from([2]), publicKey: undefined, privateKey: undefined },
  });
  Object.defineProperty(this, 'verifyError', { value: 0, enumerable: true });
}

/** How many random bytes a private key has: twice the strength of the group (NIST SP 800-56A). */
const secretSize = (prime) => Math.min(prime.length, 64);

function given(state, name, message) {
  if (state[name] === undefined) throw nativeError(state.curve === undefined ? 'ERR_CRYPTO_INVALID_STATE' : 'ERR_CRYPTO_OPERATION_FAILED', message);
  return state[name];
}

const shared = {
  generateKeys(encoding) {
    const state = this[stateOf];
    if (state.privateKey === undefined) {
      const secret = Buffer.from(runNow('randomBytes', [secretSize(state.prime)]));
      if (secret.length === state.prime.length) secret[0] &= state.prime[0] >> 1; // less than the prime
      state.privateKey = secret;
    }
    state.publicKey = Buffer.from(runNow('modularPower', [state.generator, state.privateKey, state.prime]));
    return encoded(state.publicKey, encoding);
  },
  computeSecret(key, inputEncoding, outputEncoding) {
    const state = this[stateOf];
    const other = stripZeros(getArrayBufferOrView(key, 'key', inputEncoding));
    if (other.length === 0 || (other.length === 1 && other[0] < 2)) throw nativeError('ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too small');
    if (other.length > state.prime.length || (other.length === state.prime.length && Buffer.compare(other, state.prime) >= 0)) {
      throw nativeError('ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too large');
    }
    return encoded(runNow('modularPower', [other, given(state, 'privateKey', 'No private key'), state.prime]), outputEncoding);
  },
  getPrime(encoding) {
    return encoded(this[stateOf].prime, encoding);
  },
  getGenerator(encoding) {
    return encoded(this[stateOf].generator, encoding);
  },
  getPublicKey(encoding) {
    return encoded(given(this[stateOf], 'publicKey', 'No public key - did you forget to generate one?'), encoding);
  },
  getPrivateKey(encoding) {
    return encoded(given(this[stateOf], 'privateKey', 'No private key - did you forget to generate one?'), encoding);
  },
};
Object.assign(DiffieHellmanGroup.prototype, shared);
Object.assign(DiffieHellman.prototype, shared, {
  setPublicKey(key, encoding) {
    this[stateOf].publicKey = Buffer.from(getArrayBufferOrView(key, 'key', encoding));
    return this;
  },
  setPrivateKey(key, encoding) {
    this[stateOf].privateKey = Buffer.from(getArrayBufferOrView(key, 'key', encoding));
    return this;
  },
});

function formOf(format) {
  if (!format || format === 'uncompressed') return constants.POINT_CONVERSION_UNCOMPRESSED;
  if (format === 'compressed') return constants.POINT_CONVERSION_COMPRESSED;
  if (format === 'hybrid') return constants.POINT_CONVERSION_HYBRID;
  throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
}

function checkCurve(curve) {
  validateString(curve, 'curve');
  if (!natives().curveNames().includes(curve)) throw nativeError('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
}

/** A point in another form. */
function convertPoint(curve, bytes, form) {
  try {
    return runNow('ecdhConvert', [curve, bytes, form]);
  } catch (error) {
    throw error.code === 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' ? nativeError('ERR_CRYPTO_OPERATION_FAILED', 'Failed to convert Buffer to EC_POINT') : error;
  }
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  checkCurve(curve);
  Object.defineProperty(this, stateOf, { value: { curve, privateKey: undefined, publicKey: undefined, isPublicGiven: false } });
}

/** A public key may have been set that does not belong to the private one. */
function checkPair(state) {
  const { curve, privateKey, publicKey } = state;
  const isPair = privateKey !== undefined && publicKey !== undefined
    && (!state.isPublicGiven || publicKey.equals(Buffer.from(runNow('ecdhPublic', [curve, privateKey, constants.POINT_CONVERSION_UNCOMPRESSED]))));
  if (!isPair) throw nativeError('ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
}

Object.assign(ECDH.prototype, {
  generateKeys(encoding, format) {
    const state = this[stateOf];
    state.privateKey = Buffer.from(runNow('ecdhGenerate', [state.curve]));
    state.publicKey = Buffer.from(runNow('ecdhPublic', [state.curve, state.privateKey, constants.POINT_CONVERSION_UNCOMPRESSED]));
    return this.getPublicKey(encoding, format);
  },
  computeSecret(key, inputEncoding, outputEncoding) {
    const state = this[stateOf];
    const other = getArrayBufferOrView(key, 'key', inputEncoding);
    checkPair(state);
    let secret;
    try {
      secret = runNow('ecdhCompute', [state.curve, state.privateKey, other]);
    } catch (error) {
      throw error.code === 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' ? new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY() : error;
    }
    return encoded(secret, outputEncoding);
  },
  setPrivateKey(key, encoding) {
    const state = this[stateOf];
    const bytes = Buffer.from(getArrayBufferOrView(key, 'key', encoding));
    state.publicKey = Buffer.from(runNow('ecdhPublic', [state.curve, bytes, constants.POINT_CONVERSION_UNCOMPRESSED]));
    state.isPublicGiven = false;
    state.privateKey = bytes;
    return this;
  },
  setPublicKey(key, encoding) {
    const state = this[stateOf];
    const bytes = getArrayBufferOrView(key, 'key', encoding);
    state.isPublicGiven = true;
    state.publicKey = Buffer.from(convertPoint(state.curve, bytes, constants.POINT_CONVERSION_UNCOMPRESSED));
    return this;
  },
  getPublicKey(encoding, format) {
    const form = formOf(format);
    const state = this[stateOf];
    return encoded(convertPoint(state.curve, given(state, 'publicKey', 'Failed to get ECDH public key'), form), encoding);
  },
  getPrivateKey(encoding) {
    return encoded(given(this[stateOf], 'privateKey', 'Failed to get ECDH private key'), encoding);
  },
});

ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  validateString(curve, 'curve');
  const bytes = getArrayBufferOrView(key, 'key', inputEncoding);
  const form = formOf(format);
  checkCurve(curve);
  return encoded(convertPoint(curve, bytes, form), outputEncoding);
};

const agreeing = new Set(['dh', 'ec', 'x448', 'x25519']);

function diffieHellman(options) {
  validateObject(options, 'options');
  const { privateKey, publicKey } = options;
  if (!(privateKey instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  if (!(publicKey instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  if (privateKey.type !== 'private') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  if (publicKey.type === 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  const [one, other] = [privateKey.asymmetricKeyType, publicKey.asymmetricKeyType];
  if (one !== other || !agreeing.has(one)) throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${one} and ${other}`);
  return Buffer.from(runNow('agree', [keyBytes(privateKey), keyBytes(publicPart(publicKey))]));
}

// --- Primes ---

function bigIntBytes(value, name) {
  const hex = value.toString(16);
  if (hex[0] === '-') throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', value);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Refuses what no prime, or only one, can fulfil. */
function checkPrimeSteps(size, step, rest) {
  if (step === undefined) return;
  const add = stripZeros(step);
  const bits = add.length === 0 ? 0 : add.length * 8 - (Math.clz32(add[0]) - 24);
  if (bits > size) throw nativeError('ERR_OUT_OF_RANGE', 'invalid options.add');
  if (rest !== undefined && !isLess(rest, step)) throw nativeError('ERR_OUT_OF_RANGE', 'invalid options.rem');
}

/** Of two big-endian numbers. */
function isLess(a, b) {
  const [one, other] = [stripZeros(a), stripZeros(b)];
  return one.length === other.length ? Buffer.compare(one, other) < 0 : one.length < other.length;
}

function primeArguments(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  const bytesOfNumber = (value, name) => {
    if (value === undefined) return undefined;
    if (isBigInt(value)) return bigIntBytes(value, name);
    if (!isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], value);
    return bytesOf(value);
  };
  const [step, rest] = [bytesOfNumber(add, 'options.add'), bytesOfNumber(rem, 'options.rem')];
  checkPrimeSteps(size, step, rest);
  const args = [size, safe, step, rest];
  return { args, answer: (bytes) => (bigint ? BigInt(`0x${Buffer.from(bytes).toString('hex')}`) : bytes) };
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  const { args, answer } = primeArguments(size, options === undefined ? {} : options);
  run('generatePrime', args, callback, function(error, bytes) {
    if (error) callback.call(this, error);
    else callback.call(this, null, answer(bytes));
  });
}

function generatePrimeSync(size, options = {}) {
  const { args, answer } = primeArguments(size, options);
  return answer(runNow('generatePrime', args));
}

function candidateBytes(candidate, options) {
  const bytes = isBigInt(candidate) ? bigIntBytes(candidate, 'candidate') : candidate;
  if (!isBytes(bytes)) throw new codes.ERR_INVALID_ARG_TYPE('candidate', ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], candidate);
  validateObject(options, 'options');
  const { checks = 0 } = options;
  validateInt32(checks, 'options.checks', 0);
  return bytesOf(bytes);
}

function checkPrime(candidate, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'callback');
  const args = [candidateBytes(candidate, options === undefined ? {} : options)];
  run('checkPrime', args, callback, function(error, isPrime) {
    if (error) callback.call(this, error);
    else callback.call(this, null, isPrime);
  });
}

const checkPrimeSync = (candidate, options = {}) => runNow('checkPrime', [candidateBytes(candidate, options)]);

module.exports = { DiffieHellman, DiffieHellmanGroup, ECDH, checkPrime, checkPrimeSync, diffieHellman, generatePrime, generatePrimeSync };
