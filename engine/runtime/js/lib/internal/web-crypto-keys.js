// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Keys of Web Crypto: generated, imported and exported.

const { Buffer } = require('../buffer');
const { constants } = require('./crypto-constants');
const { runPromise } = require('./crypto-jobs');
const { makeCryptoKey } = require('./crypto-key');
const { keyBytes, keyObjectSymbol, makeSecretKey } = require('./crypto-key-object');
const { createPrivateKey, createPublicKey, importJwk, makeKey } = require('./crypto-keys');
const { runNow } = require('./crypto-jobs');
const { DOMException } = require('./dom-exception');
const { copyBytes, curves, familyOf, jwkAlgorithm } = require('./web-crypto-algorithms');

// What each kind of key may be used for.
const signs = { public: ['verify'], private: ['sign'], secret: ['sign', 'verify'] };
const encrypts = { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'], secret: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] };
const derives = { public: [], private: ['deriveKey', 'deriveBits'], secret: ['deriveKey', 'deriveBits'] };
const usesByName = {
  'RSASSA-PKCS1-v1_5': signs, 'RSA-PSS': signs, ECDSA: signs, Ed25519: signs, Ed448: signs, HMAC: signs, 'RSA-OAEP': encrypts, 'AES-CTR': encrypts, 'AES-CBC': encrypts,
  'AES-GCM': encrypts, 'AES-KW': { secret: ['wrapKey', 'unwrapKey'] }, ECDH: derives, X25519: derives, X448: derives, HKDF: derives, PBKDF2: derives,
};

const fail = (message, name, cause) => new DOMException(message, cause === undefined ? name : { name, cause });
const operationFailed = (cause) => fail('The operation failed for an operation-specific reason', 'OperationError', cause);

function checkUsages(name, usages, kinds) {
  const allowed = [].concat(...kinds.map((kind) => usesByName[name][kind] || []));
  if (usages.some((usage) => !allowed.includes(usage))) {
    throw fail(`Unsupported key usage for ${/^[AEHR]/.test(name) ? 'an' : 'a'} ${name} key`, 'SyntaxError');
  }
}

const usagesFor = (name, kind, usages) => usages.filter((usage, i) => usesByName[name][kind].includes(usage) && usages.indexOf(usage) === i);

function refuseEmpty(usages, message) {
  if (usages.length === 0) throw fail(message, 'SyntaxError');
}

const blockBits = (hash) => (hash.name === 'SHA-1' || hash.name === 'SHA-256' ? 512 : 1024);

async function generateSecret(algorithm, extractable, usages) {
  const { name, hash } = algorithm;
  checkUsages(name, usages, ['secret']);
  const length = name === 'HMAC' && algorithm.length === undefined ? blockBits(hash) : algorithm.length;
  if (name !== 'HMAC' && ![128, 192, 256].includes(length)) throw fail('AES key length must be 128, 192, or 256 bits', 'OperationError');
  const bytes = await runPromise('randomBytes', [length / 8]).catch((error) => { throw operationFailed(error); });
  const kept = name === 'HMAC' ? { name, length, hash: { name: hash.name } } : { name, length };
  const own = usagesFor(name, 'secret', usages);
  refuseEmpty(own, 'Usages cannot be empty when creating a key.');
  return makeCryptoKey(makeSecretKey(Buffer.from(bytes)), kept, own, extractable);
}

const exponentOf = (bytes) => Array.from(bytes).reduce((number, byte) => number * 256 + byte, 0);

async function generatePair(algorithm, extractable, usages) {
  const { name } = algorithm;
  checkUsages(name, usages, ['public', 'private']);
  let args = [name.toLowerCase()];
  let kept = { name };
  if (familyOf(name) === 'RSA') {
    args = ['rsa', algorithm.modulusLength, exponentOf(algorithm.publicExponent)];
    kept = { name, modulusLength: algorithm.modulusLength, publicExponent: copyBytes(algorithm.publicExponent), hash: algorithm.hash };
  } else if (familyOf(name) === 'EC') {
    if (curves[algorithm.namedCurve] === undefined) throw fail('Unrecognized namedCurve', 'NotSupportedError');
    args = ['ec', curves[algorithm.namedCurve]];
    kept = { name, namedCurve: algorithm.namedCurve };
  }
  const [publicDer, privateDer] = await runPromise('generateKeyPair', args).catch((error) => { throw operationFailed(error); });
  const privateUsages = usagesFor(name, 'private', usages);
  refuseEmpty(privateUsages, 'Usages cannot be empty when creating a key.');
  return Object.assign(Object.create(null), {
    publicKey: makeCryptoKey(makeKey('public', publicDer), kept, usagesFor(name, 'public', usages), true),
    privateKey: makeCryptoKey(makeKey('private', privateDer), kept, privateUsages, extractable),
  });
}

const isSecretFamily = (name) => ['AES', 'HMAC', 'HKDF', 'PBKDF2'].includes(familyOf(name));

function generate(algorithm, extractable, usages) {
  return (isSecretFamily(algorithm.name) ? generateSecret : generatePair)(algorithm, extractable, usages);
}

function checkJwk(jwk, kty, algorithm, extractable, usages) {
  if (typeof jwk !== 'object' || jwk === null || !jwk.kty) throw fail('Invalid keyData', 'DataError');
  if (jwk.kty !== kty) throw fail('Invalid JWK "kty" Parameter', 'DataError');
  const use = ['sign', 'verify'].some((usage) => [].concat(...Object.values(usesByName[algorithm.name])).includes(usage)) ? 'sig' : 'enc';
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw fail('Invalid JWK "use" Parameter', 'DataError');
  if (Array.isArray(jwk.key_ops)) {
    if (new Set(jwk.key_ops).size !== jwk.key_ops.length) throw fail('Duplicate key operation', 'DataError');
    if (usages.some((usage) => !jwk.key_ops.includes(usage))) throw fail('Key operations and usage mismatch', 'DataError');
  }
  if (jwk.ext === false && extractable) throw fail('JWK "ext" Parameter and extractable mismatch', 'DataError');
}

function importSecret(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const isMaterial = name === 'HKDF' || name === 'PBKDF2';
  if (isMaterial && extractable) throw fail(`${name} keys are not extractable`, 'SyntaxError');
  checkUsages(name, usages, ['secret']);
  let bytes;
  if (format === 'raw') {
    bytes = Buffer.from(copyBytes(data));
  } else if (format === 'jwk' && !isMaterial) {
    checkJwk(data, 'oct', algorithm, extractable, usages);
    bytes = Buffer.from(data.k, 'base64');
  } else {
    throw fail(`Unable to import ${name} key with format ${format}`, 'NotSupportedError');
  }
  const length = bytes.length * 8;
  if (name === 'HMAC' && (length === 0 || algorithm.length === 0)) throw fail('Zero-length key is not supported', 'DataError');
  if (name.startsWith('AES-') && ![128, 192, 256].includes(length)) throw fail('Invalid key length', 'DataError');
  if (algorithm.length !== undefined && algorithm.length !== length) throw fail('Invalid key length', 'DataError');
  const kept = isMaterial ? { name } : name === 'HMAC' ? { name, hash: algorithm.hash, length } : { name, length };
  if (format === 'jwk' && data.alg !== undefined && data.alg !== jwkAlgorithm(kept)) {
    throw fail('JWK "alg" does not match the requested algorithm', 'DataError');
  }
  const own = usagesFor(name, 'secret', usages);
  refuseEmpty(own, 'Usages cannot be empty when importing a secret key.');
  return makeCryptoKey(makeSecretKey(bytes), kept, own, isMaterial ? false : extractable);
}

const ktyOf = { RSA: 'RSA', EC: 'EC', Ed25519: 'OKP', Ed448: 'OKP', X25519: 'OKP', X448: 'OKP' };
const typeOf = { RSA: 'rsa', EC: 'ec', Ed25519: 'ed25519', Ed448: 'ed448', X25519: 'x25519', X448: 'x448' };

function readPairKey(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const family = familyOf(name);
  if (format === 'spki') return createPublicKey({ key: data, format: 'der', type: 'spki' });
  if (format === 'pkcs8') return createPrivateKey({ key: data, format: 'der', type: 'pkcs8' });
  if (format === 'jwk') {
    checkJwk(data, ktyOf[family], algorithm, extractable, usages);
    if (family === 'EC' && data.crv !== algorithm.namedCurve) throw fail('JWK "crv" does not match the requested algorithm', 'DataError');
    // Like Node, of RSA only the digest is compared.
    const digest = data.alg === 'RSA-OAEP' ? '1' : `${data.alg}`.replace(/^\D*/, '');
    if (family === 'RSA' && data.alg !== undefined && `SHA-${digest}` !== algorithm.hash.name) {
      throw fail('JWK "alg" does not match the requested algorithm', 'DataError');
    }
    const [kind, , der] = importJwk(data, data.d === undefined);
    return makeKey(kind, der);
  }
  if (family === 'RSA') throw fail(`Unable to import ${name} key with format ${format}`, 'NotSupportedError');
  const given = copyBytes(data);
  const raw = Buffer.from(family === 'EC' ? runNow('ecdhConvert', [curves[algorithm.namedCurve], given, constants.POINT_CONVERSION_UNCOMPRESSED]) : given);
  const half = (raw.length - 1) / 2;
  const parts = family === 'EC' ? [raw.subarray(1, 1 + half), raw.subarray(1 + half)] : [raw, Buffer.alloc(0)];
  const [kind, , der] = runNow('importComponents', [typeOf[family], curves[algorithm.namedCurve] || '', false, ...parts, Buffer.alloc(0)]);
  return makeKey(kind, der);
}

function importPairKey(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const family = familyOf(name);
  if (family === 'EC' && curves[algorithm.namedCurve] === undefined) throw fail('Unrecognized namedCurve', 'NotSupportedError');
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && data !== null && data.d !== undefined);
  checkUsages(name, usages, [isPrivate ? 'private' : 'public']);
  let object;
  try {
    object = readPairKey(format, data, algorithm, extractable, usages);
  } catch (error) {
    throw error instanceof DOMException ? error : fail('Invalid keyData', 'DataError', error);
  }
  if (object.asymmetricKeyType !== typeOf[family]) throw fail('Invalid key type', 'DataError');
  let kept = { name };
  if (family === 'EC') {
    if (object.asymmetricKeyDetails.namedCurve !== curves[algorithm.namedCurve]) throw fail('Named curve mismatch', 'DataError');
    if (!runNow('checkKey', [object.type, keyBytes(object)])) throw fail('Invalid keyData', 'DataError');
    kept = { name, namedCurve: algorithm.namedCurve };
  } else if (family === 'RSA') {
    const exponent = runNow('keyDetails', [object.type, keyBytes(object)])[2];
    kept = { name, modulusLength: object.asymmetricKeyDetails.modulusLength, publicExponent: new Uint8Array(exponent), hash: algorithm.hash };
  }
  const own = usagesFor(name, object.type, usages);
  if (object.type === 'private') refuseEmpty(own, 'Usages cannot be empty when importing a private key.');
  return makeCryptoKey(object, kept, own, extractable);
}

function importOne(format, data, algorithm, extractable, usages) {
  return (isSecretFamily(algorithm.name) ? importSecret : importPairKey)(format, data, algorithm, extractable, usages);
}

const toArrayBuffer = (buffer) => buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);

function exportOne(format, key) {
  if (!key.extractable) throw fail('key is not extractable', 'InvalidAccessException');
  const object = key[keyObjectSymbol];
  const { name } = key.algorithm;
  const refuse = (word) => fail(`Unable to export a ${word} ${name} ${key.type} key`, 'InvalidAccessError');
  if (format === 'jwk') {
    const jwk = Object.assign({ key_ops: key.usages, ext: key.extractable }, object.export({ format: 'jwk' }));
    const alg = jwkAlgorithm(key.algorithm);
    if (alg !== undefined) jwk.alg = alg;
    return jwk;
  }
  if (format === 'spki') {
    if (key.type !== 'public') throw refuse('raw');
    return toArrayBuffer(object.export({ format: 'der', type: 'spki' }));
  }
  if (format === 'pkcs8') {
    if (key.type !== 'private') throw refuse('pkcs8');
    return toArrayBuffer(object.export({ format: 'der', type: 'pkcs8' }));
  }
  if (key.type === 'secret') return toArrayBuffer(object.export());
  if (key.type !== 'public' || familyOf(name) === 'RSA') throw refuse('raw');
  const [x, y] = runNow('keyComponents', ['public', keyBytes(object)]).map((bytes) => Buffer.from(bytes));
  return toArrayBuffer(familyOf(name) === 'EC' ? Buffer.concat([Buffer.from([4]), x, y]) : x);
}

module.exports = { exportOne, fail, generate, importOne, operationFailed };
