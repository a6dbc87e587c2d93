// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: jsonwebtoken
// does: Signs and verifies HS256, HS384 and HS512 tokens with claims, expiry and key functions; refuses forged and expired ones.
const jwt = require('jsonwebtoken');

const secret = 'a secret of some length';
const token = jwt.sign({ user: 'ada', iat: 1700000000 }, secret, { noTimestamp: true });
console.log(token, jwt.verify(token, secret));
console.log(jwt.decode(token, { complete: true }));
for (const algorithm of ['HS384', 'HS512'])
    console.log(jwt.sign({ a: 1 }, secret, { algorithm, noTimestamp: true, keyid: 'k1' }));
const full = jwt.sign({ iat: 1700000000 }, secret, { expiresIn: '1h', notBefore: 0, audience: 'me', issuer: 'you', subject: 'it', jwtid: 'id' });
console.log(jwt.verify(full, secret, { clockTimestamp: 1700000100, audience: 'me', issuer: /^y/, subject: 'it', jwtid: 'id', maxAge: '2h' }));
for (const [given, key, options] of [[token + 'x', secret], [token, 'wrong'], ['a.b', secret], [token, secret, { algorithms: ['HS512'] }], [full, secret, { clockTimestamp: 1800000000 }], [full, secret, { clockTimestamp: 1600000000 }], [full, secret, { clockTimestamp: 1700000100, audience: 'other' }], [full, secret, { clockTimestamp: 1700000100, issuer: 'nobody' }]]) {
    try {
        jwt.verify(given, key, options);
    } catch (error) {
        console.log(error.name, error.message, error.expiredAt || error.date || '');
    }
}
jwt.sign({ callback: true }, secret, { noTimestamp: true }, (error, signed) => {
    jwt.verify(signed, (header, callback) => setTimeout(callback, 5, null, header.alg === 'HS256' && secret), (failure, payload) => console.log(failure, payload));
});
try {
    jwt.sign({ exp: 'soon' }, secret);
} catch (error) {
    console.log(error.message);
}
console.log(jwt.decode('not a token'));
