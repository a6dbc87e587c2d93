// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/BufferNatives.h"

#include "runtime/BufferText.h"
#include "runtime/Natives.h"

#include <QStringDecoder>

#include <algorithm>
#include <cstring>

namespace loopscope {

using namespace QV4;

namespace {

TextEncoding encodingAt(const Value *argv, int argc, int index)
{
    return static_cast<TextEncoding>(argumentAt(argv, argc, index).toInt32());
}

/// The bytes of a view to be written; none of what is no view.
struct WritableBytes
{
    char *data = nullptr;
    qsizetype size = 0;

    explicit WritableBytes(const Value &value)
    {
        const TypedArray *view = value.as<TypedArray>();
        if (!view || view->hasDetachedArrayData() || view->byteLength() == 0)
            return;
        data = const_cast<TypedArray *>(view)->arrayData() + view->byteOffset();
        size = view->byteLength();
    }
};

/// From `start` to before `end`, both within the bytes.
QByteArrayView partOf(QByteArrayView bytes, double start, double end)
{
    const auto size = static_cast<double>(bytes.size());
    const auto from = static_cast<qsizetype>(std::clamp(start, 0.0, size));
    const auto to = static_cast<qsizetype>(std::clamp(end, 0.0, size));
    return to > from ? bytes.sliced(from, to - from) : QByteArrayView("", 0);
}

ReturnedValue byteLength(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(static_cast<double>(encodedLength(argumentAt(argv, argc, 0).toQStringNoThrow(), encodingAt(argv, argc, 1))));
}

ReturnedValue write(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const WritableBytes bytes(argumentAt(argv, argc, 0));
    const QString text = argumentAt(argv, argc, 1).toQStringNoThrow();
    const double offset = argumentAt(argv, argc, 3).toNumber();
    const double length = argumentAt(argv, argc, 4).toNumber();
    if (!(offset >= 0 && offset < static_cast<double>(bytes.size)))
        return Encode(0);
    const auto at = static_cast<qsizetype>(offset);
    const auto room = static_cast<qsizetype>(std::clamp(length, 0.0, static_cast<double>(bytes.size - at)));
    return Encode(static_cast<double>(encodeText(text, encodingAt(argv, argc, 2), bytes.data + at, room)));
}

ReturnedValue slice(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const QByteArrayView bytes = bytesOf(argumentAt(argv, argc, 0));
    const QByteArrayView part = partOf(bytes, argumentAt(argv, argc, 2).toNumber(), argumentAt(argv, argc, 3).toNumber());
    return function->engine()->newString(decodedText(part, encodingAt(argv, argc, 1)))->asReturnedValue();
}

ReturnedValue compare(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const QByteArrayView left = bytesOf(argumentAt(argv, argc, 0));
    const QByteArrayView right = bytesOf(argumentAt(argv, argc, 1));
    const qsizetype common = std::min(left.size(), right.size());
    const int order = common == 0 ? 0 : std::memcmp(left.data(), right.data(), static_cast<std::size_t>(common));
    if (order != 0)
        return Encode(order < 0 ? -1 : 1);
    return Encode(left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0);
}

qsizetype searchForward(QByteArrayView haystack, QByteArrayView needle, qsizetype start, qsizetype step)
{
    qsizetype at = haystack.indexOf(needle, start);
    while (at >= 0 && (at - start) % step != 0)
        at = haystack.indexOf(needle, at + 1);
    return at;
}

ReturnedValue search(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const QByteArrayView haystack = bytesOf(argumentAt(argv, argc, 0));
    const QByteArrayView needle = bytesOf(argumentAt(argv, argc, 1));
    const auto start = static_cast<qsizetype>(argumentAt(argv, argc, 2).toNumber());
    const qsizetype step = std::max(argumentAt(argv, argc, 4).toInt32(), 1);
    if (argumentAt(argv, argc, 3).toBoolean())
        return Encode(static_cast<double>(searchForward(haystack, needle, start, step)));
    for (qsizetype at = start; at >= 0; at -= step) {
        if (haystack.sliced(at).startsWith(needle))
            return Encode(static_cast<double>(at));
    }
    return Encode(-1);
}

ReturnedValue fill(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const WritableBytes bytes(argumentAt(argv, argc, 0));
    const QByteArray pattern = bytesOf(argumentAt(argv, argc, 1)).toByteArray(); // it may be a part of `bytes`
    const double end = argumentAt(argv, argc, 3).toNumber();
    const auto to = static_cast<qsizetype>(std::clamp(end, 0.0, static_cast<double>(bytes.size)));
    for (auto at = static_cast<qsizetype>(argumentAt(argv, argc, 2).toNumber()); at < to && !pattern.isEmpty(); at += pattern.size())
        std::memcpy(bytes.data + at, pattern.data(), static_cast<std::size_t>(std::min(pattern.size(), to - at)));
    return Encode::undefined();
}

ReturnedValue view(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    ScopedObject prototype(scope, argumentAt(argv, argc, 0));
    Scoped<SharedArrayBuffer> memory(scope, argumentAt(argv, argc, 1));
    if (!memory)
        return scope.engine->throwTypeError(QStringLiteral("memory expected"));
    Scoped<TypedArray> bytes(scope, TypedArray::create(scope.engine, UInt8Array));
    bytes->d()->buffer.set(scope.engine, reinterpret_cast<Heap::ArrayBuffer *>(memory->d()));
    bytes->d()->byteOffset = argumentAt(argv, argc, 2).toUInt32();
    bytes->d()->byteLength = argumentAt(argv, argc, 3).toUInt32();
    bytes->setPrototypeUnchecked(prototype);
    return bytes->asReturnedValue();
}

ReturnedValue encode(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return function->engine()
        ->newArrayBuffer(encodedText(argumentAt(argv, argc, 0).toQStringNoThrow(), TextEncoding::Utf8))
        ->asReturnedValue();
}

ReturnedValue decode(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return function->engine()->newString(decodedText(bytesOf(argumentAt(argv, argc, 0)), TextEncoding::Utf8))->asReturnedValue();
}

ReturnedValue decodeStrictly(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    const QString text = decoder.decode(bytesOf(argumentAt(argv, argc, 0)));
    return decoder.hasError() ? Encode::undefined() : function->engine()->newString(text)->asReturnedValue();
}

} // namespace

void defineBufferNatives(ExecutionEngine *engine, Object *binding)
{
    Scope scope(engine);
    ScopedObject target(scope, engine->newObject());
    defineNatives(engine, target,
        {{"byteLength", byteLength, 2}, {"write", write, 5}, {"slice", slice, 4}, {"compare", compare, 2}, {"search", search, 5},
            {"fill", fill, 4}, {"view", view, 4}, {"encode", encode, 1}, {"decode", decode, 1}, {"decodeStrictly", decodeStrictly, 1}});
    ScopedObject kept(scope, binding);
    kept->defineDefaultProperty(QStringLiteral("buffers"), target);
}

} // namespace loopscope
