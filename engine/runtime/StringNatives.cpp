// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/StringNatives.h"

#include "runtime/Natives.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

using namespace QV4;

namespace {

/// What a search starts from. Nothing here is valid if the engine has an exception.
struct Search
{
    QString text;
    QString pattern;

    /// `rejectsPatterns`: a regular expression as the argument is an error.
    Search(ExecutionEngine *engine, const char *method, const Value *thisObject, const Value &wanted, bool rejectsPatterns)
    {
        if (thisObject->isNullOrUndefined()) {
            engine->throwTypeError(QStringLiteral("String.prototype.%1 called on null or undefined").arg(QLatin1String(method)));
            return;
        }
        text = textOf(engine, *thisObject);
        if (engine->hasException)
            return;
        if (rejectsPatterns && isRegExp(engine, wanted)) {
            engine->throwTypeError(
                QStringLiteral("First argument to String.prototype.%1 must not be a regular expression").arg(QLatin1String(method)));
            return;
        }
        if (!engine->hasException)
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
    const Search search(function->engine(), "indexOf", thisObject, argumentAt(argv, argc, 0), false);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    if (search.pattern.isEmpty())
        return Encode(static_cast<int>(start));
    return Encode(static_cast<int>(search.text.indexOf(search.pattern, start)));
}

ReturnedValue lastIndexOf(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "lastIndexOf", thisObject, argumentAt(argv, argc, 0), false);
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
    const Search search(function->engine(), "includes", thisObject, argumentAt(argv, argc, 0), true);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    return Encode(search.pattern.isEmpty() || search.text.indexOf(search.pattern, start) >= 0);
}

ReturnedValue startsWith(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "startsWith", thisObject, argumentAt(argv, argc, 0), true);
    const qsizetype start = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), 0);
    return Encode(search.standsAt(start));
}

ReturnedValue endsWith(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const Search search(function->engine(), "endsWith", thisObject, argumentAt(argv, argc, 0), true);
    const qsizetype end = function->engine()->hasException ? 0 : search.clamped(argumentAt(argv, argc, 1), HUGE_VAL);
    return Encode(search.standsAt(end - search.pattern.size()));
}

} // namespace

void defineStringSearches(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->jsObjects[ExecutionEngine::StringProto]);
    defineNatives(engine, prototype,
        {{"indexOf", indexOf, 1}, {"lastIndexOf", lastIndexOf, 1}, {"includes", includes, 1}, {"startsWith", startsWith, 1},
            {"endsWith", endsWith, 1}});
}

} // namespace loopscope
