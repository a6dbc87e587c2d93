// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The algorithms of Web Crypto: which there are for what, what they ask for, and how their names are spelled elsewhere.

const { codes } = require('../../core/errors');
const { bytesOf } = require('./crypto-bytes');
const { isBytes } = require('./crypto-key-object');
const { DOMException } = require('./dom-exception');

const signing = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'HMAC', 'Ed25519', 'Ed448'];
const ciphers = ['RSA-OAEP', 'AES-CTR', 'AES-CBC', 'AES-GCM'];
const deriving = ['ECDH', 'HKDF', 'PBKDF2', 'X25519', 'X448'];
const keyed = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP', 'ECDSA', 'ECDH', 'AES-CTR', 'AES-CBC', 'AES-GCM', 'AES-KW', 'HMAC', 'Ed25519', 'Ed448', 'X25519', 'X448'];

const supported = {
  digest: ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'],
  generateKey: keyed,
  importKey: [...keyed, 'HKDF', 'PBKDF2'],
  sign: signing,
  verify: signing,
  encrypt: ciphers,
  decrypt: ciphers,
  deriveBits: deriving,
  wrapKey: ['AES-KW'],
  unwrapKey: ['AES-KW'],
};

// Members of the algorithm's dictionary that must be there, by operation.
const required = {
  generateKey: { RSA: ['modulusLength', 'publicExponent', 'hash'], EC: ['namedCurve'], AES: ['length'], HMAC: ['hash'] },
  importKey: { RSA: ['hash'], EC: ['namedCurve'], HMAC: ['hash'] },
  sign: { 'RSA-PSS': ['saltLength'], ECDSA: ['hash'] },
  verify: { 'RSA-PSS': ['saltLength'], ECDSA: ['hash'] },
  encrypt: { 'AES-CTR': ['counter', 'length'], 'AES-CBC': ['iv'], 'AES-GCM': ['iv'] },
  decrypt: { 'AES-CTR': ['counter', 'length'], 'AES-CBC': ['iv'], 'AES-GCM': ['iv'] },
  deriveBits: { ECDH: ['public'], X25519: ['public'], X448: ['public'], HKDF: ['hash', 'salt', 'info'], PBKDF2: ['hash', 'salt', 'iterations'] },
};

const families = { 'RSASSA-PKCS1-v1_5': 'RSA', 'RSA-PSS': 'RSA', 'RSA-OAEP': 'RSA', ECDSA: 'EC', ECDH: 'EC' };
const familyOf = (name) => families[name] || (name.startsWith('AES-') ? 'AES' : name);

const byteMembers = new Set(['iv', 'counter', 'additionalData', 'salt', 'info', 'label']);

/** A copy, as a script may change what it gave. */
function copyBytes(value) {
  const bytes = bytesOf(value);
  return ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice() : new Uint8Array(bytes.slice(0));
}

/** The algorithm with its proper name, its digest normalized and its bytes copied; throws NotSupportedError for one that is not there. */
function normalize(algorithm, operation) {
  if (algorithm === null || (typeof algorithm !== 'object' && typeof algorithm !== 'function')) return normalize({ name: `${algorithm}` }, operation);
  if (algorithm.name === undefined) {
    throw new codes.ERR_MISSING_OPTION('Failed to normalize algorithm: passed algorithm can not be converted to \'Algorithm\' because \'name\'');
  }
  const wanted = String(algorithm.name).toUpperCase();
  const name = supported[operation].find((known) => known.toUpperCase() === wanted);
  if (name === undefined) throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  if (name.endsWith('448')) warnOnce(name);
  const table = required[operation] || {};
  for (const member of table[name] || table[familyOf(name)] || []) {
    if (algorithm[member] === undefined) {
      throw new codes.ERR_MISSING_OPTION(`Failed to normalize algorithm: passed algorithm can not be converted to '${name}' because '${member}'`);
    }
  }
  const result = Object.assign({}, algorithm, { name });
  for (const member of Object.keys(result)) {
    if (byteMembers.has(member) && isBytes(result[member])) result[member] = copyBytes(result[member]);
  }
  if (result.hash !== undefined) result.hash = normalize(result.hash, 'digest');
  return result;
}

const warned = new Set();

function warnOnce(name) {
  if (warned.has(name)) return;
  warned.add(name);
  process.emitWarning(`The ${name} Web Crypto API algorithm is an experimental feature and might change at any time`, 'ExperimentalWarning');
}

/** 'SHA-256' as OpenSSL has it. */
const digestName = (hash) => hash.name.toLowerCase().replace('-', '');

const curves = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

/** Name of the algorithm in a JWK (RFC 7518). */
function jwkAlgorithm({ name, hash, length }) {
  const bits = hash === undefined ? '' : hash.name.slice(4);
  switch (name) {
    case 'RSASSA-PKCS1-v1_5': return `RS${bits}`;
    case 'RSA-PSS': return `PS${bits}`;
    case 'RSA-OAEP': return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
    case 'HMAC': return `HS${bits}`;
    case 'Ed25519': case 'Ed448': return name;
    default: return name.startsWith('AES-') ? `A${length}${name.slice(4)}` : undefined;
  }
}

module.exports = { copyBytes, curves, digestName, familyOf, jwkAlgorithm, normalize };
