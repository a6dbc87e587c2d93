// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/KeyFormats.h"
#include "io/KeyOperations.h"

#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace loopscope {

namespace {

using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, OpenSslDeleter<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, OpenSslDeleter<OSSL_PARAM_free>>;

IoResult failed() { return {takeOpenSslError(QStringLiteral("Key generation job failed")), {}}; }

bool chooseRsa(EVP_PKEY_CTX *context, const OperationArguments &arguments)
{
    const BigNumber exponent(BN_new());
    BN_set_word(exponent.get(), static_cast<BN_ULONG>(arguments.number(2, RSA_F4)));
    if (EVP_PKEY_CTX_set_rsa_keygen_bits(context, arguments.integer(1, 2048)) != 1
        || EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context, exponent.get()) != 1)
        return false;
    const QByteArray digest = arguments.bytes(3);
    const QByteArray mgf1Digest = arguments.bytes(4);
    if (!digest.isEmpty() && EVP_PKEY_CTX_set_rsa_pss_keygen_md_name(context, digest.constData(), nullptr) != 1)
        return false;
    const QByteArray &usedMgf1 = mgf1Digest.isEmpty() ? digest : mgf1Digest;
    if (!usedMgf1.isEmpty() && EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md_name(context, usedMgf1.constData()) != 1)
        return false;
    int saltLength = arguments.integer(5, -1);
    if (saltLength < 0 && !digest.isEmpty())
        saltLength = EVP_MD_get_size(EVP_get_digestbyname(digest.constData())); // RFC 8017, A.2.3
    return saltLength < 0 || EVP_PKEY_CTX_set_rsa_pss_keygen_saltlen(context, saltLength) == 1;
}

KeyContext contextFor(const char *type) { return KeyContext(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)); }

Key generated(EVP_PKEY_CTX *context)
{
    EVP_PKEY *made = nullptr;
    EVP_PKEY_generate(context, &made);
    return Key(made);
}

/// Prime, divisor and generator for DSA: (bits, bits of the divisor?).
Key dsaParameters(const OperationArguments &arguments)
{
    const KeyContext context = contextFor("DSA");
    if (!context || EVP_PKEY_paramgen_init(context.get()) != 1
        || EVP_PKEY_CTX_set_dsa_paramgen_bits(context.get(), arguments.integer(1, 0)) != 1
        || (arguments.isNumber(2) && EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context.get(), arguments.integer(2, 0)) != 1))
        return {};
    return generated(context.get());
}

/// A prime and a generator that are given.
Key dhParameters(const QByteArray &prime, int generator)
{
    const BigNumber number(BN_bin2bn(data(prime), size(prime), nullptr));
    const BigNumber base(BN_new());
    BN_set_word(base.get(), static_cast<BN_ULONG>(generator));
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_P, number.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_G, base.get()) != 1)
        return {};
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context = contextFor("DH");
    EVP_PKEY *made = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEY_PARAMETERS, parameters.get());
    return Key(made);
}

/// For DH: (prime as bytes, or its bits; generator).
Key dhParameters(const OperationArguments &arguments)
{
    const int generator = arguments.integer(2, DH_GENERATOR_2);
    if (!arguments.isNumber(1))
        return dhParameters(arguments.bytes(1), generator);
    const KeyContext context = contextFor("DH");
    if (!context || EVP_PKEY_paramgen_init(context.get()) != 1
        || EVP_PKEY_CTX_set_dh_paramgen_prime_len(context.get(), arguments.integer(1, 0)) != 1
        || EVP_PKEY_CTX_set_dh_paramgen_generator(context.get(), generator) != 1)
        return {};
    return generated(context.get());
}

/// Ready to generate a key of the type; null if OpenSSL refuses.
KeyContext prepared(const QByteArray &type, const OperationArguments &arguments)
{
    const bool hasParameters = type == "dsa" || type == "dh";
    const Key parameters = type == "dsa" ? dsaParameters(arguments) : hasParameters ? dhParameters(arguments) : Key();
    if (hasParameters && !parameters)
        return {};
    KeyContext context = hasParameters ? KeyContext(EVP_PKEY_CTX_new(parameters.get(), nullptr)) : contextFor(type.toUpper().constData());
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1)
        return {};
    if (type.startsWith("rsa") && !chooseRsa(context.get(), arguments))
        return {};
    const QByteArray curve = arguments.bytes(1);
    const int curveEncoding = arguments.flag(2) ? OPENSSL_EC_EXPLICIT_CURVE : OPENSSL_EC_NAMED_CURVE;
    if (type == "ec"
        && (EVP_PKEY_CTX_set_group_name(context.get(), curve.constData()) != 1
            || EVP_PKEY_CTX_set_ec_param_enc(context.get(), curveEncoding) != 1))
        return {};
    return context;
}

} // namespace

IoResult KeyOperations::generateKeyPair(const OperationArguments &arguments)
{
    const KeyContext context = prepared(arguments.bytes(0), arguments);
    const Key key = context ? generated(context.get()) : Key();
    if (!key)
        return failed();
    const QByteArray publicDer = derOf(key.get(), false);
    const QByteArray privateDer = derOf(key.get(), true);
    if (publicDer.isEmpty() || privateDer.isEmpty())
        return failed();
    return {{}, {std::vector<IoValue>{{publicDer}, {privateDer}}}};
}

} // namespace loopscope
