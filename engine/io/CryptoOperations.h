// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// What Node's `crypto` has carried out on the pool's threads, or at once by the *Sync functions, by name; on OpenSSL. Nothing is kept
/// between calls: any thread may perform any operation at any time, so a provider calls perform() on a pool thread of its own, real or of
/// virtual time. Random bytes come from the thread's RandomSource.
///
/// Arguments by position; `bytes` may be text (UTF-8). Names of digests, ciphers and curves are OpenSSL's.
///
///     randomBytes(count) -> bytes
///     pbkdf2(digest, password, salt, iterations, length) -> bytes         scrypt(password, salt, length, N, r, p, maxmem) -> bytes
///     hkdf(digest, key, salt, info, length) -> bytes
///     hash(digest, data) -> bytes                                          hmac(digest, key, data) -> bytes
///     encrypt, decrypt(cipher, key, iv, data, additionalData?, tagLength?) -> bytes; with a tagLength the tag comes after the ciphertext
/// and those of KeyOperations, AgreementOperations and SpkacOperations.
///
/// Errors have OpenSSL's words and the code that Node derives from them (takeOpenSslError).
class CryptoOperations
{
public:
    static bool knows(const QString &name);
    /// An operation it does not know fails with ERR_CRYPTO_OPERATION_FAILED.
    static IoResult perform(const IoOperation &operation);
};

} // namespace loopscope
