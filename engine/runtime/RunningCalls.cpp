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

/// Where an instruction begins; -1 if there is none.
struct Place
{
    int start = -1;
    int opcode = 0;
};

/// The instruction that ends at `pointer`, where V4 points to while it runs.
Place placeBefore(const CompiledData::Function &function, int pointer)
{
    struct Known
    {
        const CompiledData::Function *function = nullptr;
        int pointer = 0;
        Place place;
    };
    // Errors are made in the same places again and again, and the way there leads through all the code before them.
    static thread_local std::array<Known, 256> all;
    Known &known =
        all[(reinterpret_cast<quintptr>(&function) / alignof(CompiledData::Function) + static_cast<quintptr>(pointer)) % all.size()];
    if (known.function == &function && known.pointer == pointer)
        return known.place;
    Place found;
    Place previous;
    bytecode::forEachInstruction(function, [&](int opcode, const char *start) {
        const int offset = static_cast<int>(start - function.code());
        if (offset == pointer)
            found = previous;
        previous = {offset, opcode};
    });
    known = {&function, pointer, found};
    return found;
}

int lineAt(const CompiledData::Function &function, int end)
{
    const auto isBefore = [](const CompiledData::CodeOffsetToLine &entry, uint offset) { return entry.codeOffset < offset; };
    const auto *first = function.lineNumberTable();
    const auto *after = std::lower_bound(first, first + function.nLineNumbers, static_cast<uint>(end), isBefore);
    return after == first ? 0 : static_cast<int>((after - 1)->line);
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
    const Place place = placeBefore(function, frame.instructionPointer);
    if (place.start < 0)
        return -1;
    const Instruction instruction(place.opcode, function.code() + place.start);
    if (!instruction.isCall())
        return -1;
    readCall(frame, instruction, pair);
    return place.start;
}

NamedCall namedCall(const Function &function, int place)
{
    const CompiledData::Function &code = *function.compiledFunction;
    struct Call
    {
        int name;
        int place;
        int line;
    };
    std::vector<Call> calls;
    NamedCall found;
    int name = -1;
    int line = 0;
    bytecode::forEachInstruction(code, [&](int opcode, const char *start) {
        const Instruction instruction(opcode, start);
        if (!instruction.isCall() || instruction.name() < 0)
            return;
        const int offset = static_cast<int>(start - code.code());
        calls.push_back({instruction.name(), offset, lineAt(code, offset + 1)});
        if (offset == place) {
            name = calls.back().name;
            line = calls.back().line;
        }
    });
    if (name < 0)
        return found;
    found.name = function.compilationUnit->runtimeStrings[name]->toQString();
    for (const Call &call : calls) {
        if (call.name != name || call.line != line)
            continue;
        if (call.place < place)
            ++found.ordinal;
        ++found.count;
    }
    return found;
}

} // namespace loopscope
