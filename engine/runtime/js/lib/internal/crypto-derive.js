// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Keys from passwords: pbkdf2, scrypt, hkdf. What takes longest in crypto, on the pool's threads.

const { Buffer, kMaxLength } = require('../buffer');
const { validateFunction, validateInt32, validateInteger, validateString, validateUint32 } = require('../../core/validators');
const { bytesOf, getArrayBufferOrView, getByteSource } = require('./crypto-bytes');
const { codes, nativeError } = require('./crypto-errors');
const { run, runNow } = require('./crypto-jobs');
const { natives } = require('./crypto-natives');
const { secretBytes } = require('./crypto-key-object');

function checkDigest(digest) {
  if (natives().digestInfo(digest) === undefined) throw nativeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
}

/** Calls back with a Buffer, on the job. */
function bufferAnswer(callback) {
  return function(error, bytes) {
    if (error !== undefined) callback.call(this, error);
    else callback.call(this, null, Buffer.from(bytes));
  };
}

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  const args = [digest, getArrayBufferOrView(password, 'password'), getArrayBufferOrView(salt, 'salt'), iterations, keylen];
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return args;
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') [digest, callback] = [undefined, digest];
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  checkDigest(digest);
  run('pbkdf2', args, callback, bufferAnswer(callback));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const args = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  checkDigest(digest);
  return Buffer.from(runNow('pbkdf2', args));
}

const scryptDefaults = { N: 16384, r: 8, p: 1, maxmem: 32 << 20 };
const scryptNames = { N: 'cost', r: 'blockSize', p: 'parallelization' };

function scryptArguments(password, salt, keylen, options) {
  const passwordBytes = getArrayBufferOrView(password, 'password');
  const saltBytes = getArrayBufferOrView(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  const parameters = Object.assign({}, scryptDefaults);
  if (options && options !== scryptDefaults) {
    for (const short of Object.keys(scryptNames)) {
      const long = scryptNames[short];
      if (options[short] !== undefined) {
        validateUint32(options[short], short);
        parameters[short] = options[short];
      }
      if (options[long] === undefined) continue;
      if (options[short] !== undefined) throw new codes.ERR_CRYPTO_SCRYPT_INVALID_PARAMETER();
      validateUint32(options[long], long);
      parameters[short] = options[long];
    }
    if (options.maxmem !== undefined) {
      validateInteger(options.maxmem, 'maxmem', 0);
      parameters.maxmem = options.maxmem;
    }
    for (const name of Object.keys(parameters)) parameters[name] = parameters[name] || scryptDefaults[name];
  }
  const { N, r, p, maxmem } = parameters;
  return [passwordBytes, saltBytes, keylen, N, r, p, maxmem];
}

function checkScrypt([, , , ...parameters]) {
  const problem = natives().scryptProblem(...parameters);
  if (problem !== undefined) {
    throw nativeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params${problem === '' ? '' : `: ${problem}`}`);
  }
}

function scrypt(password, salt, keylen, options, callback = scryptDefaults) {
  if (callback === scryptDefaults) [options, callback] = [scryptDefaults, options];
  const args = scryptArguments(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  checkScrypt(args);
  run('scrypt', args, callback, bufferAnswer(callback));
}

function scryptSync(password, salt, keylen, options = scryptDefaults) {
  const args = scryptArguments(password, salt, keylen, options);
  checkScrypt(args);
  return Buffer.from(runNow('scrypt', args));
}

function hkdfKey(key) {
  if (secretBytes(key) !== undefined) return secretBytes(key);
  const { types } = require('./types');
  if (typeof key !== 'string' && !types.isAnyArrayBuffer(key) && !ArrayBuffer.isView(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('ikm', ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], key);
  }
  return bytesOf(key);
}

function hkdfArguments(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  const args = [digest, hkdfKey(key), getByteSource(salt, 'salt'), getByteSource(info, 'info'), length];
  validateInteger(length, 'length', 0, kMaxLength);
  if (args[3].byteLength > 1024) throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', args[3].byteLength);
  return args;
}

function checkHkdf(digest, length) {
  checkDigest(digest);
  if (length > natives().digestInfo(digest) * 255) throw nativeError('ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length'); // RFC 5869, 2.3
}

function hkdf(digest, key, salt, info, length, callback) {
  const args = hkdfArguments(digest, key, salt, info, length);
  validateFunction(callback, 'callback');
  checkHkdf(digest, length);
  run('hkdf', args, callback, function(error, bytes) {
    if (error) callback.call(this, error);
    else callback.call(this, null, bytes);
  });
}

function hkdfSync(digest, key, salt, info, length) {
  const args = hkdfArguments(digest, key, salt, info, length);
  checkHkdf(digest, length);
  return runNow('hkdf', args);
}

module.exports = { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
