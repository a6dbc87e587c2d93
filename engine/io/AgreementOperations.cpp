// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/AgreementOperations.h"

#include "io/OpenSsl.h"

#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <array>

namespace loopscope {

namespace {

using Arithmetic = std::unique_ptr<BN_CTX, OpenSslDeleter<BN_CTX_free>>;
using Curve = std::unique_ptr<EC_GROUP, OpenSslDeleter<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, OpenSslDeleter<EC_POINT_free>>;

IoResult failed(const char *message) { return {takeOpenSslError(QLatin1String(message)), {}}; }

IoResult invalidPoint()
{
    ERR_clear_error();
    return {makeCryptoError(
                QStringLiteral("ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY"), QStringLiteral("Public key is not valid for specified curve")),
        {}};
}

BigNumber numberOf(const QByteArray &bytes) { return BigNumber(BN_bin2bn(data(bytes), size(bytes), nullptr)); }

QByteArray bytesOf(const BIGNUM *number, int length)
{
    QByteArray bytes(length, '\0');
    BN_bn2binpad(number, data(bytes), length);
    return bytes;
}

Curve curveOf(const OperationArguments &arguments) { return Curve(EC_GROUP_new_by_curve_name(OBJ_sn2nid(arguments.bytes(0).constData()))); }

Point pointOf(const EC_GROUP *curve, const QByteArray &bytes)
{
    Point point(EC_POINT_new(curve));
    return EC_POINT_oct2point(curve, point.get(), data(bytes), static_cast<std::size_t>(bytes.size()), nullptr) == 1 ? std::move(point)
                                                                                                                     : nullptr;
}

IoResult written(const EC_GROUP *curve, const EC_POINT *point, int form)
{
    const auto conversion = static_cast<point_conversion_form_t>(form);
    const std::size_t length = EC_POINT_point2oct(curve, point, conversion, nullptr, 0, nullptr);
    QByteArray bytes(static_cast<qsizetype>(length), '\0');
    EC_POINT_point2oct(curve, point, conversion, data(bytes), length, nullptr);
    return {{}, {bytes}};
}

} // namespace

IoResult AgreementOperations::modularPower(const OperationArguments &arguments)
{
    const BigNumber base = numberOf(arguments.bytes(0));
    const BigNumber exponent = numberOf(arguments.bytes(1));
    const BigNumber modulus = numberOf(arguments.bytes(2));
    const BigNumber power(BN_new());
    const Arithmetic arithmetic(BN_CTX_new());
    if (BN_mod_exp(power.get(), base.get(), exponent.get(), modulus.get(), arithmetic.get()) != 1)
        return failed("Diffie-Hellman failed");
    return {{}, {bytesOf(power.get(), BN_num_bytes(modulus.get()))}};
}

IoResult AgreementOperations::groupPrime(const OperationArguments &arguments)
{
    struct Group
    {
        const char *name;
        BIGNUM *(*prime)(BIGNUM *);
    };
    // RFC 2409 (modp1, modp2) and RFC 3526
    static constexpr std::array groups = {Group{"modp1", BN_get_rfc2409_prime_768}, Group{"modp2", BN_get_rfc2409_prime_1024},
        Group{"modp5", BN_get_rfc3526_prime_1536}, Group{"modp14", BN_get_rfc3526_prime_2048}, Group{"modp15", BN_get_rfc3526_prime_3072},
        Group{"modp16", BN_get_rfc3526_prime_4096}, Group{"modp17", BN_get_rfc3526_prime_6144}, Group{"modp18", BN_get_rfc3526_prime_8192}};
    const QByteArray wanted = arguments.bytes(0).toLower();
    for (const Group &group : groups) {
        if (wanted != group.name)
            continue;
        const BigNumber prime(group.prime(nullptr));
        return {{}, {bytesOf(prime.get(), BN_num_bytes(prime.get()))}};
    }
    return {makeCryptoError(QStringLiteral("ERR_CRYPTO_UNKNOWN_DH_GROUP"), QStringLiteral("Unknown DH group")), {}};
}

IoResult AgreementOperations::ecdhGenerate(const OperationArguments &arguments)
{
    const Curve curve = curveOf(arguments);
    const BigNumber secret(BN_new());
    if (!curve)
        return failed("Failed to create ECDH");
    do {
        if (BN_priv_rand_range(secret.get(), EC_GROUP_get0_order(curve.get())) != 1)
            return failed("Failed to generate key");
    } while (BN_is_zero(secret.get()));
    return {{}, {bytesOf(secret.get(), (EC_GROUP_order_bits(curve.get()) + 7) / 8)}};
}

IoResult AgreementOperations::ecdhPublic(const OperationArguments &arguments)
{
    const Curve curve = curveOf(arguments);
    const BigNumber secret = numberOf(arguments.bytes(1));
    const Point point(curve ? EC_POINT_new(curve.get()) : nullptr);
    const bool isInRange = point && !BN_is_zero(secret.get()) && BN_cmp(secret.get(), EC_GROUP_get0_order(curve.get())) < 0;
    if (!isInRange)
        return {
            makeCryptoError(QStringLiteral("ERR_CRYPTO_INVALID_KEYTYPE"), QStringLiteral("Private key is not valid for specified curve.")),
            {}};
    if (EC_POINT_mul(curve.get(), point.get(), secret.get(), nullptr, nullptr, nullptr) != 1)
        return failed("Failed to set generated public key");
    return written(curve.get(), point.get(), arguments.integer(2, POINT_CONVERSION_UNCOMPRESSED));
}

IoResult AgreementOperations::ecdhCompute(const OperationArguments &arguments)
{
    const Curve curve = curveOf(arguments);
    const Point other = curve ? pointOf(curve.get(), arguments.bytes(2)) : nullptr;
    if (!other)
        return invalidPoint();
    const BigNumber secret = numberOf(arguments.bytes(1));
    const Point product(EC_POINT_new(curve.get()));
    const BigNumber x(BN_new());
    if (EC_POINT_mul(curve.get(), product.get(), nullptr, other.get(), secret.get(), nullptr) != 1
        || EC_POINT_get_affine_coordinates(curve.get(), product.get(), x.get(), nullptr, nullptr) != 1)
        return failed("Failed to compute ECDH key");
    return {{}, {bytesOf(x.get(), (EC_GROUP_get_degree(curve.get()) + 7) / 8)}};
}

IoResult AgreementOperations::ecdhConvert(const OperationArguments &arguments)
{
    const Curve curve = curveOf(arguments);
    const Point point = curve ? pointOf(curve.get(), arguments.bytes(1)) : nullptr;
    if (point)
        return written(curve.get(), point.get(), arguments.integer(2, POINT_CONVERSION_UNCOMPRESSED));
    return invalidPoint();
}

IoResult AgreementOperations::generatePrime(const OperationArguments &arguments)
{
    const int bits = arguments.integer(0, 0);
    const BigNumber prime(BN_new());
    const QByteArray step = arguments.bytes(2);
    const QByteArray remainder = arguments.bytes(3);
    const BigNumber add = step.isEmpty() ? nullptr : numberOf(step);
    const BigNumber rest = remainder.isEmpty() ? nullptr : numberOf(remainder);
    if (BN_generate_prime_ex(prime.get(), bits, arguments.flag(1), add.get(), rest.get(), nullptr) != 1)
        return failed("could not generate prime");
    return {{}, {bytesOf(prime.get(), (bits + 7) / 8)}};
}

IoResult AgreementOperations::checkPrime(const OperationArguments &arguments)
{
    const BigNumber candidate = numberOf(arguments.bytes(0));
    const Arithmetic arithmetic(BN_CTX_new());
    const int answer = BN_check_prime(candidate.get(), arithmetic.get(), nullptr);
    return answer < 0 ? failed("BN_check_prime") : IoResult{{}, {answer == 1}};
}

} // namespace loopscope
