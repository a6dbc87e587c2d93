// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Signatures: Sign and Verify, sign and verify, and RSA with padding of its own.

const { Buffer } = require('../buffer');
const { validateFunction, validateString } = require('../../core/validators');
const { Writable } = require('../stream');
const { bytesOf, encoded, getArrayBufferOrView, getUpdate } = require('./crypto-bytes');
const { constants } = require('./crypto-constants');
const { codes, nativeError } = require('./crypto-errors');
const { run, runNow } = require('./crypto-jobs');
const { keyBytes } = require('./crypto-key-object');
const { privateKeyFor, publicKeyFor, publicOrPrivateKeyFor } = require('./crypto-keys');
const { native, natives } = require('./crypto-natives');

const handleSymbol = Symbol('kHandle');
const edwards = new Set(['ed25519', 'ed448']);

function integerOption(options, name) {
  const value = options[name];
  if (value === undefined || value === value >> 0) return value;
  throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
}

/** Padding, length of the salt, and whether the signature is that of IEEE P1363, as the options beside a key say. */
function signatureOptions(options) {
  const padding = integerOption(options, 'padding');
  let saltLength = integerOption(options, 'saltLength');
  if (padding === constants.RSA_PKCS1_PSS_PADDING && saltLength === undefined) saltLength = constants.RSA_PSS_SALTLEN_MAX_SIGN;
  const { dsaEncoding = 'der' } = typeof options === 'object' ? options : {};
  if (dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
  return [padding, saltLength, dsaEncoding === 'ieee-p1363'];
}

function begin(object, algorithm, options) {
  validateString(algorithm, 'algorithm');
  if (natives().digestInfo(algorithm) === undefined) throw nativeError('ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  object[handleSymbol] = { algorithm, state: native('hashNew', algorithm) };
  Writable.call(object, options);
}

/** The digest of all the data; signed or verified once. */
function digestOf({ algorithm, state }, key) {
  if (edwards.has(key.asymmetricKeyType)) {
    throw nativeError('ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  }
  return [algorithm, native('finish', state)];
}

function inherit(Class) {
  Object.setPrototypeOf(Class.prototype, Writable.prototype);
  Object.setPrototypeOf(Class, Writable);
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  begin(this, algorithm, options);
}
inherit(Sign);

Object.assign(Sign.prototype, {
  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  },
  update(data, encoding) {
    native('update', this[handleSymbol].state, getUpdate(data, encoding));
    return this;
  },
  sign(options, encoding) {
    if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
    const key = privateKeyFor(options);
    const details = signatureOptions(options);
    const [algorithm, digest] = digestOf(this[handleSymbol], key);
    return encoded(runNow('sign', [algorithm, keyBytes(key), digest, ...details, true]), encoding);
  },
});

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  begin(this, algorithm, options);
}
inherit(Verify);

Object.assign(Verify.prototype, {
  _write: Sign.prototype._write,
  update: Sign.prototype.update,
  verify(options, signature, encoding) {
    const bytes = getArrayBufferOrView(signature, 'signature', encoding);
    const key = publicKeyFor(options);
    const details = signatureOptions(options);
    const [algorithm, digest] = digestOf(this[handleSymbol], key);
    return runNow('verify', [algorithm, keyBytes(key), digest, ...details, true, bytes]);
  },
});

function checkDigest(algorithm, key) {
  if (algorithm === undefined || algorithm === null) return '';
  if (natives().digestInfo(algorithm) === undefined) throw nativeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
  if (edwards.has(key.asymmetricKeyType)) throw nativeError('ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  return algorithm;
}

function sign(algorithm, data, key, callback) {
  if (algorithm !== undefined && algorithm !== null) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = getArrayBufferOrView(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const details = signatureOptions(key);
  const used = privateKeyFor(key);
  const args = [checkDigest(algorithm, used), keyBytes(used), bytes, ...details, false];
  if (callback === undefined) return Buffer.from(runNow('sign', args));
  run('sign', args, callback, function(error, signature) {
    if (error) callback.call(this, error);
    else callback.call(this, null, Buffer.from(signature));
  });
  return undefined;
}

function verify(algorithm, data, key, signature, callback) {
  if (algorithm !== undefined && algorithm !== null) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = getArrayBufferOrView(data, 'data');
  const details = signatureOptions(key);
  if (!ArrayBuffer.isView(signature)) throw new codes.ERR_INVALID_ARG_TYPE('signature', ['Buffer', 'TypedArray', 'DataView'], signature);
  const used = publicKeyFor(key);
  const args = [checkDigest(algorithm, used), keyBytes(used), bytes, ...details, false, bytesOf(signature)];
  if (callback === undefined) return runNow('verify', args);
  run('verify', args, callback, function(error, isValid) {
    if (error) callback.call(this, error);
    else callback.call(this, null, isValid);
  });
  return undefined;
}

/** publicEncrypt and its kin. `transform`: the operation's; `isPrivate`: which key it takes. */
function rsaFunction(transform, defaultPadding, isPrivate) {
  return (options, buffer) => {
    const { padding = defaultPadding, oaepHash, oaepLabel, encoding } = typeof options === 'object' && options !== null ? options : {};
    if (typeof oaepHash === 'string' && natives().digestInfo(oaepHash) === undefined) throw nativeError('ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used');
    if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
    const label = oaepLabel === undefined ? undefined : getArrayBufferOrView(oaepLabel, 'key.oaepLabel', encoding);
    const key = isPrivate ? privateKeyFor(options) : publicOrPrivateKeyFor(options);
    const input = getArrayBufferOrView(buffer, 'buffer', encoding);
    if (transform === 'decrypt' && padding === constants.RSA_PKCS1_PADDING) {
      const words = 'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809';
      throw Object.assign(new TypeError(words), { code: 'ERR_INVALID_ARG_VALUE' });
    }
    const used = isPrivate || key.type === 'public' ? key : publicKeyFor(key);
    return Buffer.from(runNow('transformKey', [transform, used.type, keyBytes(used), input, padding, oaepHash, label]));
  };
}

module.exports = {
  Sign,
  Verify,
  privateDecrypt: rsaFunction('decrypt', constants.RSA_PKCS1_OAEP_PADDING, true),
  privateEncrypt: rsaFunction('signRaw', constants.RSA_PKCS1_PADDING, true),
  publicDecrypt: rsaFunction('recover', constants.RSA_PKCS1_PADDING, false),
  publicEncrypt: rsaFunction('encrypt', constants.RSA_PKCS1_OAEP_PADDING, false),
  sign,
  verify,
};
