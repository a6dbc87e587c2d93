// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/EncodingNatives.h"

#include "runtime/Natives.h"

#include <QByteArray>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <memory>

namespace loopscope {

using namespace QV4;

namespace {

struct ConverterCloser
{
    void operator()(UConverter *converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

/// Writes U+FFFD for what is no text; ICU's own way writes U+001A in some encodings.
void replace(const void *, UConverterToUnicodeArgs *arguments, const char *, int32_t, UConverterCallbackReason reason, UErrorCode *status)
{
    if (reason > UCNV_IRREGULAR)
        return;
    constexpr UChar replacement = 0xfffd;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

Converter openConverter(const QString &name, bool isFatal)
{
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name.toLatin1().constData(), &status));
    if (converter)
        ucnv_setToUCallBack(converter.get(), isFatal ? UCNV_TO_U_CALLBACK_STOP : replace, nullptr, nullptr, nullptr, &status);
    return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// decodeBytes(encoding, bytes, isFatal, isLast) -> [text, number of bytes at the end that wait for more]; undefined if the encoding is
// not known or, if fatal, the bytes are no text in it
ReturnedValue decodeBytes(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const auto *bytes = argc > 1 ? argv[1].as<TypedArray>() : nullptr; // points to the value itself
    const Converter converter = openConverter(argumentAt(argv, argc, 0).toQStringNoThrow(), argumentAt(argv, argc, 2).toBoolean());
    if (!bytes || !converter)
        return Encode::undefined();
    const char *source = bytes->constArrayData() + bytes->byteOffset();
    const char *end = source + bytes->byteLength();
    QString text(static_cast<qsizetype>(bytes->byteLength()) * 2 + 16, Qt::Uninitialized);
    auto *start = reinterpret_cast<UChar *>(text.data());
    UChar *target = start;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, start + text.size(), &source, end, nullptr, argumentAt(argv, argc, 3).toBoolean(), &status);
    if (U_FAILURE(status))
        return Encode::undefined();
    text.truncate(target - start);
    const int32_t pending = ucnv_toUCountPending(converter.get(), &status);
    Scope scope(engine);
    ScopedArrayObject result(scope, engine->newArrayObject());
    ScopedValue value(scope, engine->newString(text));
    result->push_back(value);
    value = Value::fromInt32(pending > 0 ? pending : 0);
    result->push_back(value);
    return result->asReturnedValue();
}

} // namespace

void defineEncodingNatives(ExecutionEngine *engine, Object *binding) { defineNatives(engine, binding, {{"decodeBytes", decodeBytes, 4}}); }

} // namespace loopscope
