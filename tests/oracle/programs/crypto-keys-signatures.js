// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of keys: made, written and read in every format, signatures, encryption, agreement, and what is said about wrong ones.
'use strict';
const crypto = require('crypto');

function attempt(name, call) {
  try {
    console.log(name, call());
  } catch (error) {
    console.log(name, error.name, error.code, error.message, error.reason);
  }
}

const kinds = [['rsa', { modulusLength: 1024 }], ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 16 }], ['ec', { namedCurve: 'P-256' }],
               ['ec', { namedCurve: 'secp256k1' }], ['ed25519'], ['x25519']];
for (const [type, options] of kinds) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  console.log(type, publicKey.type, privateKey.type, publicKey.asymmetricKeyType, privateKey.asymmetricKeyDetails);
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  const publicPem = publicKey.export({ format: 'pem', type: 'spki' });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  console.log(pem.split('\n')[0], publicPem.split('\n')[0], crypto.createPublicKey(privateKey).equals(publicKey), crypto.createPrivateKey(pem).equals(privateKey),
              crypto.createPublicKey(pem).equals(publicKey), crypto.createPublicKey({ key: der, format: 'der', type: 'spki' }).equals(publicKey));
  const locked = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'open' });
  console.log(locked.split('\n')[0], crypto.createPrivateKey({ key: locked, passphrase: 'open' }).equals(privateKey));
  attempt('locked', () => crypto.createPrivateKey(locked));
  attempt('jwk', () => `${Object.keys(privateKey.export({ format: 'jwk' }))} ${Object.keys(publicKey.export({ format: 'jwk' }))}`);
  attempt('from jwk', () => crypto.createPrivateKey({ key: privateKey.export({ format: 'jwk' }), format: 'jwk' }).equals(privateKey));
  if (type === 'x25519') continue;
  const digest = type === 'ed25519' ? null : 'sha256';
  const signature = crypto.sign(digest, Buffer.from('data'), privateKey);
  console.log('signed', crypto.verify(digest, Buffer.from('data'), publicKey, signature), crypto.verify(digest, Buffer.from('date'), publicKey, signature));
  if (digest === null) continue;
  const streamed = crypto.createSign('RSA-SHA256').update('da').update('ta').sign(privateKey, 'base64');
  console.log(crypto.createVerify('sha256').update('data').verify(publicPem, streamed, 'base64'), crypto.createVerify('sha256').update('x').verify(publicKey, streamed, 'base64'));
}

const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
console.log(privateKey.export({ format: 'pem', type: 'pkcs1' }).split('\n')[0], publicKey.export({ format: 'pem', type: 'pkcs1' }).split('\n')[0]);
console.log(crypto.privateDecrypt(privateKey, crypto.publicEncrypt(publicKey, Buffer.from('secret'))).toString(),
            crypto.publicDecrypt(publicKey, crypto.privateEncrypt(privateKey, Buffer.from('signed'))).toString());
const oaep = { oaepHash: 'sha256', oaepLabel: Buffer.from('label') };
console.log(crypto.privateDecrypt({ key: privateKey, ...oaep }, crypto.publicEncrypt({ key: publicKey, ...oaep }, Buffer.from('oaep'))).toString());
const pss = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 };
console.log(crypto.verify('sha256', Buffer.from('x'), { key: publicKey, ...pss }, crypto.sign('sha256', Buffer.from('x'), { key: privateKey, ...pss })));
const curve = crypto.generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const flat = crypto.sign('sha256', Buffer.from('x'), { key: curve.privateKey, dsaEncoding: 'ieee-p1363' });
console.log(flat.length, crypto.verify('sha256', Buffer.from('x'), { key: curve.publicKey, dsaEncoding: 'ieee-p1363' }, flat));

attempt('no key', () => crypto.createPrivateKey('nonsense'));
attempt('number', () => crypto.createPrivateKey(5));
attempt('secret', () => crypto.createPublicKey(crypto.createSecretKey(Buffer.from('a'))));
attempt('nothing to sign with', () => crypto.sign('sha256', Buffer.from('a')));
attempt('type', () => crypto.generateKeyPairSync('other'));
attempt('curve', () => crypto.generateKeyPairSync('ec', { namedCurve: 'other' }));
attempt('length', () => crypto.generateKeyPairSync('rsa', {}));
attempt('encoding', () => publicKey.export({ format: 'pem', type: 'pkcs8' }));
attempt('cipher', () => privateKey.export({ format: 'pem', type: 'pkcs8', passphrase: 'x' }));
attempt('sign digest', () => crypto.createSign('other'));

const [one, other] = [crypto.createECDH('secp256k1'), crypto.createECDH('secp256k1')];
one.generateKeys();
other.setPrivateKey(Buffer.alloc(32, 7));
console.log(other.getPublicKey('hex', 'compressed'), one.computeSecret(other.getPublicKey()).equals(other.computeSecret(one.getPublicKey())));
console.log(crypto.ECDH.convertKey(other.getPublicKey('hex'), 'secp256k1', 'hex', 'hex', 'hybrid'));
attempt('no curve', () => crypto.createECDH('other'));
attempt('not generated', () => crypto.createECDH('secp256k1').getPublicKey());
attempt('format', () => one.getPublicKey('hex', 'other'));
const group = crypto.getDiffieHellman('modp14');
const pair = crypto.createDiffieHellman(group.getPrime(), group.getGenerator());
group.generateKeys();
pair.generateKeys();
console.log(group.computeSecret(pair.getPublicKey()).equals(pair.computeSecret(group.getPublicKey())), pair.verifyError, group.getPrime('hex').slice(0, 20));
attempt('group', () => crypto.getDiffieHellman('other'));
attempt('agreement', () => crypto.diffieHellman(curve).length);
attempt('no agreement', () => crypto.diffieHellman({ publicKey, privateKey }));
console.log(crypto.checkPrimeSync(Buffer.from([13])), crypto.checkPrimeSync(Buffer.from([15])), crypto.checkPrimeSync(crypto.generatePrimeSync(40)));

crypto.generateKeyPair('ec', { namedCurve: 'P-384', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } },
                       (error, publicPem, privateDer) => {
                         console.log(error, publicPem.split('\n')[0], Buffer.isBuffer(privateDer));
                         crypto.sign('sha384', Buffer.from('x'), { key: privateDer, format: 'der', type: 'pkcs8' }, (failure, signature) => {
                           crypto.verify('sha384', Buffer.from('x'), publicPem, signature, (problem, isValid) => {
                             console.log(failure, problem, isValid);
                             crypto.generateKey('aes', { length: 192 }, (wrong, key) => console.log(wrong, key.symmetricKeySize));
                           });
                         });
                       });
