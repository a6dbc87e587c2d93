// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Public and private keys: made from PEM, DER and JWK, written as these, and what functions that use a key accept.

const { Buffer } = require('../buffer');
const { validateObject, validateOneOf, validateString } = require('../../core/validators');
const { getArrayBufferOrView } = require('./crypto-bytes');
const { codes, nativeError, toCryptoError } = require('./crypto-errors');
const { natives } = require('./crypto-natives');
const { runNow } = require('./crypto-jobs');
const { KeyMaterial, KeyObject, isBytes, isCryptoKey, isKeyObject, keyBytes, keyObjectSymbol, keyTypes } = require('./crypto-key-object');

const typeSymbol = Symbol('kAsymmetricKeyType');
const detailsSymbol = Symbol('kAsymmetricKeyDetails');
const isText = (value) => typeof value === 'string' || isBytes(value);

function detailsOf([type, bits, exponent, curve, digest, mgf1Digest, saltLength, divisorBits]) {
  if (type === 'ec') return { namedCurve: curve };
  if (type === 'dsa') return { modulusLength: bits, divisorLength: divisorBits };
  if (type !== 'rsa' && type !== 'rsa-pss') return {};
  const details = { modulusLength: bits, publicExponent: BigInt(`0x${Buffer.from(exponent).toString('hex')}`) };
  return digest === '' ? details : Object.assign(details, { hashAlgorithm: digest, mgf1HashAlgorithm: mgf1Digest, saltLength });
}

class AsymmetricKeyObject extends KeyObject {
  constructor(type, material) {
    super(type, material);
  }

  get asymmetricKeyType() {
    if (this[typeSymbol] === undefined) this[typeSymbol] = runNow('keyDetails', [this.type, keyBytes(this)])[0];
    return this[typeSymbol];
  }

  get asymmetricKeyDetails() {
    if (this[detailsSymbol] === undefined) this[detailsSymbol] = detailsOf(runNow('keyDetails', [this.type, keyBytes(this)]));
    return this[detailsSymbol];
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(material) {
    super('public', material);
  }

  export(options) {
    if (options && options.format === 'jwk') return exportJwk(this);
    return exportAs(this, parseEncoding(options, this.asymmetricKeyType, true));
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(material) {
    super('private', material);
  }

  export(options) {
    if (options && options.format === 'jwk') {
      if (options.passphrase !== undefined) throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
      return exportJwk(this);
    }
    return exportAs(this, parseEncoding(options, this.asymmetricKeyType, false));
  }
}

function makeKey(kind, der) {
  const material = new KeyMaterial(Buffer.from(der));
  return kind === 'private' ? new PrivateKeyObject(material) : new PublicKeyObject(material);
}

function exportAs(key, { format, type, cipher, passphrase }) {
  const bytes = runNow('exportKey', [key.type, keyBytes(key), format, type, cipher === null ? undefined : cipher, passphrase]);
  return format === 'pem' ? Buffer.from(bytes).toString('latin1') : Buffer.from(bytes);
}

// --- JWK (RFC 7517, RFC 8037) ---

const rsaMembers = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
const curveOfJwk = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', secp256k1: 'secp256k1' };
const jwkOfCurve = Object.fromEntries(Object.entries(curveOfJwk).map(([jwk, curve]) => [curve, jwk]));
const rawTypes = { Ed25519: ['ed25519', 32], Ed448: ['ed448', 57], X25519: ['x25519', 32], X448: ['x448', 56] };

function exportJwk(key) {
  const type = key.asymmetricKeyType;
  const parts = runNow('keyComponents', [key.type, keyBytes(key)]).map((bytes) => Buffer.from(bytes).toString('base64url'));
  const isPrivate = key.type === 'private';
  if (type === 'rsa') {
    const members = isPrivate ? rsaMembers : ['n', 'e'];
    return Object.assign({ kty: 'RSA' }, Object.fromEntries(members.map((name) => [name, parts[rsaMembers.indexOf(name)]])));
  }
  const [x, y, d] = parts;
  if (type === 'ec') {
    const { namedCurve } = key.asymmetricKeyDetails;
    const crv = jwkOfCurve[namedCurve];
    if (crv === undefined) throw toCryptoError({ code: 'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE', message: `Unsupported JWK EC curve: ${namedCurve}.` });
    return Object.assign(isPrivate ? { kty: 'EC', x, y, crv, d } : { kty: 'EC', x, y, crv });
  }
  const raw = Object.keys(rawTypes).find((crv) => rawTypes[crv][0] === type);
  if (raw === undefined) throw toCryptoError({ code: 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', message: 'Unsupported JWK Key Type.' });
  return isPrivate ? { crv: raw, d, x, kty: 'OKP' } : { crv: raw, x, kty: 'OKP' };
}

function importJwk(jwk, wantsPublic) {
  validateObject(jwk, 'key');
  validateOneOf(jwk.kty, 'key.kty', ['RSA', 'EC', 'OKP']);
  const isPrivate = !wantsPublic;
  const bytes = (name) => Buffer.from(jwk[name], 'base64');
  const check = (names) => { for (const name of names) validateString(jwk[name], `key.${name}`); };
  if (jwk.kty === 'RSA') {
    const members = isPrivate ? rsaMembers : ['n', 'e'];
    check(members);
    return runNow('importComponents', ['rsa', '', isPrivate, ...members.map(bytes)]);
  }
  check(['crv']);
  if (jwk.kty === 'EC') {
    validateOneOf(jwk.crv, 'key.crv', ['P-256', 'secp256k1', 'P-384', 'P-521']);
    check(isPrivate ? ['x', 'y', 'd'] : ['x', 'y']);
    return runNow('importComponents', ['ec', curveOfJwk[jwk.crv], isPrivate, bytes('x'), bytes('y'), isPrivate ? bytes('d') : Buffer.alloc(0)]);
  }
  validateOneOf(jwk.crv, 'key.crv', Object.keys(rawTypes));
  check(isPrivate ? ['x', 'd'] : ['x']);
  const [type, length] = rawTypes[jwk.crv];
  if (bytes(isPrivate ? 'd' : 'x').length !== length) throw new codes.ERR_CRYPTO_INVALID_JWK();
  return runNow('importComponents', [type, '', isPrivate, bytes('x'), Buffer.alloc(0), isPrivate ? bytes('d') : Buffer.alloc(0)]);
}

// --- Options ---

const optionName = (name, object) => (object === undefined ? `options.${name}` : `options.${object}.${name}`);

function parseFormat(format, fallback, name) {
  if (format === undefined && fallback !== undefined) return fallback;
  if (format === 'pem' || format === 'der' || format === 'jwk') return format;
  throw new codes.ERR_INVALID_ARG_VALUE(name, format);
}

function parseType(type, isRequired, keyType, isPublic, name) {
  if (type === undefined && !isRequired) return undefined;
  if (type === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for RSA keys');
    return type;
  }
  if (type === 'spki' && isPublic !== false) return type;
  if (type === 'pkcs8' && isPublic !== true) return type;
  if (type === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for EC keys');
    return type;
  }
  throw new codes.ERR_INVALID_ARG_VALUE(name, type);
}

/**
 * Format, type, cipher and passphrase as an options object says. keyType: of the key that is written; undefined when one is read.
 * isPublic: undefined where both will do.
 */
function parseEncoding(encoding, keyType, isPublic, object) {
  validateObject(encoding, 'options');
  const isInput = keyType === undefined;
  const format = parseFormat(encoding.format, isInput ? 'pem' : undefined, optionName('format', object));
  const isRequired = (!isInput || format === 'der') && format !== 'jwk';
  const type = parseType(encoding.type, isRequired, keyType, isPublic, optionName('type', object));
  if (isPublic === true) return { format, type };
  const { cipher, passphrase } = encoding;
  const hasCipher = cipher !== undefined && cipher !== null;
  if (!isInput && hasCipher) {
    if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(optionName('cipher', object), cipher);
    if (natives().cipherInfo(cipher) === undefined) throw nativeError('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'does not support encryption');
  } else if (!isInput && passphrase !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE(optionName('cipher', object), cipher);
  }
  if ((isInput && passphrase !== undefined && !isText(passphrase)) || (!isInput && hasCipher && !isText(passphrase))) {
    throw new codes.ERR_INVALID_ARG_VALUE(optionName('passphrase', object), passphrase);
  }
  return { format, type, cipher, passphrase: passphrase === undefined ? undefined : getArrayBufferOrView(passphrase, 'key.passphrase', encoding.encoding) };
}

/** What a script gave as a key: a key object, or [kind, type, DER] of what was read. `use`: what for. */
function read(key, use) {
  const isPublicUse = use === 'public' || use === 'createPublic';
  const objectOf = (value) => {
    if (use === 'createPrivate') throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
    if (value.type === 'private') return value;
    if (use === 'private' || use === 'createPublic') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(value.type, 'private');
    if (value.type !== 'public') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(value.type, 'private or public');
    return value;
  };
  const imported = (data, { format, type, passphrase }) => {
    const [kind, , der] = runNow('importKey', [use === 'createPublic' ? 'public' : isPublicUse ? 'any' : 'private', format, type, passphrase, data]);
    return makeKey(kind, der);
  };
  if (isKeyObject(key)) return objectOf(key);
  if (isCryptoKey(key)) return objectOf(key[keyObjectSymbol]);
  if (isText(key)) return imported(getArrayBufferOrView(key, 'key'), { format: 'pem' });
  const expected = use === 'createPrivate' ? keyTypes.slice(0, 5) : keyTypes;
  if (typeof key !== 'object' || key === null) throw new codes.ERR_INVALID_ARG_TYPE('key', expected, key);
  const { key: data, encoding, format } = key;
  if (isKeyObject(data)) return objectOf(data);
  if (isCryptoKey(data)) return objectOf(data[keyObjectSymbol]);
  if (format === 'jwk') {
    validateObject(data, 'key.key');
    const [kind, , der] = importJwk(data, isPublicUse);
    return makeKey(kind, der);
  }
  if (!isText(data)) throw new codes.ERR_INVALID_ARG_TYPE('key.key', expected, data);
  return imported(getArrayBufferOrView(data, 'key', encoding), parseEncoding(key, undefined, isPublicUse ? undefined : false));
}

function publicPart(key) {
  if (key.type === 'public') return key;
  return makeKey('public', runNow('publicKeyOf', [keyBytes(key)])[2]);
}

module.exports = {
  createPrivateKey: (key) => read(key, 'createPrivate'),
  createPublicKey: (key) => publicPart(read(key, 'createPublic')),
  exportAs,
  importJwk,
  makeKey,
  parseEncoding,
  privateKeyFor: (key) => read(key, 'private'),
  publicKeyFor: (key) => publicPart(read(key, 'public')),
  publicOrPrivateKeyFor: (key) => read(key, 'public'),
  publicPart,
};
