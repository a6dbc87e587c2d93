// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/KeyOperations.h"

#include "io/KeyFormats.h"

#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

namespace loopscope {

namespace {

IoResult failed(const char *message) { return {takeOpenSslError(QLatin1String(message)), {}}; }

bool isEdwards(const EVP_PKEY *key) { return EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 || EVP_PKEY_get_base_id(key) == EVP_PKEY_ED448; }

bool isRsa(const EVP_PKEY *key) { return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA || EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA_PSS; }

/// Padding and length of the salt, from the arguments 3 and 4 of sign and verify.
bool choosePadding(EVP_PKEY_CTX *context, const EVP_PKEY *key, const OperationArguments &arguments)
{
    if (!isRsa(key))
        return true;
    const bool isPss = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA_PSS;
    const int padding = arguments.integer(3, isPss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING);
    if (EVP_PKEY_CTX_set_rsa_padding(context, padding) != 1)
        return false;
    return padding != RSA_PKCS1_PSS_PADDING || !arguments.isNumber(4)
        || EVP_PKEY_CTX_set_rsa_pss_saltlen(context, arguments.integer(4, RSA_PSS_SALTLEN_AUTO)) == 1;
}

/// Length in bytes of each of the two numbers of a signature of ECDSA or DSA, which look alike in DER.
int numberLength(const EVP_PKEY *key)
{
    BIGNUM *divisor = nullptr;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_DSA || EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_Q, &divisor) != 1)
        return (EVP_PKEY_get_bits(key) + 7) / 8;
    const BigNumber owned(divisor);
    return BN_num_bytes(divisor);
}

bool hasTwoNumbers(const EVP_PKEY *key) { return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC || EVP_PKEY_get_base_id(key) == EVP_PKEY_DSA; }

/// From DER to IEEE P1363: the two numbers in a row.
QByteArray toP1363(const EVP_PKEY *key, const QByteArray &der)
{
    const unsigned char *start = data(der);
    ECDSA_SIG *signature = d2i_ECDSA_SIG(nullptr, &start, size(der));
    if (!signature)
        return {};
    const int length = numberLength(key);
    QByteArray bytes(2 * static_cast<qsizetype>(length), '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(signature), data(bytes), length);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature), data(bytes) + length, length);
    ECDSA_SIG_free(signature);
    return bytes;
}

QByteArray fromP1363(const EVP_PKEY *key, const QByteArray &bytes)
{
    const int length = numberLength(key);
    if (bytes.size() != 2 * static_cast<qsizetype>(length))
        return {};
    ECDSA_SIG *signature = ECDSA_SIG_new();
    ECDSA_SIG_set0(signature, BN_bin2bn(data(bytes), length, nullptr), BN_bin2bn(data(bytes) + length, length, nullptr));
    unsigned char *encoded = nullptr;
    const int encodedLength = i2d_ECDSA_SIG(signature, &encoded);
    const QByteArray der(reinterpret_cast<const char *>(encoded), encodedLength);
    OPENSSL_free(encoded);
    ECDSA_SIG_free(signature);
    return der;
}

/// A digest that a Sign or Verify has made of its data.
QByteArray signDigest(EVP_PKEY *key, const EVP_MD *digest, const OperationArguments &arguments)
{
    const QByteArray hash = arguments.bytes(2);
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 || !choosePadding(context.get(), key, arguments)
        || EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1
        || EVP_PKEY_sign(context.get(), data(signature), &length, data(hash), static_cast<std::size_t>(hash.size())) != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

QByteArray signData(EVP_PKEY *key, const EVP_MD *digest, const OperationArguments &arguments)
{
    const QByteArray input = arguments.bytes(2);
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *options = nullptr;
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_DigestSignInit(context.get(), &options, digest, nullptr, key) != 1 || !choosePadding(options, key, arguments)
        || EVP_DigestSign(context.get(), data(signature), &length, data(input), static_cast<std::size_t>(input.size())) != 1)
        return {};
    signature.truncate(static_cast<qsizetype>(length));
    return signature;
}

bool verifyDigest(EVP_PKEY *key, const EVP_MD *digest, const OperationArguments &arguments, const QByteArray &signature)
{
    const QByteArray hash = arguments.bytes(2);
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    return context && EVP_PKEY_verify_init(context.get()) == 1 && choosePadding(context.get(), key, arguments)
        && EVP_PKEY_CTX_set_signature_md(context.get(), digest) == 1
        && EVP_PKEY_verify(context.get(), data(signature), static_cast<std::size_t>(signature.size()), data(hash),
               static_cast<std::size_t>(hash.size()))
        == 1;
}

bool verifyData(EVP_PKEY *key, const EVP_MD *digest, const OperationArguments &arguments, const QByteArray &signature)
{
    const QByteArray input = arguments.bytes(2);
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *options = nullptr;
    return EVP_DigestVerifyInit(context.get(), &options, digest, nullptr, key) == 1 && choosePadding(options, key, arguments)
        && EVP_DigestVerify(context.get(), data(signature), static_cast<std::size_t>(signature.size()), data(input),
               static_cast<std::size_t>(input.size()))
        == 1;
}

/// The digest of a signature: that of the name, the key's own for Edwards curves (none), or the usual one of the key.
const EVP_MD *digestFor(EVP_PKEY *key, const QByteArray &name)
{
    if (isEdwards(key))
        return nullptr;
    if (!name.isEmpty())
        return EVP_get_digestbyname(name.constData());
    int usual = 0;
    return EVP_PKEY_get_default_digest_nid(key, &usual) > 0 ? EVP_get_digestbynid(usual) : nullptr;
}

} // namespace

IoResult KeyOperations::sign(const OperationArguments &arguments)
{
    const Key key = keyFromDer(arguments.bytes(1), true);
    if (!key)
        return failed("Failed to read private key");
    const EVP_MD *digest = digestFor(key.get(), arguments.bytes(0));
    const QByteArray signature = arguments.flag(6) ? signDigest(key.get(), digest, arguments) : signData(key.get(), digest, arguments);
    if (signature.isEmpty())
        return failed("Signing failed");
    const bool isP1363 = arguments.flag(5) && hasTwoNumbers(key.get());
    return {{}, {isP1363 ? toP1363(key.get(), signature) : signature}};
}

IoResult KeyOperations::verify(const OperationArguments &arguments)
{
    const Key key = keyFromDer(arguments.bytes(1), false);
    if (!key)
        return failed("Failed to read public key");
    const EVP_MD *digest = digestFor(key.get(), arguments.bytes(0));
    const bool isP1363 = arguments.flag(5) && hasTwoNumbers(key.get());
    const QByteArray signature = isP1363 ? fromP1363(key.get(), arguments.bytes(7)) : arguments.bytes(7);
    const bool isValid =
        arguments.flag(6) ? verifyDigest(key.get(), digest, arguments, signature) : verifyData(key.get(), digest, arguments, signature);
    ERR_clear_error();
    return {{}, {isValid}};
}

IoResult KeyOperations::transformKey(const OperationArguments &arguments)
{
    struct Transformation
    {
        const char *name;
        int (*begin)(EVP_PKEY_CTX *);
        int (*transform)(EVP_PKEY_CTX *, unsigned char *, std::size_t *, const unsigned char *, std::size_t);
    };
    static constexpr Transformation transformations[] = {{"encrypt", EVP_PKEY_encrypt_init, EVP_PKEY_encrypt},
        {"decrypt", EVP_PKEY_decrypt_init, EVP_PKEY_decrypt}, {"signRaw", EVP_PKEY_sign_init, EVP_PKEY_sign},
        {"recover", EVP_PKEY_verify_recover_init, EVP_PKEY_verify_recover}};
    const Key key = keyFromDer(arguments.bytes(2), arguments.bytes(1) == "private");
    const KeyContext context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    if (!context)
        return failed("Failed to read key");
    const QByteArray input = arguments.bytes(3);
    const int padding = arguments.integer(4, RSA_PKCS1_PADDING);
    const QByteArray oaepDigest = arguments.bytes(5);
    const QByteArray label = arguments.bytes(6);
    const QByteArray wanted = arguments.bytes(0);
    for (const Transformation &transformation : transformations) {
        if (wanted != transformation.name)
            continue;
        if (transformation.begin(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) != 1)
            return failed("RSA operation failed");
        if (padding == RSA_PKCS1_OAEP_PADDING && !oaepDigest.isEmpty()
            && EVP_PKEY_CTX_set_rsa_oaep_md_name(context.get(), oaepDigest.constData(), nullptr) != 1)
            return failed("RSA operation failed");
        if (padding == RSA_PKCS1_OAEP_PADDING && !label.isEmpty()
            && EVP_PKEY_CTX_set0_rsa_oaep_label(
                   context.get(), OPENSSL_memdup(label.constData(), static_cast<std::size_t>(label.size())), size(label))
                != 1)
            return failed("RSA operation failed");
        std::size_t length = 0;
        if (transformation.transform(context.get(), nullptr, &length, data(input), static_cast<std::size_t>(input.size())) != 1)
            return failed("RSA operation failed");
        QByteArray output(static_cast<qsizetype>(length), Qt::Uninitialized);
        if (transformation.transform(context.get(), data(output), &length, data(input), static_cast<std::size_t>(input.size())) != 1)
            return failed("RSA operation failed");
        output.truncate(static_cast<qsizetype>(length));
        return {{}, {output}};
    }
    return failed("RSA operation failed");
}

IoResult KeyOperations::agree(const OperationArguments &arguments)
{
    const Key own = keyFromDer(arguments.bytes(0), true);
    const Key other = keyFromDer(arguments.bytes(1), false);
    const KeyContext context(own ? EVP_PKEY_CTX_new(own.get(), nullptr) : nullptr);
    std::size_t length = 0;
    if (!context || !other || EVP_PKEY_derive_init(context.get()) != 1
        || (EVP_PKEY_get_base_id(own.get()) == EVP_PKEY_DH && EVP_PKEY_CTX_set_dh_pad(context.get(), 1) != 1)
        || EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 || EVP_PKEY_derive(context.get(), nullptr, &length) != 1)
        return failed("diffieHellman failed");
    QByteArray secret(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (EVP_PKEY_derive(context.get(), data(secret), &length) != 1)
        return failed("diffieHellman failed");
    secret.truncate(static_cast<qsizetype>(length));
    return {{}, {secret}};
}

} // namespace loopscope
