// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RunningCalls.h"

#include "runtime/ByteCode.h"
#include "runtime/Core.h"
#include "runtime/PropertyHooks.h"
#include "runtime/Words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <vector>

namespace loopscope {

using namespace QV4;
using bytecode::Type;

namespace {

/// One instruction of a function.
struct Instruction
{
    Type type; ///< without the bit that says how wide its operands are
    const char *operands;
    int width;

    Instruction(int opcode, const char *start)
        : type(static_cast<Type>(opcode & ~1))
        , operands(start + (opcode < bytecode::highOpcodes ? 1 : 2))
        , width((opcode & 1) != 0 ? 4 : 1)
    {
        if (*start == 0)
            ++operands; // a leading byte that means nothing
    }
    int operand(int index) const
    {
        if (width == 1)
            return static_cast<signed char>(operands[index]);
        qint32 value = 0;
        std::memcpy(&value, operands + std::ptrdiff_t{index} * width, sizeof value);
        return value;
    }
    bool isCall() const
    {
        switch (type) {
        case Type::CallValue:
        case Type::CallWithReceiver:
        case Type::CallProperty:
        case Type::CallPropertyLookup:
        case Type::CallElement:
        case Type::CallName:
        case Type::CallWithSpread:
        case Type::Construct:
        case Type::ConstructWithSpread:
            return true;
        default:
            return false;
        }
    }
    /// Number of the name it has, or -1.
    int name() const
    {
        const bool isNamed = type == Type::CallProperty || type == Type::CallPropertyLookup || type == Type::CallName;
        return isNamed ? operand(0) : -1;
    }
};

/// A call instruction of a function.
struct CallSite
{
    int start = -1; ///< offset in the code; -1 for none
    int end = 0;
    int opcode = 0;
    int name = -1; ///< number of the name it has, or -1
    int line = 0;
};

int lineAt(const CompiledData::Function &function, int end)
{
    const auto isBefore = [](const CompiledData::CodeOffsetToLine &entry, uint offset) { return entry.codeOffset < offset; };
    const auto *first = function.lineNumberTable();
    const auto *after = std::lower_bound(first, first + function.nLineNumbers, static_cast<uint>(end), isBefore);
    return after == first ? 0 : static_cast<int>((after - 1)->line);
}

std::vector<CallSite> findCalls(const CompiledData::Function &function)
{
    std::vector<CallSite> calls;
    bool isOpen = false; // the last one's end is where the next instruction begins
    bytecode::forEachInstruction(function, [&](int opcode, const char *start) {
        const int offset = static_cast<int>(start - function.code());
        if (isOpen)
            calls.back().end = offset;
        const Instruction instruction(opcode, start);
        isOpen = instruction.isCall();
        if (isOpen)
            calls.push_back({offset, static_cast<int>(function.codeSize), opcode, instruction.name(), lineAt(function, offset + 1)});
    });
    return calls;
}

/// In order. Errors are made in the same functions again and again, and a long one takes long to read.
const std::vector<CallSite> &callsOf(const CompiledData::Function &function)
{
    struct Known
    {
        const CompiledData::Function *function = nullptr;
        uint codeSize = 0; ///< another function may have taken the place of one that is gone
        uint nameIndex = 0;
        std::vector<CallSite> calls;
    };
    static thread_local std::array<Known, 256> all;
    Known &known = all[(reinterpret_cast<quintptr>(&function) / alignof(CompiledData::Function)) % all.size()];
    if (known.function != &function || known.codeSize != function.codeSize || known.nameIndex != function.nameIndex)
        known = {&function, function.codeSize, function.nameIndex, findCalls(function)};
    return known.calls;
}

/// The call that ends at `pointer`, where V4 points to while it runs; null if there is none.
const CallSite *callBefore(const CompiledData::Function &function, int pointer)
{
    const std::vector<CallSite> &calls = callsOf(function);
    const auto found =
        std::lower_bound(calls.begin(), calls.end(), pointer, [](const CallSite &call, int wanted) { return call.end < wanted; });
    return found != calls.end() && found->end == pointer ? &*found : nullptr;
}

ReturnedValue methodOf(ExecutionEngine *engine, const Value &base, PropertyKey key)
{
    Scope scope(engine);
    ScopedObject holder(scope, base.isObject() ? static_cast<const Object &>(base).d() : prototypeOf(engine, base));
    return holder ? plainProperty(*holder, key) : Encode::undefined();
}

void readCall(const JSTypesStackFrame &frame, const Instruction &call, Value *pair)
{
    ExecutionEngine *engine = Core::current().v4();
    const auto *values = reinterpret_cast<const Value *>(frame.jsFrame);
    const auto registerAt = [&](int index) {
        const bool exists = index >= 0 && static_cast<uint>(index) < frame.requiredJSStackFrameSize();
        return exists ? values[index] : Value::undefinedValue();
    };
    const auto name = [&](int index) {
        Scope scope(engine);
        ScopedString text(scope, frame.v4Function->compilationUnit->runtimeStrings[index]);
        return text->toPropertyKey(); // an identifier that the unit keeps
    };
    switch (call.type) {
    case Type::CallValue:
        pair[0] = registerAt(call.operand(0));
        break;
    case Type::CallWithReceiver:
    case Type::CallWithSpread:
        pair[0] = registerAt(call.operand(0));
        pair[1] = registerAt(call.operand(1));
        break;
    case Type::CallProperty:
    case Type::CallPropertyLookup:
        pair[1] = registerAt(call.operand(1));
        pair[0] = methodOf(engine, pair[1], name(call.operand(0)));
        break;
    case Type::CallElement: {
        pair[1] = registerAt(call.operand(0));
        const Value index = registerAt(call.operand(1));
        if (index.isString())
            pair[0] = methodOf(engine, pair[1], static_cast<const String &>(index).toPropertyKey());
        break;
    }
    case Type::CallName:
        pair[0] = plainProperty(*engine->globalObject, name(call.operand(0)));
        break;
    default: // one that constructs
        pair[0] = registerAt(call.operand(0));
        pair[1] = Value::nullValue();
        break;
    }
}

} // namespace

int runningCall(const JSTypesStackFrame &frame, Value *pair)
{
    pair[0] = Value::undefinedValue();
    pair[1] = Value::undefinedValue();
    const CompiledData::Function &function = *frame.v4Function->compiledFunction;
    const CallSite *call = callBefore(function, frame.instructionPointer);
    if (!call)
        return -1;
    readCall(frame, Instruction(call->opcode, function.code() + call->start), pair);
    return call->start;
}

NamedCall namedCall(const Function &function, int place)
{
    const std::vector<CallSite> &calls = callsOf(*function.compiledFunction);
    const auto call = std::find_if(calls.begin(), calls.end(), [place](const CallSite &candidate) { return candidate.start == place; });
    NamedCall found;
    if (call == calls.end() || call->name < 0)
        return found;
    found.name = function.compilationUnit->runtimeStrings[call->name]->toQString();
    const auto isNamesake = [call](const CallSite &other) { return other.line == call->line && other.name == call->name; };
    found.ordinal = static_cast<int>(std::count_if(calls.begin(), call, isNamesake));
    found.count = found.ordinal + static_cast<int>(std::count_if(call, calls.end(), isNamesake));
    return found;
}

} // namespace loopscope
