// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Web Crypto: each algorithm there and back, keys in their formats, and the DOMExceptions of wrong uses.
const { subtle } = globalThis.crypto;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const data = Buffer.from('some data');
const iv = Buffer.alloc(16, 3);

console.log(hex(await subtle.digest('SHA-256', data)), hex(await subtle.digest({ name: 'sha-1' }, new Uint8Array(2).buffer)));
const mac = await subtle.importKey('raw', Buffer.from('key'), { name: 'HMAC', hash: 'SHA-512' }, true, ['sign', 'verify']);
const tag = await subtle.sign('HMAC', mac, data);
console.log(mac, hex(tag), await subtle.verify('HMAC', mac, tag, data), await subtle.verify('HMAC', mac, tag, iv), await subtle.exportKey('jwk', mac));

for (const [name, parameters] of [['AES-CBC', { iv }], ['AES-GCM', { iv, additionalData: data }], ['AES-CTR', { counter: iv, length: 64 }]]) {
  const key = await subtle.importKey('raw', Buffer.alloc(32, 5), name, true, ['encrypt', 'decrypt']);
  const hidden = await subtle.encrypt({ name, ...parameters }, key, data);
  console.log(name, hex(hidden), Buffer.from(await subtle.decrypt({ name, ...parameters }, key, hidden)).toString(), (await subtle.exportKey('jwk', key)).alg);
}
for (const [name, options, use] of [['RSASSA-PKCS1-v1_5', {}], ['RSA-PSS', {}, { saltLength: 16 }], ['ECDSA', { namedCurve: 'P-384' }, { hash: 'SHA-256' }], ['Ed25519', {}]]) {
  const { publicKey, privateKey } = await subtle.generateKey({ name, modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256', ...options },
                                                              true, ['sign', 'verify']);
  const signature = await subtle.sign({ name, ...use }, privateKey, data);
  const again = await subtle.importKey('spki', await subtle.exportKey('spki', publicKey), { name, hash: 'SHA-256', ...options }, true, ['verify']);
  const jwk = await subtle.exportKey('jwk', privateKey);
  console.log(name, publicKey.algorithm, publicKey.usages, privateKey.usages, await subtle.verify({ name, ...use }, again, signature, data), Object.keys(jwk).sort().join());
}
const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt: iv, iterations: 20 };
console.log(hex(await subtle.deriveBits(pbkdf2, password, 128)), await subtle.deriveKey(pbkdf2, password, { name: 'AES-KW', length: 128 }, true, ['wrapKey']));
const material = await subtle.importKey('raw', Buffer.from('key'), 'HKDF', false, ['deriveBits']);
console.log(hex(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-1', salt: iv, info: data }, material, 64)));
const wrapping = await subtle.importKey('raw', Buffer.alloc(16, 1), 'AES-KW', false, ['wrapKey', 'unwrapKey']);
const wrapped = await subtle.wrapKey('raw', await subtle.importKey('raw', Buffer.alloc(32, 9), 'AES-CBC', true, ['encrypt']), wrapping, 'AES-KW');
const unwrapped = await subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', 'AES-CBC', true, ['encrypt']);
console.log(hex(wrapped), hex(await subtle.exportKey('raw', unwrapped)));
const [one, other] = [await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']), await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])];
console.log(hex(await subtle.deriveBits({ name: 'ECDH', public: other.publicKey }, one.privateKey, 256)) === hex(await subtle.deriveBits({ name: 'ECDH', public: one.publicKey }, other.privateKey, 256)),
            (await subtle.exportKey('raw', one.publicKey)).byteLength);
const oaep = await subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' }, true, ['encrypt', 'decrypt']);
console.log(Buffer.from(await subtle.decrypt('RSA-OAEP', oaep.privateKey, await subtle.encrypt('RSA-OAEP', oaep.publicKey, data))).toString());

const wrongs = [
  () => subtle.digest('MD5', data), () => subtle.digest('SHA-1'), () => subtle.sign('HMAC', password, data), () => subtle.exportKey('raw', password),
  () => subtle.importKey('raw', Buffer.alloc(3), 'AES-GCM', true, ['encrypt']), () => subtle.importKey('raw', data, { name: 'HMAC', hash: 'SHA-1' }, true, ['encrypt']),
  () => subtle.generateKey({ name: 'AES-GCM', length: 7 }, true, ['encrypt']), () => subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, []),
  () => subtle.importKey('raw', data, 'PBKDF2', true, ['deriveBits']), () => subtle.deriveBits(pbkdf2, password, 7), () => subtle.exportKey('pkcs8', oaep.publicKey),
  () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-1' }, true, ['sign']), () => new crypto.constructor(), () => new CryptoKey(),
];
for (const wrong of wrongs) {
  try {
    console.log(await wrong());
  } catch (error) {
    console.log(error.constructor.name, error.name, error.code, error.message);
  }
}
console.log(Object.keys(Object.getPrototypeOf(subtle)).join(), String(crypto), String(subtle));
