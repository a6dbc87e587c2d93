// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// generateKeyPair and generateKey.

const { Buffer } = require('../buffer');
const { validateBuffer, validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32 } = require('../../core/validators');
const { bytesOf } = require('./crypto-bytes');
const { codes, nativeError } = require('./crypto-errors');
const { run, runNow } = require('./crypto-jobs');
const { makeSecretKey } = require('./crypto-key-object');
const { exportAs, makeKey, parseEncoding } = require('./crypto-keys');
const { natives } = require('./crypto-natives');
const { customArguments } = require('./promisify');

const { ERR_INVALID_ARG_VALUE } = codes;
const isGiven = (value) => value !== undefined && value !== null;

function encodingOf(options, name, type, isPublic) {
  const encoding = options[name];
  if (encoding === undefined || encoding === null) return undefined;
  if (typeof encoding !== 'object') throw new ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  return parseEncoding(encoding, type, isPublic, name);
}

function checkedDigest(digest, name) {
  if (digest === undefined) return undefined;
  validateString(digest, name);
  if (natives().digestInfo(digest) === undefined) throw nativeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid ${name.includes('mgf1') ? 'MGF1 ' : ''}digest: ${digest}`);
  return digest;
}

function rsaArguments(type, options) {
  validateObject(options, 'options');
  validateUint32(options.modulusLength, 'options.modulusLength');
  const exponent = options.publicExponent === undefined || options.publicExponent === null ? 0x10001 : options.publicExponent;
  validateUint32(exponent, 'options.publicExponent');
  if (type === 'rsa') return [type, options.modulusLength, exponent];
  const { hash, mgf1Hash, hashAlgorithm, mgf1HashAlgorithm, saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  for (const name of ['hashAlgorithm', 'mgf1HashAlgorithm']) if (options[name] !== undefined) validateString(options[name], `options.${name}`);
  for (const [old, modern] of [['hash', 'hashAlgorithm'], ['mgf1Hash', 'mgf1HashAlgorithm']]) {
    if (options[old] === undefined) continue;
    process.emitWarning(`"options.${old}" is deprecated, use "options.${modern}" instead.`, 'DeprecationWarning', 'DEP0154');
    validateString(options[old], `options.${old}`);
    if (options[modern] && options[old] !== options[modern]) throw new ERR_INVALID_ARG_VALUE(`options.${old}`, options[old]);
  }
  return [type, options.modulusLength, exponent, checkedDigest(hashAlgorithm || hash, 'options.hashAlgorithm'),
          checkedDigest(mgf1HashAlgorithm || mgf1Hash, 'options.mgf1HashAlgorithm'), saltLength];
}

function curveArguments(options) {
  validateObject(options, 'options');
  validateString(options.namedCurve, 'options.namedCurve');
  const { paramEncoding } = options;
  if (isGiven(paramEncoding) && paramEncoding !== 'named' && paramEncoding !== 'explicit') {
    throw new ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  const name = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' }[options.namedCurve] || options.namedCurve;
  if (!natives().curveNames().includes(name)) throw nativeError('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  return ['ec', name, paramEncoding === 'explicit'];
}

function dsaArguments(options) {
  validateObject(options, 'options');
  const { divisorLength, modulusLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (!isGiven(divisorLength)) return ['dsa', modulusLength];
  validateInt32(divisorLength, 'options.divisorLength', 0);
  return ['dsa', modulusLength, divisorLength];
}

function dhArguments(options) {
  validateObject(options, 'options');
  const { generator, group, prime, primeLength } = options;
  const refuseBeside = (name, others) => {
    for (const other of others) if (isGiven(options[other])) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(name, other);
  };
  if (isGiven(group)) {
    refuseBeside('group', ['prime', 'primeLength', 'generator']);
    validateString(group, 'options.group');
    return ['dh', runNow('groupPrime', [group]), 2];
  }
  if (isGiven(prime)) {
    refuseBeside('prime', ['primeLength']);
    validateBuffer(prime, 'options.prime');
  } else if (isGiven(primeLength)) {
    validateInt32(primeLength, 'options.primeLength', 0);
  } else {
    throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  }
  if (isGiven(generator)) validateInt32(generator, 'options.generator', 0);
  return ['dh', isGiven(prime) ? bytesOf(prime) : primeLength, isGiven(generator) ? generator : 2];
}

/** Arguments of the operation, and how its keys are given to the script. */
function prepare(type, options) {
  validateString(type, 'type');
  const given = options === undefined || options === null ? {} : options;
  const publicEncoding = encodingOf(given, 'publicKeyEncoding', type, true);
  const privateEncoding = encodingOf(given, 'privateKeyEncoding', type, false);
  if (options !== undefined) validateObject(options, 'options');
  let args = [type];
  if (type === 'rsa' || type === 'rsa-pss') args = rsaArguments(type, options);
  else if (type === 'ec') args = curveArguments(options);
  else if (type === 'dsa') args = dsaArguments(options);
  else if (type === 'dh') args = dhArguments(options);
  else if (!['ed25519', 'ed448', 'x25519', 'x448'].includes(type)) throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  const written = (key, encoding) => {
    if (encoding === undefined) return key;
    return encoding.format === 'jwk' ? key.export({ format: 'jwk' }) : exportAs(key, encoding);
  };
  const answer = ([publicDer, privateDer]) => [
    written(makeKey('public', publicDer), publicEncoding), written(makeKey('private', privateDer), privateEncoding),
  ];
  return { args, answer };
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  const { args, answer } = prepare(type, options);
  run('generateKeyPair', args, callback, function(error, pair) {
    if (error) callback.call(this, error);
    else callback.call(this, null, ...answer(pair));
  });
}
Object.defineProperty(generateKeyPair, customArguments, { value: ['publicKey', 'privateKey'] });

function generateKeyPairSync(type, options) {
  const { args, answer } = prepare(type, options);
  const [publicKey, privateKey] = answer(runNow('generateKeyPair', args));
  return { publicKey, privateKey };
}

/** How many bytes a secret key of the type has. */
function secretSize(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  else if (type === 'aes') validateOneOf(length, 'options.length', [128, 192, 256]);
  else throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  return Math.floor(length / 8);
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  run('randomBytes', [secretSize(type, options)], callback, function(error, bytes) {
    if (error) callback.call(this, error);
    else callback.call(this, null, makeSecretKey(Buffer.from(bytes)));
  }, 'generateKey');
}

function generateKeySync(type, options) {
  return makeSecretKey(Buffer.from(runNow('randomBytes', [secretSize(type, options)])));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
