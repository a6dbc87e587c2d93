// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Error codes of crypto, and OpenSSL's errors as Node shows them.

const { codes, define, setStackHeader } = require('../../core/errors');

for (const [code, message, Base] of [
  ['ERR_CRYPTO_ECDH_INVALID_FORMAT', 'Invalid ECDH format: %s', TypeError],
  ['ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve', Error],
  ['ERR_CRYPTO_HASH_FINALIZED', 'Digest already called', Error],
  ['ERR_CRYPTO_HASH_UPDATE_FAILED', 'Hash update failed', Error],
  ['ERR_CRYPTO_INCOMPATIBLE_KEY', 'Incompatible %s: %s', Error],
  ['ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'The selected key encoding %s %s.', Error],
  ['ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest: %s', TypeError],
  ['ERR_CRYPTO_INVALID_JWK', 'Invalid JWK data', TypeError],
  ['ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation %s', Error],
  ['ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter', Error],
  ['ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign', Error],
]) define(code, message, Base);
define('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', (received, expected) => `Invalid key object type ${received}, expected ${expected}.`, TypeError);

// What Node's C++ makes has its code in the stack's header, and a plain class.
const classOfNative = {
  ERR_INVALID_ARG_TYPE: TypeError,
  ERR_CRYPTO_INVALID_AUTH_TAG: TypeError,
  ERR_CRYPTO_INVALID_CURVE: TypeError,
  ERR_CRYPTO_INVALID_DIGEST: TypeError,
  ERR_CRYPTO_INVALID_IV: TypeError,
  ERR_CRYPTO_INVALID_KEYLEN: RangeError,
  ERR_CRYPTO_INVALID_KEYTYPE: RangeError,
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: RangeError,
  ERR_MISSING_PASSPHRASE: TypeError,
  ERR_OUT_OF_RANGE: RangeError,
  ERR_CRYPTO_INVALID_KEYPAIR: RangeError,
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: RangeError,
};

/** An error of Node's C++ by its code. */
function nativeError(code, message) {
  const Class = classOfNative[code] || Error;
  const error = new Class(message);
  error.code = code;
  setStackHeader(error, `${error.name}${Class === Error ? '' : ` [${code}]`}: ${message}`);
  return error;
}

/** The error that an operation ended with. */
function toCryptoError({ code, message }) {
  const parts = /^error:[0-9A-F]+:([^:]*):([^:]*):(.*)$/.exec(message);
  if (parts !== null) return Object.assign(new Error(message), { library: parts[1], reason: parts[3], code });
  return code === 'ERR_CRYPTO_OPERATION_FAILED' ? new Error(message) : nativeError(code, message);
}

module.exports = { codes, nativeError, toCryptoError };
