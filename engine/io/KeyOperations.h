// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OperationArguments.h"

namespace loopscope {

/// The operations of CryptoOperations on pairs of keys: RSA, RSA-PSS, DSA, DH, elliptic curves, Ed25519 and Ed448, X25519 and X448.
///
/// A key is DER, with its kind ("public": SubjectPublicKeyInfo, "private": PKCS#8). `?` may be left out. Paddings and salt lengths are
/// OpenSSL's numbers (crypto.constants).
///
///     generateKeyPair("rsa" or "rsa-pss", bits, exponent?, digest?, mgf1Digest?, saltLength?) -> [public DER, private DER]
///     generateKeyPair("ec", curve, isExplicit), ("dsa", bits, divisor bits?), ("dh", prime bytes or bits, generator), ("ed25519"), ...
///     importKey(kind: "public", "private" or "any", format: "pem" or "der", type?: "pkcs1", "spki", "pkcs8", "sec1", passphrase?, data)
///         -> [kind, type, DER]; kind "public" takes a private key or an X.509 certificate too
///     importComponents(type, curve?, isPrivate, [n, e, d, p, q, dp, dq, qi] or [x, y, d] as bytes in a row, ...) -> [kind, type, DER]
///     exportKey(kind, DER, format, type, cipher?, passphrase?) -> bytes          publicKeyOf(private DER) -> public DER
///     keyDetails(kind, DER) -> [type, bits, exponent bytes, curve, digest, mgf1Digest, saltLength, divisor bits]; without digest: any of
///     RSA-PSS keyComponents(kind, DER) -> the bytes that importComponents takes; the private ones are empty for a public key
///     checkKey(kind, DER) -> whether its parts belong together
///     sign(digest or "", private DER, data, padding?, saltLength?, isP1363, isDigested) -> bytes
///     verify(digest or "", public DER, data, padding?, saltLength?, isP1363, isDigested, signature) -> bool
///     transformKey("encrypt", "decrypt", "signRaw" or "recover", kind, DER, data, padding, oaepDigest?, oaepLabel?) -> bytes
///     agree(private DER, public DER) -> bytes
namespace KeyOperations {

IoResult generateKeyPair(const OperationArguments &arguments);
IoResult importKey(const OperationArguments &arguments);
IoResult importComponents(const OperationArguments &arguments);
IoResult exportKey(const OperationArguments &arguments);
IoResult publicKeyOf(const OperationArguments &arguments);
IoResult keyDetails(const OperationArguments &arguments);
IoResult keyComponents(const OperationArguments &arguments);
IoResult checkKey(const OperationArguments &arguments);
IoResult sign(const OperationArguments &arguments);
IoResult verify(const OperationArguments &arguments);
IoResult transformKey(const OperationArguments &arguments);
IoResult agree(const OperationArguments &arguments);

} // namespace KeyOperations

} // namespace loopscope
