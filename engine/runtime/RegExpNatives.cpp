// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RegExpNatives.h"

#include "runtime/Natives.h"
#include "runtime/regexp/RegExpProgram.h"

#include <QHash>

#include <utility>
#include <vector>

namespace loopscope {

using namespace QV4;

namespace {

// A pattern that V4 does not know lives in a RegExp object of V4 whose own pattern matches nothing and says which program stands for it:
// "[]|" and the program's number. So it needs no memory of its own that the garbage collector would have to know of.
constexpr char placeholderStart[] = "[]|\\uE0C5";

class Programs
{
public:
    /// The number of the program, or -1 with the error.
    int compile(const QString &source, const QString &flags, QString *error)
    {
        const auto key = std::make_pair(source, flags);
        const auto known = m_numbers.constFind(key);
        if (known != m_numbers.constEnd())
            return *known;
        auto program = RegExpProgram::compile(source, flags, error);
        if (!program)
            return -1;
        m_programs.push_back(std::move(program));
        const int number = static_cast<int>(m_programs.size()) - 1;
        m_numbers.insert(key, number);
        return number;
    }
    const RegExpProgram *at(int number) const
    {
        return number >= 0 && static_cast<size_t>(number) < m_programs.size() ? m_programs[static_cast<size_t>(number)].get() : nullptr;
    }
    static Programs &current()
    {
        static thread_local Programs programs;
        return programs;
    }

private:
    std::vector<std::shared_ptr<const RegExpProgram>> m_programs;
    QHash<std::pair<QString, QString>, int> m_numbers;
};

constexpr int Plain = -1;
constexpr int NotARegExp = -2;

// The header of V4's RegExp objects needs one that Qt does not install, so their beginning is told here once more (Qt 5.12 to 6.8);
// canReadPatterns() finds out whether it is still so.
struct RegExpView : Heap::Base
{
    QString *pattern;
};

struct RegExpObjectView : Heap::Object
{
    RegExpView *value;
};

const QString *patternOf(const Value &value)
{
    const Managed *managed = value.as<Managed>();
    if (!managed || managed->vtable()->type != Managed::Type_RegExpObject)
        return nullptr;
    return static_cast<const RegExpObjectView *>(managed->heapObject())->value->pattern;
}

int programNumber(const Value *argv, int argc)
{
    const QString *pattern = argc > 0 ? patternOf(argv[0]) : nullptr;
    if (!pattern)
        return NotARegExp;
    const QLatin1String start(placeholderStart);
    return pattern->startsWith(start) ? QStringView(*pattern).mid(start.size()).toInt() : Plain;
}

// regexpProgram(value) -> number of the program, -1 for a RegExp of V4's own, -2 for anything else
ReturnedValue regexpProgram(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(programNumber(argv, argc));
}

// regexpCompile(source, flags) -> number of a program, or the text of the error
ReturnedValue regexpCompile(const FunctionObject *function, const Value *, const Value *argv, int)
{
    QString error;
    const int number = Programs::current().compile(argv[0].toQStringNoThrow(), argv[1].toQStringNoThrow(), &error);
    if (number < 0)
        return function->engine()->newString(error)->asReturnedValue();
    return Encode(number);
}

// regexpPlaceholder(number) -> the pattern to give V4 for it
ReturnedValue regexpPlaceholder(const FunctionObject *function, const Value *, const Value *argv, int)
{
    return function->engine()->newString(QLatin1String(placeholderStart) + QString::number(argv[0].toInt32()))->asReturnedValue();
}

// regexpSource(regexp) -> the pattern as it was given
ReturnedValue regexpSource(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const int number = programNumber(argv, argc);
    if (number == NotARegExp)
        return Encode::undefined();
    const RegExpProgram *program = Programs::current().at(number);
    return function->engine()->newString(program ? program->source() : *patternOf(argv[0]))->asReturnedValue();
}

/// { name: value(group), ... } without a prototype, or undefined for a pattern without named groups.
template<typename ValueOf>
ReturnedValue namedGroups(ExecutionEngine *engine, const RegExpProgram &program, ValueOf valueOf)
{
    Scope scope(engine);
    ScopedObject groups(scope);
    ScopedString name(scope);
    ScopedValue value(scope);
    for (int group = 1; group <= program.groupCount(); ++group) {
        if (program.groupNames()[group - 1].isEmpty())
            continue;
        if (!groups) {
            groups = engine->newObject();
            groups->setPrototypeOf(nullptr);
        }
        name = engine->newIdentifier(program.groupNames()[group - 1]);
        value = valueOf(group);
        groups->insertMember(name, value);
    }
    return groups ? groups->asReturnedValue() : Encode::undefined();
}

ReturnedValue makeIndices(ExecutionEngine *engine, const RegExpProgram &program, const std::vector<int> &captures)
{
    Scope scope(engine);
    Value *pairs = scope.alloc(program.groupCount() + 1);
    Value *pair = scope.alloc(2);
    for (int group = 0; group <= program.groupCount(); ++group) {
        const auto at = static_cast<size_t>(group) * 2;
        if (captures[at] < 0)
            continue;
        pair[0] = Value::fromInt32(captures[at]);
        pair[1] = Value::fromInt32(captures[at + 1]);
        pairs[group] = engine->newArrayObject(pair, 2);
    }
    ScopedArrayObject indices(scope, engine->newArrayObject(pairs, program.groupCount() + 1));
    ScopedValue value(scope);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("groups")));
    value = namedGroups(engine, program, [&](int group) { return indices->get(static_cast<uint>(group)); });
    indices->insertMember(name, value);
    return indices->asReturnedValue();
}

// regexpExec(number, string, start) -> the match array as RegExp.prototype.exec gives it, or null
ReturnedValue regexpExec(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    const RegExpProgram *program = Programs::current().at(argv[0].toInt32());
    if (!program)
        return Encode::null();
    const QString subject = argv[1].toQStringNoThrow();
    std::vector<int> captures;
    switch (program->exec(subject, static_cast<qsizetype>(argv[2].toNumber()), &captures)) {
    case RegExpProgram::Outcome::NotFound:
        return Encode::null();
    case RegExpProgram::Outcome::OutOfMemory:
        return engine->throwRangeError(QStringLiteral("Maximum call stack size exceeded"));
    case RegExpProgram::Outcome::Found:
        break;
    }
    Value *texts = scope.alloc(program->groupCount() + 1);
    for (int group = 0; group <= program->groupCount(); ++group) {
        const auto at = static_cast<size_t>(group) * 2;
        if (captures[at] >= 0)
            texts[group] = engine->newString(subject.mid(captures[at], captures[at + 1] - captures[at]));
    }
    ScopedArrayObject array(scope, engine->newArrayObject(texts, program->groupCount() + 1));
    ScopedValue value(scope);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("index")));
    value = Value::fromInt32(captures[0]);
    array->insertMember(name, value);
    name = engine->newIdentifier(QStringLiteral("input"));
    value = argv[1];
    array->insertMember(name, value);
    name = engine->newIdentifier(QStringLiteral("groups"));
    value = namedGroups(engine, *program, [&](int group) { return array->get(static_cast<uint>(group)); });
    array->insertMember(name, value);
    if (program->flags().hasIndices) {
        name = engine->newIdentifier(QStringLiteral("indices"));
        value = makeIndices(engine, *program, captures);
        array->insertMember(name, value);
    }
    return array->asReturnedValue();
}

// regexpFlags(number) -> bits: 1 hasIndices, 2 dotAll, 4 unicodeSets
ReturnedValue regexpFlags(const FunctionObject *, const Value *, const Value *argv, int)
{
    const RegExpProgram *program = Programs::current().at(argv[0].toInt32());
    if (!program)
        return Encode(0);
    return Encode((program->flags().hasIndices ? 1 : 0) | (program->flags().dotAll ? 2 : 0) | (program->flags().unicodeSets ? 4 : 0));
}

/// V4's matches come as [..., index, input]; the class they are made with gets a third property, whose slot starts as undefined.
void addGroupsToMatches(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedArrayObject match(scope, engine->newArrayObject(engine->classes[EngineBase::Class_RegExpExecArray]));
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("groups")));
    match->insertMember(name, Value::undefinedValue());
    engine->classes[EngineBase::Class_RegExpExecArray] = match->internalClass();
}

} // namespace

void defineRegExpNatives(ExecutionEngine *engine, Object *binding)
{
    addGroupsToMatches(engine);
    defineNatives(engine, binding,
        {{"regexpProgram", regexpProgram, 1}, {"regexpCompile", regexpCompile, 2}, {"regexpPlaceholder", regexpPlaceholder, 1},
            {"regexpSource", regexpSource, 1}, {"regexpExec", regexpExec, 3}, {"regexpFlags", regexpFlags, 1}});
}

} // namespace loopscope
