// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OpenSslErrors.h"

#include <openssl/err.h>

#include <array>

namespace loopscope {

namespace {

/// The part of a code that names OpenSSL's library; Node has none for newer ones, such as the providers.
QString libraryWord(int library)
{
    struct Entry
    {
        int library;
        const char *word;
    };
    static constexpr std::array entries = {Entry{ERR_LIB_SYS, "SYS_"}, Entry{ERR_LIB_BN, "BN_"}, Entry{ERR_LIB_RSA, "RSA_"},
        Entry{ERR_LIB_DH, "DH_"}, Entry{ERR_LIB_EVP, "EVP_"}, Entry{ERR_LIB_BUF, "BUF_"}, Entry{ERR_LIB_OBJ, "OBJ_"},
        Entry{ERR_LIB_PEM, "PEM_"}, Entry{ERR_LIB_DSA, "DSA_"}, Entry{ERR_LIB_X509, "X509_"}, Entry{ERR_LIB_ASN1, "ASN1_"},
        Entry{ERR_LIB_CONF, "CONF_"}, Entry{ERR_LIB_CRYPTO, "CRYPTO_"}, Entry{ERR_LIB_EC, "EC_"}, Entry{ERR_LIB_BIO, "BIO_"},
        Entry{ERR_LIB_PKCS7, "PKCS7_"}, Entry{ERR_LIB_X509V3, "X509V3_"}, Entry{ERR_LIB_PKCS12, "PKCS12_"}, Entry{ERR_LIB_RAND, "RAND_"},
        Entry{ERR_LIB_HMAC, "HMAC_"}, Entry{ERR_LIB_KDF, "KDF_"}, Entry{ERR_LIB_OSSL_STORE, "OSSL_STORE_"}};
    for (const Entry &entry : entries) {
        if (entry.library == library)
            return QLatin1String(entry.word);
    }
    return {};
}

} // namespace

IoError makeCryptoError(const QString &code, const QString &message)
{
    IoError error;
    error.code = code;
    error.errorNumber = -1;
    error.description = message;
    return error;
}

IoError takeOpenSslError(const QString &fallback)
{
    const unsigned long number = ERR_get_error();
    ERR_clear_error();
    if (number == 0)
        return makeCryptoError(QStringLiteral("ERR_CRYPTO_OPERATION_FAILED"), fallback);
    std::array<char, 256> text{};
    ERR_error_string_n(number, text.data(), text.size());
    const char *reason = ERR_reason_error_string(number);
    QString code;
    if (reason) {
        code = QStringLiteral("ERR_OSSL_") + libraryWord(ERR_GET_LIB(number));
        code += QString::fromLatin1(reason).replace(QLatin1Char(' '), QLatin1Char('_')).toUpper();
    }
    return makeCryptoError(code.isEmpty() ? QStringLiteral("ERR_CRYPTO_OPERATION_FAILED") : code, QString::fromLatin1(text.data()));
}

} // namespace loopscope
