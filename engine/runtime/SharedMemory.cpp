// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/SharedMemory.h"

#include "runtime/LoopNatives.h"
#include "runtime/Natives.h"

#include <array>
#include <atomic>
#include <cmath>
#include <cstring>

namespace loopscope {

using namespace QV4;

namespace {

/// V4 keeps the memory of a buffer in a QArrayDataPointer right behind the header of the object, and has no function that gives it.
struct BufferLayout : Heap::Object
{
    alignas(QArrayDataPointer<char>) unsigned char memory[sizeof(QArrayDataPointer<char>)];
};

// --- Atomics ---

enum Operation { Add, And, CompareExchange, Exchange, Load, Or, Store, Sub, Xor, OperationCount };
constexpr std::array<const char *, OperationCount> operationNames{
    "add", "and", "compareExchange", "exchange", "load", "or", "store", "sub", "xor"};

std::array<VTable::Call, OperationCount> &originals()
{
    static thread_local std::array<VTable::Call, OperationCount> functions{};
    return functions;
}

/// What other loops did to the memory before now is done.
quint64 settledNow()
{
    Tracer &tracer = Core::current().tracer();
    tracer.catchUp(tracer.clock().now());
    return tracer.clock().now();
}

template<Operation operation>
ReturnedValue operate(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    settledNow();
    return originals()[operation](function, thisObject, argv, argc);
}

template<std::size_t... operations>
void replaceOperations(ExecutionEngine *engine, Object *atomics, std::index_sequence<operations...> /*indices*/)
{
    Scope scope(engine);
    ScopedObject kept(scope, atomics);
    ScopedString name(scope);
    ScopedFunctionObject function(scope);
    const auto replace = [&](std::size_t index, VTable::Call call) {
        name = engine->newIdentifier(QLatin1String(operationNames[index]));
        function = kept->get(name);
        originals()[index] = function->d()->jsCall;
        function->d()->jsCall = call;
    };
    (replace(operations, operate<static_cast<Operation>(operations)>), ...);
}

ReturnedValue throwError(ExecutionEngine *engine, bool isRange, const QString &message)
{
    return isRange ? engine->throwRangeError(message) : engine->throwTypeError(message);
}

/// The element that wait and notify are about; null after throwing.
std::atomic<qint32> *elementAt(const FunctionObject *function, const Value *argv, int argc, bool mustBeShared)
{
    ExecutionEngine *engine = function->engine();
    const Value value = argumentAt(argv, argc, 0);
    const TypedArray *view = value.as<TypedArray>();
    if (!view || view->arrayType() != Int32Array) {
        throwError(engine, false,
            QStringLiteral("[object %1] is not an int32 or BigInt64 typed array.")
                .arg(view ? QStringLiteral("Array") : value.toQStringNoThrow()));
        return nullptr;
    }
    if (mustBeShared && !view->d()->buffer->isSharedArrayBuffer()) {
        throwError(engine, false, QStringLiteral("[object Int32Array] is not a shared typed array."));
        return nullptr;
    }
    const double index = argumentAt(argv, argc, 1).toInteger();
    if (engine->hasException)
        return nullptr;
    if (index < 0 || index >= view->length()) {
        throwError(engine, true, QStringLiteral("Invalid atomic access index"));
        return nullptr;
    }
    char *data = view->d()->buffer->arrayData() + view->d()->byteOffset;
    return reinterpret_cast<std::atomic<qint32> *>(data) + static_cast<std::ptrdiff_t>(index);
}

// Atomics.wait(array, index, value, timeout)
ReturnedValue wait(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const std::atomic<qint32> *element = elementAt(function, argv, argc, true);
    if (!element)
        return Encode::undefined();
    const qint32 expected = argumentAt(argv, argc, 2).toInt32();
    const double milliseconds = argc > 3 && !argv[3].isUndefined() ? argv[3].toNumber() : std::nan("");
    if (engine->hasException)
        return Encode::undefined();
    LoopNatives &loops = LoopNatives::current();
    quint64 now = settledNow();
    if (element->load() != expected)
        return engine->newString(QStringLiteral("not-equal"))->asReturnedValue();
    constexpr double longest = 1e15;
    const quint64 until = std::isnan(milliseconds) || milliseconds > longest
        ? LoopGroup::never
        : now + static_cast<quint64>(std::max(milliseconds, 0.0) * 1e6);
    const LoopGroup::WaitOutcome outcome = loops.waitAt(element, until);
    switch (outcome) {
    case LoopGroup::WaitOutcome::Ok:
        return engine->newString(QStringLiteral("ok"))->asReturnedValue();
    case LoopGroup::WaitOutcome::TimedOut:
        return engine->newString(QStringLiteral("timed-out"))->asReturnedValue();
    case LoopGroup::WaitOutcome::Ended:
        break;
    }
    return Encode::undefined();
}

// Atomics.notify(array, index, count)
ReturnedValue notify(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const std::atomic<qint32> *element = elementAt(function, argv, argc, false);
    if (!element)
        return Encode::undefined();
    const double count = argc > 2 && !argv[2].isUndefined() ? std::max(argv[2].toInteger(), 0.0) : 4294967295.0;
    if (function->engine()->hasException)
        return Encode::undefined();
    const quint64 now = settledNow();
    LoopNatives &loops = LoopNatives::current();
    const int woken = loops.group().notifyAt(element, static_cast<quint64>(std::min(count, 4294967295.0)), now);
    loops.othersChanged();
    return Encode(woken);
}

ReturnedValue waitAsync(const FunctionObject *function, const Value *, const Value *, int)
{
    return function->engine()->throwError(QStringLiteral("not supported by Loopscope: Atomics.waitAsync"));
}

} // namespace

QArrayDataPointer<char> sharedMemoryOf(const SharedArrayBuffer &buffer)
{
    return *reinterpret_cast<const QArrayDataPointer<char> *>(
        static_cast<const BufferLayout *>(static_cast<Heap::Object *>(buffer.d()))->memory);
}

ReturnedValue bufferOfSharedMemory(ExecutionEngine *engine, const QArrayDataPointer<char> &memory)
{
    // Made with memory of its own, which is then exchanged.
    Scope scope(engine);
    Scoped<SharedArrayBuffer> buffer(scope, engine->memoryManager->allocate<SharedArrayBuffer>(std::size_t{1}));
    auto *layout = static_cast<BufferLayout *>(static_cast<Heap::Object *>(buffer->d()));
    *reinterpret_cast<QArrayDataPointer<char> *>(layout->memory) = memory;
    return buffer->asReturnedValue();
}

void installAtomics(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("Atomics")));
    ScopedObject atomics(scope, engine->globalObject->get(name));
    replaceOperations(engine, atomics, std::make_index_sequence<OperationCount>());
    name = engine->newIdentifier(QStringLiteral("wake"));
    atomics->deleteProperty(name->toPropertyKey());
    defineNatives(engine, atomics, {{"wait", wait, 4}, {"waitAsync", waitAsync, 4}, {"notify", notify, 3}});
}

} // namespace loopscope
