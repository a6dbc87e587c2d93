// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OperationArguments.h"

namespace loopscope {

/// The operations of CryptoOperations on bare numbers and points: createDiffieHellman, createECDH and primes. Numbers are big-endian bytes.
///
///     modularPower(base, exponent, modulus) -> bytes, as long as the modulus      groupPrime(name: "modp14", ...) -> bytes
///     ecdhGenerate(curve) -> [private bytes]            ecdhPublic(curve, private, form) -> point
///     ecdhCompute(curve, private, other's point) -> secret         ecdhConvert(curve, point, form) -> point
///         form: OpenSSL's 2 (compressed), 4 (uncompressed) or 6 (hybrid)
///     generatePrime(bits, isSafe, add?, remainder?) -> bytes         checkPrime(number, checks) -> bool
///
/// A point that is not on the curve fails with ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY.
namespace AgreementOperations {

IoResult modularPower(const OperationArguments &arguments);
IoResult groupPrime(const OperationArguments &arguments);
IoResult ecdhGenerate(const OperationArguments &arguments);
IoResult ecdhPublic(const OperationArguments &arguments);
IoResult ecdhCompute(const OperationArguments &arguments);
IoResult ecdhConvert(const OperationArguments &arguments);
IoResult generatePrime(const OperationArguments &arguments);
IoResult checkPrime(const OperationArguments &arguments);

} // namespace AgreementOperations

} // namespace loopscope
