// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CryptoOperations.h"

#include "io/AgreementOperations.h"
#include "io/KeyOperations.h"
#include "io/OpenSsl.h"
#include "io/OperationArguments.h"
#include "io/RandomSource.h"
#include "io/SpkacOperations.h"

#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

const EVP_MD *digestOf(const OperationArguments &arguments) { return EVP_get_digestbyname(arguments.bytes(0).constData()); }

IoResult randomBytes(const OperationArguments &arguments)
{
    QByteArray bytes(arguments.integer(0, 0), Qt::Uninitialized);
    if (RAND_bytes(data(bytes), static_cast<int>(bytes.size())) != 1)
        return {takeOpenSslError(QStringLiteral("no random bytes")), {}};
    return {{}, {bytes}};
}

IoResult pbkdf2(const OperationArguments &arguments)
{
    const QByteArray password = arguments.bytes(1);
    const QByteArray salt = arguments.bytes(2);
    QByteArray key(arguments.integer(4, 0), Qt::Uninitialized);
    const EVP_MD *digest = digestOf(arguments);
    const bool isDerived = key.isEmpty()
        || (digest
            && PKCS5_PBKDF2_HMAC(
                   password.constData(), size(password), data(salt), size(salt), arguments.integer(3, 1), digest, size(key), data(key))
                == 1);
    return isDerived ? IoResult{{}, {key}} : IoResult{takeOpenSslError(QStringLiteral("PBKDF2 failed")), {}};
}

IoResult scrypt(const OperationArguments &arguments)
{
    const QByteArray password = arguments.bytes(0);
    const QByteArray salt = arguments.bytes(1);
    QByteArray key(arguments.integer(2, 0), Qt::Uninitialized);
    const auto parameter = [&arguments](std::size_t index) { return static_cast<quint64>(arguments.number(index, 0)); };
    const bool isDerived = key.isEmpty()
        || EVP_PBE_scrypt(password.constData(), static_cast<std::size_t>(password.size()), data(salt),
               static_cast<std::size_t>(salt.size()), parameter(3), parameter(4), parameter(5), parameter(6), data(key),
               static_cast<std::size_t>(key.size()))
            == 1;
    return isDerived ? IoResult{{}, {key}} : IoResult{takeOpenSslError(QStringLiteral("scrypt failed")), {}};
}

IoResult hkdf(const OperationArguments &arguments)
{
    const QByteArray input = arguments.bytes(1);
    const QByteArray salt = arguments.bytes(2);
    const QByteArray info = arguments.bytes(3);
    QByteArray key(arguments.integer(4, 0), Qt::Uninitialized);
    if (key.isEmpty())
        return {{}, {key}};
    // OpenSSL refuses an empty key of input: the extraction is done by hand then, as RFC 5869 (2.2) says.
    const KeyContext context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr));
    const EVP_MD *digest = digestOf(arguments);
    std::size_t length = static_cast<std::size_t>(key.size());
    QByteArray extracted(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int extractedSize = 0;
    if (!digest || !context)
        return {takeOpenSslError(QStringLiteral("HKDF failed")), {}};
    const QByteArray usedSalt = salt.isEmpty() ? QByteArray(EVP_MD_get_size(digest), '\0') : salt;
    const bool isDerived = HMAC(digest, usedSalt.constData(), size(usedSalt), data(input), static_cast<std::size_t>(input.size()),
                               data(extracted), &extractedSize)
        && EVP_PKEY_derive_init(context.get()) == 1 && EVP_PKEY_CTX_set_hkdf_mode(context.get(), EVP_PKEY_HKDEF_MODE_EXPAND_ONLY) == 1
        && EVP_PKEY_CTX_set_hkdf_md(context.get(), digest) == 1
        && EVP_PKEY_CTX_set1_hkdf_key(context.get(), data(extracted), static_cast<int>(extractedSize)) == 1
        && EVP_PKEY_CTX_add1_hkdf_info(context.get(), data(info), size(info)) == 1
        && EVP_PKEY_derive(context.get(), data(key), &length) == 1;
    return isDerived ? IoResult{{}, {key}} : IoResult{takeOpenSslError(QStringLiteral("HKDF failed")), {}};
}

IoResult hash(const OperationArguments &arguments)
{
    const QByteArray input = arguments.bytes(1);
    QByteArray value(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int length = 0;
    const EVP_MD *digest = digestOf(arguments);
    if (!digest || EVP_Digest(input.constData(), static_cast<std::size_t>(input.size()), data(value), &length, digest, nullptr) != 1)
        return {takeOpenSslError(QStringLiteral("Digest method not supported")), {}};
    return {{}, {value.left(static_cast<qsizetype>(length))}};
}

IoResult hmac(const OperationArguments &arguments)
{
    const QByteArray key = arguments.bytes(1);
    const QByteArray input = arguments.bytes(2);
    QByteArray value(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int length = 0;
    const EVP_MD *digest = digestOf(arguments);
    if (!digest || !HMAC(digest, key.constData(), size(key), data(input), static_cast<std::size_t>(input.size()), data(value), &length))
        return {takeOpenSslError(QStringLiteral("HMAC failed")), {}};
    return {{}, {value.left(static_cast<qsizetype>(length))}};
}

/// Sets `context` up for the cipher, key, iv and additional data among the arguments.
bool beginCipher(EVP_CIPHER_CTX *context, const OperationArguments &arguments, bool encrypts)
{
    const EVP_CIPHER *cipher = EVP_get_cipherbyname(arguments.bytes(0).constData());
    const QByteArray key = arguments.bytes(1);
    const QByteArray iv = arguments.bytes(2);
    const QByteArray additional = arguments.bytes(4);
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (!cipher || EVP_CipherInit_ex(context, cipher, nullptr, nullptr, nullptr, encrypts) != 1)
        return false;
    const bool isAuthenticated = arguments.isNumber(5);
    if (isAuthenticated && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, size(iv), nullptr) != 1)
        return false;
    if (EVP_CIPHER_CTX_get_key_length(context) != size(key)
        || EVP_CipherInit_ex(context, nullptr, nullptr, data(key), iv.isEmpty() ? nullptr : data(iv), encrypts) != 1)
        return false;
    int moved = 0;
    return additional.isEmpty() || EVP_CipherUpdate(context, nullptr, &moved, data(additional), size(additional)) == 1;
}

IoResult runCipher(const OperationArguments &arguments, bool encrypts)
{
    const CipherContext context(EVP_CIPHER_CTX_new());
    QByteArray input = arguments.bytes(3);
    const int tagSize = arguments.integer(5, 0);
    const IoResult failure{makeCryptoError(QStringLiteral("ERR_CRYPTO_OPERATION_FAILED"), QStringLiteral("Cipher job failed")), {}};
    QByteArray tag(tagSize, Qt::Uninitialized);
    if (!encrypts && tagSize > 0) {
        if (input.size() < tagSize)
            return failure;
        tag = input.right(tagSize);
        input.chop(tagSize);
    }
    QByteArray output(input.size() + EVP_MAX_BLOCK_LENGTH, Qt::Uninitialized);
    int moved = 0;
    int last = 0;
    const bool isDone = beginCipher(context.get(), arguments, encrypts)
        && (encrypts || tagSize == 0 || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tagSize, tag.data()) == 1)
        && EVP_CipherUpdate(context.get(), data(output), &moved, data(input), size(input)) == 1
        && EVP_CipherFinal_ex(context.get(), data(output) + moved, &last) == 1
        && (!encrypts || tagSize == 0 || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tagSize, tag.data()) == 1);
    ERR_clear_error();
    if (!isDone)
        return failure;
    output.truncate(moved + last);
    return {{}, {encrypts ? output + tag : output}};
}

IoResult encrypt(const OperationArguments &arguments) { return runCipher(arguments, true); }
IoResult decrypt(const OperationArguments &arguments) { return runCipher(arguments, false); }

struct Entry
{
    const char *name;
    IoResult (*perform)(const OperationArguments &);
};

constexpr std::array entries = {
    Entry{"randomBytes", randomBytes},
    Entry{"pbkdf2", pbkdf2},
    Entry{"scrypt", scrypt},
    Entry{"hkdf", hkdf},
    Entry{"hash", hash},
    Entry{"hmac", hmac},
    Entry{"encrypt", encrypt},
    Entry{"decrypt", decrypt},
    Entry{"generateKeyPair", KeyOperations::generateKeyPair},
    Entry{"importKey", KeyOperations::importKey},
    Entry{"importComponents", KeyOperations::importComponents},
    Entry{"exportKey", KeyOperations::exportKey},
    Entry{"publicKeyOf", KeyOperations::publicKeyOf},
    Entry{"keyDetails", KeyOperations::keyDetails},
    Entry{"keyComponents", KeyOperations::keyComponents},
    Entry{"checkKey", KeyOperations::checkKey},
    Entry{"sign", KeyOperations::sign},
    Entry{"verify", KeyOperations::verify},
    Entry{"transformKey", KeyOperations::transformKey},
    Entry{"agree", KeyOperations::agree},
    Entry{"modularPower", AgreementOperations::modularPower},
    Entry{"groupPrime", AgreementOperations::groupPrime},
    Entry{"ecdhGenerate", AgreementOperations::ecdhGenerate},
    Entry{"ecdhPublic", AgreementOperations::ecdhPublic},
    Entry{"ecdhCompute", AgreementOperations::ecdhCompute},
    Entry{"ecdhConvert", AgreementOperations::ecdhConvert},
    Entry{"generatePrime", AgreementOperations::generatePrime},
    Entry{"checkPrime", AgreementOperations::checkPrime},
    Entry{"spkacVerify", SpkacOperations::verify},
    Entry{"spkacPublicKey", SpkacOperations::publicKey},
    Entry{"spkacChallenge", SpkacOperations::challenge},
};

const Entry *find(const QString &name)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&name](const Entry &entry) { return name == QLatin1String(entry.name); });
    return found == entries.end() ? nullptr : found;
}

} // namespace

bool CryptoOperations::knows(const QString &name) { return find(name) != nullptr; }

IoResult CryptoOperations::perform(const IoOperation &operation)
{
    RandomSource::prepareOpenSsl();
    const Entry *entry = find(operation.name);
    if (!entry)
        return {makeCryptoError(QStringLiteral("ERR_CRYPTO_OPERATION_FAILED"), operation.name), {}};
    ERR_clear_error();
    return entry->perform(OperationArguments(operation.arguments));
}

} // namespace loopscope
