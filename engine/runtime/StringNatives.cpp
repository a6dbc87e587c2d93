// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/StringNatives.h"

#include "runtime/Natives.h"

#include <private/qv4stringobject_p.h>

#include <algorithm>
#include <cmath>

namespace loopscope {

using namespace QV4;

namespace {

/// What the first argument is for.
enum class Use { Text, TextOnly, Position }; // TextOnly: a regular expression is an error

/// What a search starts from. Nothing here is valid if the engine has an exception.
struct Search
{
    QString text;
    QString pattern;

    Search(ExecutionEngine *engine, const char *method, const Value *thisObject, const Value &wanted, Use use)
    {
        if (thisObject->isNullOrUndefined()) {
            engine->throwTypeError(QStringLiteral("String.prototype.%1 called on null or undefined").arg(QLatin1String(method)));
            return;
        }
        text = textOf(engine, *thisObject);
        if (engine->hasException)
            return;
        if (use == Use::TextOnly && isRegExp(engine, wanted)) {
            engine->throwTypeError(
                QStringLiteral("First argument to String.prototype.%1 must not be a regular expression").arg(QLatin1String(method)));
            return;
        }
        if (!engine->hasException && use != Use::Position)
            pattern = textOf(engine, wanted);
    }

    static QString textOf(ExecutionEngine *engine, const Value &value)
    {
        if (!value.isSymbol())
            return value.toQString();
        engine->throwTypeError(QStringLiteral("Cannot convert a Symbol value to a string"));
        return {};
    }

    /// Qt installs no header that V4's class of regular expressions could be included with.
    static bool hasPattern(const Object &object) { return qstrcmp(object.vtable()->className, "RegExpObject") == 0; }

    static bool isRegExp(ExecutionEngine *engine, const Value &value)
    {
        Scope scope(engine);
        ScopedObject object(scope, value);
        if (!object)
            return false;
        ScopedValue match(scope, object->get(engine->symbol_match()));
        return !engine->hasException && (match->isUndefined() ? hasPattern(*object) : match->toBoolean());
    }

    /// The position that an argument names, within the text.
    qsizetype clamped(const Value &position, double fallback) const
    {
        const double wanted = position.isUndefined() ? fallback : position.toInteger();
        return static_cast<qsizetype>(std::clamp(wanted, 0.0, static_cast<double>(text.size())));
    }

    bool standsAt(qsizetype start) const
    {
        return start >= 0 && start + pattern.size() <= text.size() && QStringView(text).mid(start, pattern.size()) == pattern;
    }
};

ReturnedValue indexOf(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "indexOf", thisObject, argumentAt(argv, argc, 0), Use::Text);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    if (search.pattern.isEmpty())
        return Encode(static_cast<int>(start));
    return Encode(static_cast<int>(search.text.indexOf(search.pattern, start)));
}

ReturnedValue lastIndexOf(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "lastIndexOf", thisObject, argumentAt(argv, argc, 0), Use::Text);
    if (function->engine()->hasException)
        return Encode::undefined();
    // What is no number asks for the end.
    const double position = argumentAt(argv, argc, 1).toNumber();
    const Value limit = std::isnan(position) ? Value::undefinedValue() : Value::fromDouble(position);
    const qsizetype start = std::min(search.clamped(limit, HUGE_VAL), search.text.size() - search.pattern.size());
    if (start < 0 || search.pattern.isEmpty())
        return Encode(static_cast<int>(start < 0 ? -1 : start));
    return Encode(static_cast<int>(search.text.lastIndexOf(search.pattern, start)));
}

ReturnedValue includes(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "includes", thisObject, argumentAt(argv, argc, 0), Use::TextOnly);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    return Encode(search.pattern.isEmpty() || search.text.indexOf(search.pattern, start) >= 0);
}

ReturnedValue startsWith(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "startsWith", thisObject, argumentAt(argv, argc, 0), Use::TextOnly);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    return Encode(search.standsAt(start));
}

ReturnedValue endsWith(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "endsWith", thisObject, argumentAt(argv, argc, 0), Use::TextOnly);
    const qsizetype end = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), HUGE_VAL);
    return Encode(search.standsAt(end - search.pattern.size()));
}

// substr(start, length)
ReturnedValue substr(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "substr", thisObject, argumentAt(argv, argc, 0), Use::Position);
    if (function->engine()->hasException)
        return Encode::undefined();
    const auto size = static_cast<double>(search.text.size());
    const double asked = argumentAt(argv, argc, 0).toInteger();
    const double start = asked < 0 ? std::max(size + asked, 0.0) : std::min(asked, size);
    const double length = argumentAt(argv, argc, 1).isUndefined() ? size : argv[1].toInteger();
    if (function->engine()->hasException)
        return Encode::undefined();
    const double end = std::min(start + std::max(length, 0.0), size);
    const QString part = search.text.mid(static_cast<qsizetype>(start), static_cast<qsizetype>(end - start));
    return function->engine()->newString(part)->asReturnedValue();
}

/// toString and valueOf
template<bool isToString>
ReturnedValue stringValue(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    if (thisObject->isString())
        return thisObject->asReturnedValue();
    const Object *object = thisObject->as<Object>();
    if (object && object->vtable()->type == Managed::Type_StringObject) // its class is not exported
        return Value::fromHeapObject(static_cast<const Heap::StringObject *>(static_cast<const Heap::Base *>(object->d()))->string)
            .asReturnedValue();
    return function->engine()->throwTypeError(QStringLiteral("String.prototype.%1 requires that 'this' be a String")
                                                  .arg(isToString ? QStringLiteral("toString") : QStringLiteral("valueOf")));
}

} // namespace

void defineStringNatives(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->jsObjects[ExecutionEngine::StringProto]);
    defineNatives(engine, prototype,
        {{"indexOf", indexOf, 1}, {"lastIndexOf", lastIndexOf, 1}, {"includes", includes, 1}, {"startsWith", startsWith, 1},
            {"endsWith", endsWith, 1}, {"substr", substr, 2}, {"toString", stringValue<true>}, {"valueOf", stringValue<false>}});
}

} // namespace loopscope
