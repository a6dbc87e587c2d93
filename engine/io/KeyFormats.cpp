// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/KeyFormats.h"

#include "io/KeyOperations.h"

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <cstring>

namespace loopscope {

namespace {

using Encoder = std::unique_ptr<OSSL_ENCODER_CTX, OpenSslDeleter<OSSL_ENCODER_CTX_free>>;
using Decoder = std::unique_ptr<OSSL_DECODER_CTX, OpenSslDeleter<OSSL_DECODER_CTX_free>>;
using Certificate = std::unique_ptr<X509, OpenSslDeleter<X509_free>>;

/// OpenSSL's name of Node's "pkcs1", "spki", "pkcs8", "sec1".
const char *structureOf(const QByteArray &type)
{
    if (type == "pkcs1" || type == "sec1")
        return "type-specific";
    return type == "spki" ? "SubjectPublicKeyInfo" : "PrivateKeyInfo";
}

/// What a PEM reader is to ask for the passphrase: the one given, or none.
int givePassphrase(char *buffer, int capacity, int, void *given)
{
    const auto *passphrase = static_cast<const QByteArray *>(given);
    if (!passphrase || passphrase->isNull() || passphrase->size() > capacity)
        return -1;
    std::memcpy(buffer, passphrase->constData(), static_cast<std::size_t>(passphrase->size()));
    return size(*passphrase);
}

IoResult described(const Key &key, bool isPrivate)
{
    const QString type = typeOf(key.get());
    if (type.isNull())
        return {makeCryptoError(QStringLiteral("ERR_CRYPTO_OPERATION_FAILED"), QStringLiteral("Unsupported key type")), {}};
    return {{},
        {std::vector<IoValue>{{isPrivate ? QStringLiteral("private") : QStringLiteral("public")}, {type}, {derOf(key.get(), isPrivate)}}}};
}

Bio readerOf(const QByteArray &bytes) { return Bio(BIO_new_mem_buf(bytes.constData(), size(bytes))); }

Key readPrivatePem(const QByteArray &pem, const QByteArray &passphrase)
{
    const Bio bio = readerOf(pem);
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, const_cast<QByteArray *>(&passphrase)));
}

/// SubjectPublicKeyInfo, PKCS#1 or a certificate, as their headers say.
Key readPublicPem(const QByteArray &pem)
{
    const Bio bio = readerOf(pem);
    if (pem.contains("-----BEGIN CERTIFICATE")) {
        const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        return Key(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
    }
    if (!pem.contains("-----BEGIN RSA PUBLIC KEY"))
        return Key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    EVP_PKEY *key = nullptr;
    const Decoder decoder(OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", "type-specific", "RSA", EVP_PKEY_PUBLIC_KEY, nullptr, nullptr));
    if (decoder)
        OSSL_DECODER_from_bio(decoder.get(), bio.get());
    return Key(key);
}

Key readDer(const QByteArray &der, const QByteArray &type, const QByteArray &passphrase, bool isPrivate)
{
    const Bio bio = readerOf(der);
    EVP_PKEY *key = nullptr;
    const int selection = isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    // Encrypted PKCS#8 has a structure of its own, which the decoder finds.
    const char *structure = isPrivate && type == "pkcs8" ? nullptr : structureOf(type);
    const Decoder decoder(OSSL_DECODER_CTX_new_for_pkey(&key, "DER", structure, nullptr, selection, nullptr, nullptr));
    if (decoder && !passphrase.isNull())
        OSSL_DECODER_CTX_set_passphrase(decoder.get(), data(passphrase), static_cast<std::size_t>(passphrase.size()));
    if (decoder)
        OSSL_DECODER_from_bio(decoder.get(), bio.get());
    return Key(key);
}

/// Whether it is an EncryptedPrivateKeyInfo (RFC 5208).
bool isEncrypted(const QByteArray &der)
{
    const unsigned char *start = data(der);
    X509_SIG *info = d2i_X509_SIG(nullptr, &start, size(der));
    X509_SIG_free(info);
    return info != nullptr;
}

/// OpenSSL's encoders take an empty passphrase for none.
IoResult encryptedWithoutPassphrase(EVP_PKEY *key, bool isPem, bool isPkcs8, const EVP_CIPHER *cipher)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    const char *passphrase = "";
    const int status = !isPkcs8 ? PEM_write_bio_PrivateKey_traditional(
                           bio.get(), key, cipher, reinterpret_cast<const unsigned char *>(passphrase), 0, nullptr, nullptr)
        : isPem ? PEM_write_bio_PKCS8PrivateKey(bio.get(), key, cipher, passphrase, 0, nullptr, nullptr)
                : i2d_PKCS8PrivateKey_bio(bio.get(), key, cipher, passphrase, 0, nullptr, nullptr);
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    return status == 1 ? IoResult{{}, {QByteArray(bytes, length)}}
                       : IoResult{takeOpenSslError(QStringLiteral("Failed to encode private key")), {}};
}

bool isPublicPem(const QByteArray &pem)
{
    return pem.contains("-----BEGIN PUBLIC KEY") || pem.contains("-----BEGIN RSA PUBLIC KEY") || pem.contains("-----BEGIN CERTIFICATE");
}

} // namespace

QString typeOf(const EVP_PKEY *key)
{
    struct Entry
    {
        int id;
        const char *name;
    };
    static constexpr std::array entries = {Entry{EVP_PKEY_RSA, "rsa"}, Entry{EVP_PKEY_RSA_PSS, "rsa-pss"}, Entry{EVP_PKEY_EC, "ec"},
        Entry{EVP_PKEY_ED25519, "ed25519"}, Entry{EVP_PKEY_ED448, "ed448"}, Entry{EVP_PKEY_X25519, "x25519"}, Entry{EVP_PKEY_X448, "x448"},
        Entry{EVP_PKEY_DSA, "dsa"}, Entry{EVP_PKEY_DH, "dh"}};
    for (const Entry &entry : entries) {
        if (entry.id == EVP_PKEY_get_base_id(key))
            return QLatin1String(entry.name);
    }
    return {};
}

QByteArray textProperty(const EVP_PKEY *key, const char *name)
{
    std::array<char, 80> text{};
    std::size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(key, name, text.data(), text.size(), &length) != 1) {
        ERR_clear_error();
        return {};
    }
    return QByteArray(text.data(), static_cast<qsizetype>(length));
}

QByteArray derOf(EVP_PKEY *key, bool isPrivate)
{
    const Encoder encoder(OSSL_ENCODER_CTX_new_for_pkey(
        key, isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, "DER", structureOf(isPrivate ? "pkcs8" : "spki"), nullptr));
    unsigned char *bytes = nullptr;
    std::size_t length = 0;
    if (!encoder || OSSL_ENCODER_to_data(encoder.get(), &bytes, &length) != 1)
        return {};
    const QByteArray der(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    OPENSSL_free(bytes);
    return der;
}

Key keyFromDer(const QByteArray &der, bool isPrivate)
{
    const unsigned char *start = data(der);
    return Key(isPrivate ? d2i_AutoPrivateKey(nullptr, &start, size(der)) : d2i_PUBKEY(nullptr, &start, size(der)));
}

IoResult KeyOperations::importKey(const OperationArguments &arguments)
{
    const QByteArray kind = arguments.bytes(0);
    const bool isPem = arguments.bytes(1) == "pem";
    const QByteArray type = arguments.bytes(2);
    const QByteArray passphrase = arguments.bytes(3);
    const QByteArray input = arguments.bytes(4);
    const bool isPublicInput =
        kind != "private" && (isPem ? isPublicPem(input) : type == "spki" || (type == "pkcs1" && !readDer(input, type, passphrase, true)));
    ERR_clear_error();
    Key key = isPem ? (isPublicInput ? readPublicPem(input) : readPrivatePem(input, passphrase))
                    : readDer(input, type, passphrase, !isPublicInput);
    if (!key) {
        const unsigned long error = ERR_peek_error();
        const bool needsPassphrase = (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_BAD_PASSWORD_READ)
            || (!isPem && type == "pkcs8" && isEncrypted(input));
        if (passphrase.isNull() && needsPassphrase) {
            ERR_clear_error();
            return {makeCryptoError(QStringLiteral("ERR_MISSING_PASSPHRASE"), QStringLiteral("Passphrase required for encrypted key")), {}};
        }
        return {takeOpenSslError(QStringLiteral("Failed to read asymmetric key")), {}};
    }
    ERR_clear_error();
    return described(key, !isPublicInput && kind != "public");
}

IoResult KeyOperations::exportKey(const OperationArguments &arguments)
{
    const bool isPrivate = arguments.bytes(0) == "private";
    const bool isPem = arguments.bytes(2) == "pem";
    const QByteArray type = arguments.bytes(3);
    const QByteArray cipher = arguments.bytes(4);
    const QByteArray passphrase = arguments.bytes(5);
    const Key key = keyFromDer(arguments.bytes(1), isPrivate);
    if (key && !cipher.isEmpty() && passphrase.isEmpty())
        return encryptedWithoutPassphrase(key.get(), isPem, type == "pkcs8", EVP_get_cipherbyname(cipher.constData()));
    const char *structure = !cipher.isEmpty() && type == "pkcs8" ? "EncryptedPrivateKeyInfo" : structureOf(type);
    const Encoder encoder(key ? OSSL_ENCODER_CTX_new_for_pkey(
                              key.get(), isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, isPem ? "PEM" : "DER", structure, nullptr)
                              : nullptr);
    const bool isReady = encoder
        && (cipher.isEmpty()
            || (OSSL_ENCODER_CTX_set_cipher(encoder.get(), cipher.constData(), nullptr) == 1
                && OSSL_ENCODER_CTX_set_passphrase(encoder.get(), data(passphrase), static_cast<std::size_t>(passphrase.size())) == 1));
    unsigned char *bytes = nullptr;
    std::size_t length = 0;
    if (!isReady || OSSL_ENCODER_to_data(encoder.get(), &bytes, &length) != 1)
        return {takeOpenSslError(QStringLiteral("Failed to encode key")), {}};
    const QByteArray encoded(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    OPENSSL_free(bytes);
    return {{}, {encoded}};
}

IoResult KeyOperations::publicKeyOf(const OperationArguments &arguments)
{
    const Key key = keyFromDer(arguments.bytes(0), true);
    return key ? described(key, false) : IoResult{takeOpenSslError(QStringLiteral("Failed to read private key")), {}};
}

} // namespace loopscope
