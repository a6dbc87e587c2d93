// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/KeyFormats.h"
#include "io/KeyOperations.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>

namespace loopscope {

namespace {

using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, OpenSslDeleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, OpenSslDeleter<OSSL_PARAM_free>>;

/// In the order of RFC 7518 (6.3), which the JavaScript side keeps.
constexpr std::array rsaNames = {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1,
    OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1};

using PublicKeyInfo = std::unique_ptr<X509_PUBKEY, OpenSslDeleter<X509_PUBKEY_free>>;
using PssParameters = std::unique_ptr<RSA_PSS_PARAMS, OpenSslDeleter<RSA_PSS_PARAMS_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, OpenSslDeleter<X509_ALGOR_free>>;

constexpr std::size_t firstComponent = 3; ///< argument of importComponents

BigNumber numberOf(const QByteArray &bytes) { return BigNumber(BN_bin2bn(data(bytes), size(bytes), nullptr)); }

/// Big-endian, of `length` bytes; 0: as few as it takes.
QByteArray bytesOf(const EVP_PKEY *key, const char *name, int length = 0)
{
    BIGNUM *found = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &found) != 1) {
        ERR_clear_error();
        return {};
    }
    const BigNumber number(found);
    QByteArray bytes(length > 0 ? length : BN_num_bytes(found), '\0');
    BN_bn2binpad(found, data(bytes), size(bytes));
    return bytes;
}

Key keyFromParameters(const char *type, const ParameterBuilder &builder, bool isPrivate)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get());
    return Key(key);
}

Key rsaKey(const OperationArguments &arguments, bool isPrivate)
{
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    std::vector<BigNumber> numbers; // the builder does not own them
    for (std::size_t i = 0; i < (isPrivate ? rsaNames.size() : 2); ++i) {
        numbers.push_back(numberOf(arguments.bytes(firstComponent + i)));
        if (OSSL_PARAM_BLD_push_BN(builder.get(), rsaNames.at(i), numbers.back().get()) != 1)
            return {};
    }
    return keyFromParameters("RSA", builder, isPrivate);
}

Key curveKey(const OperationArguments &arguments, bool isPrivate)
{
    const QByteArray curve = arguments.bytes(1);
    const QByteArray point =
        QByteArray(1, char(POINT_CONVERSION_UNCOMPRESSED)) + arguments.bytes(firstComponent) + arguments.bytes(firstComponent + 1);
    const BigNumber secret = numberOf(arguments.bytes(firstComponent + 2));
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    const bool isBuilt = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.constData(), 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(
               builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), static_cast<std::size_t>(point.size()))
            == 1
        && (!isPrivate || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get()) == 1);
    Key key = isBuilt ? keyFromParameters("EC", builder, isPrivate) : Key();
    const KeyContext check(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : Key();
}

Key rawKey(const OperationArguments &arguments, bool isPrivate)
{
    const QByteArray bytes = arguments.bytes(firstComponent + (isPrivate ? 2 : 0));
    const auto make = isPrivate ? EVP_PKEY_new_raw_private_key_ex : EVP_PKEY_new_raw_public_key_ex;
    return Key(make(nullptr, arguments.bytes(0).constData(), nullptr, data(bytes), static_cast<std::size_t>(bytes.size())));
}

QByteArray rawPart(EVP_PKEY *key, bool isPrivate)
{
    std::size_t length = 0;
    const auto get = isPrivate ? EVP_PKEY_get_raw_private_key : EVP_PKEY_get_raw_public_key;
    if (get(key, nullptr, &length) != 1)
        return {};
    QByteArray bytes(static_cast<qsizetype>(length), Qt::Uninitialized);
    get(key, data(bytes), &length);
    return bytes;
}

/// What a key of RSA-PSS is restricted to (RFC 4055, 3.1).
struct PssRestriction
{
    QString digest; ///< empty: the key says nothing
    QString mgf1Digest;
    int saltLength = -1;
};

QString digestNameOf(const X509_ALGOR *algorithm)
{
    constexpr const char *usual = "sha1"; // left out in DER
    const ASN1_OBJECT *object = nullptr;
    if (algorithm)
        X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    return QString::fromLatin1(object ? OBJ_nid2ln(OBJ_obj2nid(object)) : usual);
}

/// OpenSSL's properties of the key do not tell a key without restrictions from one with the usual ones; its DER does.
PssRestriction pssRestrictionOf(EVP_PKEY *key)
{
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA_PSS)
        return {};
    X509_PUBKEY *set = nullptr;
    X509_ALGOR *algorithm = nullptr;
    if (X509_PUBKEY_set(&set, key) != 1 || X509_PUBKEY_get0_param(nullptr, nullptr, nullptr, &algorithm, set) != 1)
        return {};
    const PublicKeyInfo info(set);
    const PssParameters parameters(
        static_cast<RSA_PSS_PARAMS *>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter)));
    ERR_clear_error();
    if (!parameters)
        return {};
    const Algorithm mgf1(parameters->maskGenAlgorithm
            ? static_cast<X509_ALGOR *>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(X509_ALGOR), parameters->maskGenAlgorithm->parameter))
            : nullptr);
    constexpr int usualSaltLength = 20;
    const int saltLength = parameters->saltLength ? static_cast<int>(ASN1_INTEGER_get(parameters->saltLength)) : usualSaltLength;
    return {digestNameOf(parameters->hashAlgorithm), digestNameOf(mgf1.get()), saltLength};
}

} // namespace

IoResult KeyOperations::importComponents(const OperationArguments &arguments)
{
    const QByteArray type = arguments.bytes(0);
    const bool isPrivate = arguments.flag(2);
    const Key key = type == "rsa" ? rsaKey(arguments, isPrivate)
        : type == "ec"            ? curveKey(arguments, isPrivate)
                                  : rawKey(arguments, isPrivate);
    ERR_clear_error();
    if (!key)
        return {makeCryptoError(QStringLiteral("ERR_CRYPTO_INVALID_JWK"), QStringLiteral("Invalid JWK data")), {}};
    return {{},
        {std::vector<IoValue>{
            {isPrivate ? QStringLiteral("private") : QStringLiteral("public")}, {typeOf(key.get())}, {derOf(key.get(), isPrivate)}}}};
}

IoResult KeyOperations::keyComponents(const OperationArguments &arguments)
{
    const bool isPrivate = arguments.bytes(0) == "private";
    const Key key = keyFromDer(arguments.bytes(1), isPrivate);
    if (!key)
        return {takeOpenSslError(QStringLiteral("Failed to read key")), {}};
    std::vector<IoValue> parts;
    const QString type = typeOf(key.get());
    if (type == QLatin1String("rsa") || type == QLatin1String("rsa-pss")) {
        for (const char *name : rsaNames)
            parts.push_back({bytesOf(key.get(), name)});
    } else if (type == QLatin1String("ec")) {
        const int length = (EVP_PKEY_get_bits(key.get()) + 7) / 8;
        for (const char *name : {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y, OSSL_PKEY_PARAM_PRIV_KEY})
            parts.push_back({bytesOf(key.get(), name, length)});
    } else {
        parts = {{rawPart(key.get(), false)}, {QByteArray()}, {isPrivate ? rawPart(key.get(), true) : QByteArray()}};
    }
    return {{}, {parts}};
}

IoResult KeyOperations::checkKey(const OperationArguments &arguments)
{
    const bool isPrivate = arguments.bytes(0) == "private";
    const Key key = keyFromDer(arguments.bytes(1), isPrivate);
    const KeyContext context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    const bool isConsistent = context && (isPrivate ? EVP_PKEY_check(context.get()) : EVP_PKEY_public_check(context.get())) == 1;
    ERR_clear_error();
    return {{}, {isConsistent}};
}

IoResult KeyOperations::keyDetails(const OperationArguments &arguments)
{
    const Key key = keyFromDer(arguments.bytes(1), arguments.bytes(0) == "private");
    if (!key)
        return {takeOpenSslError(QStringLiteral("Failed to read key")), {}};
    const PssRestriction pss = pssRestrictionOf(key.get());
    const auto divisorBits = static_cast<double>(bytesOf(key.get(), OSSL_PKEY_PARAM_FFC_Q).size() * 8);
    return {{},
        {std::vector<IoValue>{{typeOf(key.get())}, {static_cast<double>(EVP_PKEY_get_bits(key.get()))},
            {bytesOf(key.get(), OSSL_PKEY_PARAM_RSA_E)}, {QString::fromLatin1(textProperty(key.get(), OSSL_PKEY_PARAM_GROUP_NAME))},
            {pss.digest}, {pss.mgf1Digest}, {static_cast<double>(pss.saltLength)}, {divisorBits}}}};
}

} // namespace loopscope
