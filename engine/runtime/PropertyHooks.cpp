// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/PropertyHooks.h"

#include "runtime/BigInts.h"
#include "runtime/ByteCode.h"
#include "runtime/Words.h"

#include <cstring>
#include <vector>

namespace loopscope {

using namespace QV4;
using bytecode::Type;

// V4 has instructions that do the same through a table of look-ups, each of which names its own function. Both take the same space.
static_assert(
    bytecode::operandCounts[static_cast<int>(Type::CallProperty)] == bytecode::operandCounts[static_cast<int>(Type::CallPropertyLookup)]);
static_assert(bytecode::operandCounts[static_cast<int>(Type::StoreProperty)] == bytecode::operandCounts[static_cast<int>(Type::SetLookup)]);
static_assert(static_cast<int>(Type::CallProperty) < bytecode::highOpcodes
    && static_cast<int>(Type::CallPropertyLookup) < bytecode::highOpcodes && static_cast<int>(Type::StoreProperty) < bytecode::highOpcodes
    && static_cast<int>(Type::SetLookup) < bytecode::highOpcodes);

Heap::Object *prototypeOf(ExecutionEngine *engine, const Value &primitive)
{
    if (primitive.isString())
        return engine->stringPrototype()->d();
    if (primitive.isNumber())
        return engine->numberPrototype()->d();
    if (primitive.isBoolean())
        return engine->booleanPrototype()->d();
    return primitive.isSymbol() ? engine->symbolPrototype()->d() : nullptr;
}

namespace {

Heap::String *nameOf(ExecutionEngine *engine, const Lookup &lookup)
{
    return engine->currentStackFrame->v4Function->compilationUnit->runtimeStrings[lookup.nameIndex];
}

/// Called in place of a method that cannot be called: V4 then finds the error that is pending.
ReturnedValue callNothing(const FunctionObject *, const Value *, const Value *, int) { return Encode::undefined(); }

ReturnedValue nothing(ExecutionEngine *engine)
{
    static thread_local PersistentValue function;
    if (function.isUndefined()) {
        Scope scope(engine);
        ScopedString name(scope, engine->id_empty());
        function.set(engine, FunctionObject::createBuiltinFunction(engine, name, callNothing, 0));
    }
    return function.value();
}

ReturnedValue methodOf(Lookup *lookup, ExecutionEngine *engine, const Value &base)
{
    Scope scope(engine);
    ScopedString name(scope, nameOf(engine, *lookup));
    ScopedObject holder(scope, base.isObject() ? static_cast<const Object &>(base).d() : prototypeOf(engine, base));
    if (!holder) {
        engine->throwTypeError(QStringLiteral("Cannot call method '%1' of %2").arg(name->toQString(), base.toQStringNoThrow()));
        return nothing(engine);
    }
    ScopedValue method(scope, holder->get(name, nullptr, &base));
    if (engine->hasException)
        return nothing(engine);
    if (method->isFunctionObject())
        return method->asReturnedValue();
    engine->throwTypeError(QStringLiteral("Property '%1' of object %2 is not a function").arg(name->toQString(), QStringLiteral("it")));
    return nothing(engine);
}

// ------------------------------------------------------------------------------------------------- assignments of strict code

/// Throws what V8 throws when an object does not take a value.
bool refuse(ExecutionEngine *engine, const Object &object, const QString &name, PropertyKey key)
{
    Scope scope(engine);
    ScopedObject holder(scope, object.d());
    PropertyAttributes attributes;
    bool isOwn = true;
    while (holder && attributes.isEmpty() && !engine->hasException) {
        attributes = holder->getOwnProperty(key);
        isOwn = isOwn && !attributes.isEmpty();
        holder = holder->getPrototypeOf();
    }
    if (engine->hasException)
        return false;
    if (attributes.isAccessor())
        engine->throwTypeError(QStringLiteral("Cannot set property %1 of %2 which has only a getter").arg(name, describeObject(object)));
    else if (attributes.isEmpty())
        engine->throwTypeError(QStringLiteral("Cannot add property %1, object is not extensible").arg(name));
    else
        engine->throwTypeError(QStringLiteral("Cannot assign to read only property '%1' of object '%2'").arg(name, describeObject(object)));
    return false;
}

bool putInPrimitive(ExecutionEngine *engine, const Value &base, const QString &name, PropertyKey key, const Value &value)
{
    Scope scope(engine);
    ScopedObject holder(scope, prototypeOf(engine, base));
    if (!holder) {
        engine->throwTypeError(QStringLiteral("Cannot set properties of %1 (setting '%2')").arg(base.toQStringNoThrow(), name));
        return false;
    }
    const bool isLength = base.isString() && key == engine->id_length()->propertyKey();
    ScopedProperty property(scope);
    while (holder && !isLength) {
        const PropertyAttributes attributes = holder->getOwnProperty(key, property);
        if (attributes.isAccessor() && property->setter()) {
            ScopedFunctionObject setter(scope, property->setter());
            ScopedValue argument(scope, value);
            setter->call(&base, argument, 1);
            return true;
        }
        if (!attributes.isEmpty())
            break;
        holder = holder->getPrototypeOf();
    }
    const char *type = base.isString() ? "string" : base.isNumber() ? "number" : base.isBoolean() ? "boolean" : "symbol";
    const QString text = base.isSymbol() ? describeKey(base.symbolValue()->propertyKey()) : base.toQStringNoThrow();
    const QString words = isLength ? QStringLiteral("Cannot assign to read only property '%1' of %2 '%3'")
                                   : QStringLiteral("Cannot create property '%1' on %2 '%3'");
    engine->throwTypeError(words.arg(name, QLatin1String(type), text));
    return true; // what is pending is said
}

bool putStrictly(Lookup *lookup, ExecutionEngine *engine, Value &base, const Value &value)
{
    Scope scope(engine);
    ScopedString name(scope, nameOf(engine, *lookup));
    ScopedPropertyKey key(scope, name->toPropertyKey());
    if (!base.isObject())
        return putInPrimitive(engine, base, name->toQString(), key, value);
    if (const mpz_class *number = bigIntOf(base)) {
        engine->throwTypeError(
            QStringLiteral("Cannot create property '%1' on bigint '%2'").arg(name->toQString(), QString::fromStdString(number->get_str())));
        return false;
    }
    ScopedObject object(scope, base);
    const bool isTaken = object->put(key, value);
    if (isTaken || engine->hasException)
        return true;
    return refuse(engine, *object, name->toQString(), key);
}

/// The look-ups of a unit while it is being changed.
class Table
{
public:
    /// A name's own number serves its method calls.
    int callOf(int name)
    {
        entry(name) = {methodOf, nullptr, static_cast<uint>(name)};
        return name;
    }

    /// Any number that is free and not above `most`; -1 if there is none.
    int assignmentOf(int name, int most)
    {
        for (int index = 0; index <= most; ++index) {
            Entry &free = entry(index);
            if (free.put && free.name == static_cast<uint>(name))
                return index;
            if (!free.get && !free.put) {
                free = {nullptr, putStrictly, static_cast<uint>(name)};
                return index;
            }
        }
        return -1;
    }

    Lookup *release() const
    {
        auto *lookups = new Lookup[m_entries.size()];
        for (std::size_t index = 0; index < m_entries.size(); ++index) {
            std::memset(static_cast<void *>(lookups + index), 0, sizeof(Lookup));
            lookups[index].nameIndex = m_entries[index].name;
            if (m_entries[index].put)
                lookups[index].setter = m_entries[index].put;
            else
                lookups[index].getter = m_entries[index].get;
        }
        return lookups;
    }

private:
    struct Entry
    {
        ReturnedValue (*get)(Lookup *, ExecutionEngine *, const Value &) = nullptr;
        bool (*put)(Lookup *, ExecutionEngine *, Value &, const Value &) = nullptr;
        uint name = 0;
    };

    Entry &entry(int index)
    {
        if (static_cast<std::size_t>(index) >= m_entries.size())
            m_entries.resize(static_cast<std::size_t>(index) + 1);
        return m_entries[static_cast<std::size_t>(index)];
    }

    std::vector<Entry> m_entries;
};

int firstOperand(int opcode, const char *start)
{
    if ((opcode & 1) == 0)
        return static_cast<signed char>(start[1]);
    qint32 operand = 0;
    std::memcpy(&operand, start + 1, sizeof operand);
    return operand;
}

void replace(char *start, int opcode, int operand)
{
    start[0] = static_cast<char>(opcode);
    if ((opcode & 1) == 0)
        start[1] = static_cast<char>(operand);
    else
        std::memcpy(start + 1, &operand, sizeof(qint32));
}

} // namespace

void usePropertyHooks(ExecutableCompilationUnit &unit)
{
    if (unit.runtimeLookups)
        return;
    Table table;
    for (const Function *function : std::as_const(unit.runtimeFunctions)) {
        bytecode::forEachInstruction(*function->compiledFunction, [&](int opcode, char *start) {
            if ((opcode & ~1) == static_cast<int>(Type::CallProperty))
                replace(start, static_cast<int>(Type::CallPropertyLookup) | (opcode & 1), table.callOf(firstOperand(opcode, start)));
        });
    }
    // In a large file there may be no number left that fits in a byte: such assignments keep V4's words.
    constexpr int mostOfByte = 127;
    for (const Function *function : std::as_const(unit.runtimeFunctions)) {
        if (!function->isStrict())
            continue;
        bytecode::forEachInstruction(*function->compiledFunction, [&](int opcode, char *start) {
            if ((opcode & ~1) != static_cast<int>(Type::StoreProperty))
                return;
            const int index = table.assignmentOf(firstOperand(opcode, start), (opcode & 1) == 0 ? mostOfByte : 1 << 20);
            if (index >= 0)
                replace(start, static_cast<int>(Type::SetLookup) | (opcode & 1), index);
        });
    }
    unit.runtimeLookups = table.release();
}

} // namespace loopscope
