// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// DSA and Diffie-Hellman key pairs, restrictions of RSA-PSS, keys that do not fit each other, and SPKAC.
'use strict';
const crypto = require('crypto');

function attempt(what) {
  try {
    return what();
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
}

const dsa = crypto.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
console.log(dsa.privateKey.asymmetricKeyType, dsa.publicKey.asymmetricKeyDetails);
for (const dsaEncoding of ['der', 'ieee-p1363']) {
  const signature = crypto.sign('sha256', Buffer.from('data'), { key: dsa.privateKey, dsaEncoding });
  console.log(dsaEncoding, signature.length === 40, crypto.verify('sha256', Buffer.from('data'), { key: dsa.publicKey, dsaEncoding }, signature));
}
console.log(attempt(() => dsa.publicKey.export({ format: 'jwk' })));

const group = () => crypto.generateKeyPairSync('dh', { group: 'modp5' });
const [alice, bob] = [group(), group()];
const agreed = (one, other) => crypto.diffieHellman({ privateKey: one.privateKey, publicKey: other.publicKey });
console.log(alice.publicKey.asymmetricKeyType, alice.publicKey.asymmetricKeyDetails, agreed(alice, bob).equals(agreed(bob, alice)), agreed(alice, bob).length);
console.log(attempt(() => agreed(alice, crypto.generateKeyPairSync('dh', { group: 'modp14' }))));
for (const options of [{}, { group: 'none' }, { group: 'modp5', generator: 2 }, { primeLength: -1 }]) {
  console.log(attempt(() => crypto.generateKeyPairSync('dh', options)));
}
console.log(attempt(() => crypto.createDiffieHellman('abcdef', 'hex', 1)), attempt(() => crypto.createDiffieHellman(1)));
console.log(crypto.createDiffieHellman(Buffer.from('ffffff', 'hex'), 5).verifyError);

for (const options of [{}, { hashAlgorithm: 'sha256' }, { hashAlgorithm: 'sha1', saltLength: 7 }]) {
  console.log(crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024, ...options }).publicKey.asymmetricKeyDetails);
}
console.log(attempt(() => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'sec1', format: 'pem', cipher: 'none', passphrase: 'x' } })));
console.log(crypto.generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey.export({ type: 'spki', format: 'der' }).length > 200);

const ecdh = crypto.createECDH('secp256k1');
console.log(attempt(() => ecdh.setPublicKey(Buffer.from([1]))), attempt(() => ecdh.computeSecret(Buffer.alloc(33))));
ecdh.generateKeys();
const other = crypto.createECDH('secp256k1');
other.generateKeys();
process.once('warning', () => {});
ecdh.setPublicKey(other.getPublicKey());
console.log(attempt(() => ecdh.computeSecret(other.getPublicKey())));

const pair = crypto.generateKeyPairSync('rsa', { modulusLength: 1024, privateKeyEncoding: { type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: '' } });
console.log(attempt(() => crypto.createPrivateKey({ key: pair.privateKey, type: 'pkcs8', format: 'der' })));
console.log(crypto.createPrivateKey({ key: pair.privateKey, type: 'pkcs8', format: 'der', passphrase: '' }).asymmetricKeyType);
console.log(attempt(() => crypto.privateDecrypt({ key: crypto.createPrivateKey({ key: pair.privateKey, type: 'pkcs8', format: 'der', passphrase: '' }), padding: 1 }, Buffer.alloc(128))));

const view = new BigUint64Array([1n, 2n]);
console.log(ArrayBuffer.isView(view), crypto.createHash('sha1').update(view).digest('hex'), Buffer.byteLength(view));
console.log(attempt(() => crypto.generatePrimeSync(64, { add: 7n, rem: 8n })), attempt(() => crypto.generatePrimeSync(8, { add: 1024n })));

const hash = crypto.createHash('sha256');
hash.on('data', (digest) => console.log(digest.equals(hash.digest()), attempt(() => hash.digest())));
hash.end('piped');
console.log(crypto.Certificate.verifySpkac('none'), crypto.Certificate.exportPublicKey('none') === '', new crypto.Certificate().exportChallenge('none') === '');
