// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/CryptoNatives.h"

#include "io/OpenSsl.h"
#include "io/RandomSource.h"
#include "io/WorkTime.h"
#include "runtime/Core.h"
#include "runtime/CryptoStates.h"
#include "runtime/Natives.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>

using namespace QV4;

DEFINE_OBJECT_VTABLE(LoopscopeCryptoState);

void Heap::LoopscopeCryptoState::init(std::unique_ptr<loopscope::CryptoState> owned)
{
    Object::init();
    state = owned.release();
}

void Heap::LoopscopeCryptoState::destroy()
{
    delete state;
    Object::destroy();
}

namespace loopscope {

namespace {

/// Throws what OpenSSL says as the JavaScript side's error: an object with code and message that it makes its own of.
ReturnedValue throwCryptoError(ExecutionEngine *engine, const IoError &error)
{
    Scope scope(engine);
    ScopedString message(scope, engine->newString(error.description));
    ScopedObject object(scope, engine->newErrorObject(message));
    ScopedValue code(scope, engine->newString(error.code));
    putNamed(object, QStringLiteral("code"), code);
    return engine->throwError(object);
}

/// V4 takes an ArrayBuffer of a null QByteArray for detached.
ReturnedValue arrayBufferOf(ExecutionEngine *engine, const QByteArray &bytes)
{
    return (bytes.isEmpty() ? engine->newArrayBuffer(std::size_t(0)) : engine->newArrayBuffer(bytes))->asReturnedValue();
}

ReturnedValue wrap(ExecutionEngine *engine, std::unique_ptr<CryptoState> state)
{
    if (!state->isValid())
        return throwCryptoError(engine, state->takeError());
    return engine->memoryManager->allocate<LoopscopeCryptoState>(std::move(state))->asReturnedValue();
}

CryptoState *stateOf(const Value *argv, int argc)
{
    const auto *object = argc > 0 ? argv[0].as<LoopscopeCryptoState>() : nullptr;
    return object ? object->d()->state : nullptr;
}

QByteArray textOf(const Value *argv, int argc, int index) { return argumentAt(argv, argc, index).toQStringNoThrow().toUtf8(); }

int numberOf(const Value *argv, int argc, int index, int fallback)
{
    return index < argc && argv[index].isNumber() ? argv[index].toInt32() : fallback;
}

void work(qsizetype bytes, quint64 timePerByte) { Core::current().tracer().clock().work(static_cast<quint64>(bytes) * timePerByte); }

// hashNew(digest, outputLength | undefined) -> state
ReturnedValue hashNew(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return wrap(function->engine(), std::make_unique<HashState>(textOf(argv, argc, 0), numberOf(argv, argc, 1, -1)));
}

// hashCopy(state, outputLength | undefined) -> state
ReturnedValue hashCopy(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const auto *original = dynamic_cast<const HashState *>(stateOf(argv, argc));
    return original ? wrap(function->engine(), std::make_unique<HashState>(*original, numberOf(argv, argc, 1, -1))) : Encode::undefined();
}

// hmacNew(digest, key) -> state
ReturnedValue hmacNew(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return wrap(function->engine(), std::make_unique<HmacState>(textOf(argv, argc, 0), bytesOf(argumentAt(argv, argc, 1))));
}

// cipherNew(cipher, encrypts, key, iv | null, tagLength) -> state
ReturnedValue cipherNew(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const bool hasIv = !argumentAt(argv, argc, 3).isNullOrUndefined();
    return wrap(function->engine(),
        std::make_unique<CipherState>(textOf(argv, argc, 0), argumentAt(argv, argc, 1).toBoolean(), bytesOf(argumentAt(argv, argc, 2)),
            hasIv ? bytesOf(argumentAt(argv, argc, 3)) : QByteArrayView(), numberOf(argv, argc, 4, -1)));
}

// update(state, bytes) -> output bytes, or whether it was taken (digests)
ReturnedValue update(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    CryptoState *state = stateOf(argv, argc);
    const QByteArrayView bytes = bytesOf(argumentAt(argv, argc, 1));
    if (!state)
        return Encode(false);
    work(bytes.size(), state->timePerByte());
    QByteArray output;
    if (!state->update(bytes, &output))
        return throwCryptoError(function->engine(), state->takeError());
    return state->isDigest() ? Encode(true) : arrayBufferOf(function->engine(), output);
}

// finish(state) -> the digest, or the rest of the output
ReturnedValue finish(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    CryptoState *state = stateOf(argv, argc);
    QByteArray output;
    if (!state || !state->finish(&output))
        return throwCryptoError(function->engine(), state ? state->takeError() : takeOpenSslError({}));
    return arrayBufferOf(function->engine(), output);
}

CipherState *cipherOf(const Value *argv, int argc) { return dynamic_cast<CipherState *>(stateOf(argv, argc)); }

// cipherSetPadding(state, isOn) -> whether it could be set
ReturnedValue cipherSetPadding(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    CipherState *cipher = cipherOf(argv, argc);
    return Encode(cipher && cipher->setPadding(argumentAt(argv, argc, 1).toBoolean()));
}

// cipherSetAdditionalData(state, bytes, plaintextLength) -> whether it could be set
ReturnedValue cipherSetAdditionalData(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    CipherState *cipher = cipherOf(argv, argc);
    return Encode(cipher && cipher->setAdditionalData(bytesOf(argumentAt(argv, argc, 1)), numberOf(argv, argc, 2, -1)));
}

// cipherSetTag(state, bytes) -> "state", "length" or ""
ReturnedValue cipherSetTag(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    CipherState *cipher = cipherOf(argv, argc);
    const char *problem = cipher ? cipher->setTag(bytesOf(argumentAt(argv, argc, 1))) : "state";
    return function->engine()->newString(QLatin1String(problem))->asReturnedValue();
}

// cipherTag(state) -> bytes, or undefined
ReturnedValue cipherTag(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const CipherState *cipher = cipherOf(argv, argc);
    const QByteArray tag = cipher ? cipher->tag() : QByteArray();
    return tag.isEmpty() ? Encode::undefined() : arrayBufferOf(function->engine(), tag);
}

// cipherInfo(name | nid) -> [name, nid, key length, iv length, block size, mode], or undefined
ReturnedValue cipherInfo(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const Value wanted = argumentAt(argv, argc, 0);
    const EVP_CIPHER *cipher =
        wanted.isNumber() ? EVP_get_cipherbynid(wanted.toInt32()) : EVP_get_cipherbyname(textOf(argv, argc, 0).constData());
    if (!cipher)
        return Encode::undefined();
    Scope scope(engine);
    ScopedArrayObject list(scope, engine->newArrayObject());
    ScopedValue value(scope, engine->newString(QLatin1String(OBJ_nid2sn(EVP_CIPHER_get_nid(cipher)))));
    list->push_back(value);
    for (const int number : {EVP_CIPHER_get_nid(cipher), EVP_CIPHER_get_key_length(cipher), EVP_CIPHER_get_iv_length(cipher),
             EVP_CIPHER_get_block_size(cipher), static_cast<int>(EVP_CIPHER_get_mode(cipher))}) {
        value = Value::fromInt32(number);
        list->push_back(value);
    }
    return list->asReturnedValue();
}

// digestInfo(name) -> its size in bytes, or undefined
ReturnedValue digestInfo(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const EVP_MD *digest = EVP_get_digestbyname(textOf(argv, argc, 0).constData());
    return digest ? Encode(EVP_MD_get_size(digest)) : Encode::undefined();
}

// timingSafeEqual(one, other): of the same size
ReturnedValue timingSafeEqual(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const QByteArrayView one = bytesOf(argumentAt(argv, argc, 0));
    const QByteArrayView other = bytesOf(argumentAt(argv, argc, 1));
    return Encode(CRYPTO_memcmp(one.data(), other.data(), static_cast<std::size_t>(one.size())) == 0);
}

// scryptProblem(N, r, p, maxmem) -> what OpenSSL has against these parameters, or undefined
ReturnedValue scryptProblem(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const auto number = [argv, argc](int index) { return static_cast<quint64>(argumentAt(argv, argc, index).toNumber()); };
    ERR_clear_error();
    if (EVP_PBE_scrypt(nullptr, 0, nullptr, 0, number(0), number(1), number(2), number(3), nullptr, 0) == 1)
        return Encode::undefined();
    return function->engine()->newString(takeOpenSslError({}).description)->asReturnedValue();
}

// hashNames(), cipherNames(), curveNames() -> as OpenSSL knows them. What only a provider has that is not loaded cannot be used.
ReturnedValue hashNames(const FunctionObject *function, const Value *, const Value *, int)
{
    QStringList names;
    EVP_MD_do_all_sorted(
        [](const EVP_MD *, const char *from, const char *, void *list) {
            const EVP_MD *known = EVP_get_digestbyname(from);
            EVP_MD *fetched = known ? EVP_MD_fetch(nullptr, EVP_MD_get0_name(known), nullptr) : nullptr;
            if (fetched)
                static_cast<QStringList *>(list)->append(QString::fromLatin1(from));
            EVP_MD_free(fetched);
        },
        &names);
    ERR_clear_error();
    return function->engine()->newArrayObject(names)->asReturnedValue();
}

ReturnedValue cipherNames(const FunctionObject *function, const Value *, const Value *, int)
{
    QStringList names;
    EVP_CIPHER_do_all_sorted(
        [](const EVP_CIPHER *, const char *from, const char *, void *list) {
            EVP_CIPHER *fetched = EVP_CIPHER_fetch(nullptr, from, nullptr);
            if (fetched)
                static_cast<QStringList *>(list)->append(QString::fromLatin1(from));
            EVP_CIPHER_free(fetched);
        },
        &names);
    ERR_clear_error();
    return function->engine()->newArrayObject(names)->asReturnedValue();
}

ReturnedValue curveNames(const FunctionObject *function, const Value *, const Value *, int)
{
    std::vector<EC_builtin_curve> curves(EC_get_builtin_curves(nullptr, 0));
    EC_get_builtin_curves(curves.data(), curves.size());
    QStringList names;
    for (const EC_builtin_curve &curve : curves)
        names.append(QString::fromLatin1(OBJ_nid2sn(curve.nid)));
    return function->engine()->newArrayObject(names)->asReturnedValue();
}

ReturnedValue cryptoNatives(const FunctionObject *function, const Value *, const Value *, int)
{
    RandomSource::prepareOpenSsl();
    Scope scope(function);
    ScopedObject natives(scope, scope.engine->newObject());
    defineNatives(scope.engine, natives,
        {{"hashNew", hashNew, 2}, {"hashCopy", hashCopy, 2}, {"hmacNew", hmacNew, 2}, {"cipherNew", cipherNew, 5}, {"update", update, 2},
            {"finish", finish, 1}, {"cipherSetPadding", cipherSetPadding, 2}, {"cipherSetAdditionalData", cipherSetAdditionalData, 3},
            {"cipherSetTag", cipherSetTag, 2}, {"cipherTag", cipherTag, 1}, {"cipherInfo", cipherInfo, 1}, {"digestInfo", digestInfo, 1},
            {"timingSafeEqual", timingSafeEqual, 2}, {"scryptProblem", scryptProblem, 4}, {"hashNames", hashNames},
            {"cipherNames", cipherNames}, {"curveNames", curveNames}});
    return natives->asReturnedValue();
}

} // namespace

void defineCryptoNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"cryptoNatives", cryptoNatives}});
    Scope scope(engine);
    ScopedValue version(scope, engine->newString(QLatin1String(OpenSSL_version(OPENSSL_VERSION_STRING))));
    putNamed(binding, QStringLiteral("opensslVersion"), version);
}

} // namespace loopscope
