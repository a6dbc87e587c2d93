// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Digests, codes, key derivation and ciphers: values known from node, and every error that a wrong use gets.
'use strict';
const crypto = require('crypto');

function attempt(name, call) {
  try {
    console.log(name, call());
  } catch (error) {
    console.log(name, error.name, error.code, error.message, error.reason);
  }
}

for (const name of ['md5', 'sha1', 'SHA256', 'RSA-SHA512', 'sha3-256', 'blake2b512', 'ripemd160', 'shake256']) {
  console.log(name, crypto.createHash(name).update('abc').update(Buffer.from([1, 2, 3])).digest('hex'));
}
const hash = crypto.createHash('sha1').update('first ');
const copy = hash.copy();
console.log(hash.update('one').digest('base64'), copy.update('other').digest('base64url'));
attempt('digest twice', () => hash.digest());
attempt('update late', () => hash.update('x'));
attempt('copy late', () => hash.copy());
console.log(crypto.createHash('shake128', { outputLength: 7 }).update('a').digest('hex'));
attempt('length', () => crypto.createHash('sha256', { outputLength: 7 }));
attempt('unknown digest', () => crypto.createHash('nope'));
attempt('digest type', () => crypto.createHash(1));
attempt('data type', () => crypto.createHash('sha1').update(1));
console.log(crypto.hash('sha1', 'abc'), crypto.hash('md5', Buffer.from('abc'), 'base64'));

const hmac = crypto.createHmac('sha384', 'key').update('data');
console.log(hmac.digest('hex'), JSON.stringify(hmac.digest('hex')));
attempt('unknown hmac', () => crypto.createHmac('nope', 'key'));
attempt('hmac key', () => crypto.createHmac('sha1', 5));
attempt('hmac with key object', () => crypto.createHmac('sha1', crypto.createSecretKey(Buffer.from('key'))).update('x').digest('hex'));

console.log(crypto.pbkdf2Sync('password', 'salt', 1000, 40, 'sha512').toString('hex'));
console.log(crypto.scryptSync('password', 'salt', 32, { N: 1024 }).toString('hex'));
console.log(Buffer.from(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 42)).toString('hex'));
console.log(Buffer.from(crypto.hkdfSync('sha1', '', '', '', 20)).toString('hex'));
attempt('pbkdf2 digest', () => crypto.pbkdf2Sync('a', 'b', 1, 1, 'nope'));
attempt('pbkdf2 iterations', () => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1'));
attempt('pbkdf2 callback', () => crypto.pbkdf2('a', 'b', 1, 1, 'sha1'));
attempt('scrypt power', () => crypto.scryptSync('a', 'b', 1, { N: 3 }));
attempt('scrypt twice', () => crypto.scryptSync('a', 'b', 1, { N: 2, cost: 2 }));
attempt('hkdf length', () => crypto.hkdfSync('sha1', 'a', 'b', 'c', 20 * 255 + 1));
attempt('equal', () => crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab')));
attempt('equal length', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
attempt('equal type', () => crypto.timingSafeEqual('a', Buffer.from('a')));

const key = Buffer.alloc(32, 7);
for (const [name, ivLength] of [['aes-256-cbc', 16], ['aes-256-ctr', 16], ['aes-256-gcm', 12], ['aes-256-ecb', 0], ['chacha20-poly1305', 12]]) {
  const iv = ivLength === 0 ? null : Buffer.alloc(ivLength, 9);
  const options = name.startsWith('chacha') ? { authTagLength: 16 } : undefined;
  const cipher = crypto.createCipheriv(name, key, iv, options);
  const isAuthenticated = /gcm|poly/.test(name);
  if (isAuthenticated) cipher.setAAD(Buffer.from('header'));
  const text = cipher.update('süßer text', 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv(name, key, iv, options);
  if (isAuthenticated) decipher.setAAD(Buffer.from('header')).setAuthTag(cipher.getAuthTag());
  console.log(name, text, decipher.update(text, 'hex', 'utf8') + decipher.final('utf8'), isAuthenticated && cipher.getAuthTag().toString('hex'));
}
attempt('cipher', () => crypto.createCipheriv('nope', key, null));
attempt('key length', () => crypto.createCipheriv('aes-256-cbc', 'short', Buffer.alloc(16)));
attempt('iv length', () => crypto.createCipheriv('aes-256-cbc', key, Buffer.alloc(3)));
attempt('no iv', () => crypto.createCipheriv('aes-256-cbc', key, null));
const wrong = (name, bytes) => crypto.createDecipheriv(name, key, Buffer.alloc(16)).update(bytes) && crypto.createDecipheriv(name, key, Buffer.alloc(16));
attempt('bad decrypt', () => { const d = wrong('aes-256-cbc', 'x'); d.update(Buffer.alloc(16, 3)); return d.final(); });
attempt('wrong length', () => { const d = wrong('aes-256-cbc', 'x'); d.update(Buffer.alloc(15, 3)); return d.final(); });
attempt('tag', () => { const d = wrong('aes-256-gcm', 'x'); d.setAuthTag(Buffer.alloc(16)); d.update('abc'); return d.final(); });
attempt('tag length', () => wrong('aes-256-gcm', 'x').setAuthTag(Buffer.alloc(3)));
attempt('tag early', () => crypto.createCipheriv('aes-256-gcm', key, Buffer.alloc(12)).getAuthTag());
console.log(crypto.getCipherInfo('aes-128-gcm', { ivLength: 16 }), crypto.getCipherInfo('chacha20'), crypto.getCipherInfo('nope'));

const secret = crypto.createSecretKey('abc', 'utf8');
console.log(secret, secret.type, secret.symmetricKeySize, secret.export(), secret.export({ format: 'jwk' }), secret.equals(crypto.createSecretKey(Buffer.from('abc'))));

attempt('scrypt memory', () => crypto.scryptSync('a', 'b', 1, { N: 2 ** 20 })); // OpenSSL keeps this one for whoever fails next

crypto.createHash('sha256').on('readable', function() {
  const digest = this.read();
  if (digest) console.log('stream', digest.toString('hex'));
}).end('abc');
const stream = crypto.createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setEncoding('hex');
stream.on('data', (data) => console.log('ciphered', data)).on('end', () => console.log('end'));
stream.write('some data ');
stream.end('and more');

process.noDeprecation = true;
const fromPassword = crypto.createCipher('aes-192-cbc', 'password');
const ciphered = fromPassword.update('text', 'utf8', 'hex') + fromPassword.final('hex');
const back = crypto.createDecipher('aes-192-cbc', 'password');
console.log(ciphered, back.update(ciphered, 'hex', 'utf8') + back.final('utf8'));
