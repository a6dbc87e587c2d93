// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OperationArguments.h"

namespace loopscope {

/// The operations of CryptoOperations on SPKAC, Netscape's signed public keys, that crypto.Certificate reads: Base64 as bytes.
///
///     spkacVerify(text) -> bool            spkacPublicKey(text), spkacChallenge(text) -> bytes; empty if it is none
namespace SpkacOperations {

IoResult verify(const OperationArguments &arguments);
/// SubjectPublicKeyInfo in PEM.
IoResult publicKey(const OperationArguments &arguments);
IoResult challenge(const OperationArguments &arguments);

} // namespace SpkacOperations

} // namespace loopscope
