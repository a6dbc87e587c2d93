// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: jose
// does: Signs and verifies tokens with a shared key, unsecured tokens, base64url and thumbprints; refuses forged and expired ones.
import { CompactSign, SignJWT, UnsecuredJWT, base64url, calculateJwkThumbprint, compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, exportJWK, jwtVerify } from 'jose';

const secret = new TextEncoder().encode('a secret of at least 32 bytes in it!');
const token = await new SignJWT({ user: 'ada' }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).setIssuedAt(1700000000).setIssuer('me').setAudience('you').setExpirationTime(1700003600).sign(secret);
console.log(token);
const currentDate = new Date(1700000100_000);
console.log(await jwtVerify(token, secret, { issuer: 'me', audience: 'you', currentDate }));
for (const [given, options] of [[token, { currentDate: new Date(1800000000_000) }], [token, { currentDate, issuer: 'x' }], [token.slice(0, -2) + 'AA', { currentDate }], ['nonsense', {}], [token, { currentDate, algorithms: ['HS512'] }]])
    await jwtVerify(given, secret, options).catch((error) => console.log(error.code, error.message, error instanceof errors.JOSEError));
console.log(decodeJwt(token), decodeProtectedHeader(token));
const unsecured = new UnsecuredJWT({ open: true }).setIssuedAt(1).encode();
console.log(unsecured, UnsecuredJWT.decode(unsecured).payload);
const compact = await new CompactSign(new TextEncoder().encode('payload')).setProtectedHeader({ alg: 'HS512', kid: 'k' }).sign(new Uint8Array(64).fill(7));
console.log(compact, new TextDecoder().decode((await compactVerify(compact, new Uint8Array(64).fill(7))).payload));
const jwk = { kty: 'oct', k: base64url.encode(secret), kid: 'k1', alg: 'HS256' };
console.log(await calculateJwkThumbprint(jwk), await exportJWK(secret), new TextDecoder().decode(base64url.decode('aGVsbG8')));
const keys = createLocalJWKSet({ keys: [{ kty: 'oct', k: base64url.encode('other'), kid: 'k0', alg: 'HS256' }] });
await jwtVerify(token, keys, { currentDate }).catch((error) => console.log(error.code));
