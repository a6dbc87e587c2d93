// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ProcessNatives.h"

#include "io/SynchronousProcess.h"
#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"

#include <cerrno>
#include <csignal>
#include <sys/ioctl.h>

namespace loopscope {

using namespace QV4;

namespace {

HandleProvider *provider() { return RuntimeHost::current().provider().handles(); }

QByteArrayList textsAt(const Value *argv, int argc, int index)
{
    QByteArrayList texts;
    Scope scope(Core::current().v4());
    ScopedObject list(scope, argumentAt(argv, argc, index));
    ScopedValue text(scope);
    const uint count = list ? static_cast<uint>(list->getLength()) : 0;
    for (uint position = 0; position < count; ++position) {
        text = list->get(position);
        texts.append(text->toQStringNoThrow().toUtf8());
    }
    return texts;
}

/// Kinds and values in turn: 0 (nothing) and 0, 1 (a pipe) and its handle or 0, 2 (a descriptor of the script's) and its number.
std::vector<ProcessOptions::Stream> streamsAt(const Value *argv, int argc, int index)
{
    using Stream = ProcessOptions::Stream;
    std::vector<Stream> streams;
    Scope scope(Core::current().v4());
    ScopedObject list(scope, argumentAt(argv, argc, index));
    ScopedValue entry(scope);
    const uint count = list ? static_cast<uint>(list->getLength()) : 0;
    for (uint position = 0; position + 1 < count; position += 2) {
        Stream stream;
        entry = list->get(position);
        stream.kind = static_cast<Stream::Kind>(entry->toInt32());
        entry = list->get(position + 1);
        if (stream.kind == Stream::Kind::Pipe)
            stream.pipe = entry->toUInt32();
        else if (stream.kind == Stream::Kind::Inherit)
            stream.descriptor = RuntimeHost::current().provider().descriptorOf(entry->toInt32());
        streams.push_back(stream);
    }
    return streams;
}

/// (file, arguments, environment, folder | undefined, isDetached, user | undefined, group | undefined, streams) from argument `index`
ProcessOptions optionsAt(const Value *argv, int argc, int index)
{
    ProcessOptions options;
    options.file = argumentAt(argv, argc, index).toQStringNoThrow().toUtf8();
    options.arguments = textsAt(argv, argc, index + 1);
    options.environment = textsAt(argv, argc, index + 2);
    if (const Value folder = argumentAt(argv, argc, index + 3); !folder.isNullOrUndefined())
        options.folder = folder.toQStringNoThrow().toUtf8();
    options.isDetached = argumentAt(argv, argc, index + 4).toBoolean();
    const Value user = argumentAt(argv, argc, index + 5);
    const Value group = argumentAt(argv, argc, index + 6);
    options.hasUser = !user.isNullOrUndefined();
    options.user = options.hasUser ? user.toUInt32() : 0;
    options.hasGroup = !group.isNullOrUndefined();
    options.group = options.hasGroup ? group.toUInt32() : 0;
    options.streams = streamsAt(argv, argc, index + 7);
    return options;
}

constexpr int optionCount = 8;

bool hasLostDescriptor(const ProcessOptions &options)
{
    for (const ProcessOptions::Stream &stream : options.streams) {
        if (stream.kind == ProcessOptions::Stream::Kind::Inherit && stream.descriptor < 0)
            return true;
    }
    return false;
}

// spawn(handle, ...options) -> its number, or a negative errno
ReturnedValue spawn(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const ProcessOptions options = optionsAt(argv, argc, 1);
    if (hasLostDescriptor(options))
        return Encode(-EBADF);
    RuntimeHost::current().flush(); // what was printed before comes before what the child prints
    return Encode(provider()->spawn(argumentAt(argv, argc, 0).toUInt32(), options));
}

// kill(handle, signal) -> 0 or a negative errno
ReturnedValue kill(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(provider()->kill(argumentAt(argv, argc, 0).toUInt32(), argumentAt(argv, argc, 1).toInt32()));
}

// killNumber(process number, signal) -> 0 or a negative errno: process.kill
ReturnedValue killNumber(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    RuntimeHost::current().flush(); // it may be this process
    return Encode(::kill(argumentAt(argv, argc, 0).toInt32(), argumentAt(argv, argc, 1).toInt32()) < 0 ? -errno : 0);
}

// watchSignal(handle, signal) -> 0 or a negative errno
ReturnedValue watchSignal(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(provider()->watchSignal(argumentAt(argv, argc, 0).toUInt32(), argumentAt(argv, argc, 1).toInt32()));
}

// setRawMode(handle, isRaw) -> 0 or a negative errno
ReturnedValue setRawMode(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const int isRaw = argumentAt(argv, argc, 1).toBoolean() ? 1 : 0;
    return Encode(provider()->setOption(argumentAt(argv, argc, 0).toUInt32(), HandleOption::RawMode, isRaw));
}

// windowSize(descriptor) -> [columns, rows] of a terminal, or undefined
ReturnedValue windowSize(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    struct winsize size = {};
    if (::ioctl(argumentAt(argv, argc, 0).toInt32(), TIOCGWINSZ, &size) < 0)
        return Encode::undefined();
    Scope scope(function);
    Value *numbers = scope.alloc(2);
    numbers[0] = Value::fromInt32(size.ws_col);
    numbers[1] = Value::fromInt32(size.ws_row);
    return scope.engine->newArrayObject(numbers, 2)->asReturnedValue();
}

// run(...options, inputs, timeout in ms, most output in bytes, signal) -> [error, number, status, signal, outputs]
ReturnedValue run(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *v4 = function->engine();
    Scope scope(v4);
    SynchronousProcess process;
    process.options = optionsAt(argv, argc, 0);
    ScopedObject inputs(scope, argumentAt(argv, argc, optionCount));
    ScopedValue value(scope);
    const uint count = inputs ? static_cast<uint>(inputs->getLength()) : 0;
    for (uint index = 0; index < count; ++index) {
        value = inputs->get(index);
        process.inputs.push_back(bytesOf(value).toByteArray());
    }
    process.timeout = static_cast<quint64>(argumentAt(argv, argc, optionCount + 1).toNumber());
    process.mostOutput = argumentAt(argv, argc, optionCount + 2).toNumber();
    process.killSignal = argumentAt(argv, argc, optionCount + 3).toInt32();
    RuntimeHost::current().flush();
    SynchronousProcess::Outcome outcome;
    outcome.error = -EBADF;
    if (!hasLostDescriptor(process.options))
        outcome = process.run();
    ScopedArrayObject outputs(scope, v4->newArrayObject());
    for (uint index = 0; index < outcome.outputs.size(); ++index) {
        value = outcome.outputs[index].isNull() ? Encode::null() : v4->newArrayBuffer(outcome.outputs[index])->asReturnedValue();
        outputs->put(index, value);
    }
    Value *parts = scope.alloc(5);
    parts[0] = Value::fromInt32(outcome.error);
    parts[1] = Value::fromInt32(outcome.number);
    parts[2] = Value::fromDouble(static_cast<double>(outcome.status));
    parts[3] = Value::fromInt32(outcome.signal);
    parts[4] = outputs;
    return v4->newArrayObject(parts, 5)->asReturnedValue();
}

} // namespace

void defineProcessNatives(ExecutionEngine *v4, Object *binding)
{
    Scope scope(v4);
    ScopedObject keptBinding(scope, binding);
    ScopedObject target(scope, v4->newObject());
    defineNatives(v4, target,
        {{"spawn", spawn, 1 + optionCount}, {"kill", kill, 2}, {"killNumber", killNumber, 2}, {"watchSignal", watchSignal, 2},
            {"setRawMode", setRawMode, 2}, {"windowSize", windowSize, 1}, {"run", run, optionCount + 4}});
    keptBinding->defineDefaultProperty(QStringLiteral("processes"), target);
}

} // namespace loopscope
