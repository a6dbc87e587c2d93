// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OpenSslErrors.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>

#include <QByteArray>

#include <memory>

/// OpenSSL's objects with their owners, and bytes as it takes them.
namespace loopscope {

template<auto Free>
struct OpenSslDeleter
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using Key = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, OpenSslDeleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, OpenSslDeleter<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpenSslDeleter<EVP_CIPHER_CTX_free>>;
using BigNumber = std::unique_ptr<BIGNUM, OpenSslDeleter<BN_free>>;
using Bio = std::unique_ptr<BIO, OpenSslDeleter<BIO_free_all>>;

inline unsigned char *data(QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }
inline const unsigned char *data(const QByteArray &bytes) { return reinterpret_cast<const unsigned char *>(bytes.constData()); }
inline int size(const QByteArray &bytes) { return static_cast<int>(bytes.size()); }

} // namespace loopscope
