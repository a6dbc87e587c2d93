// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Core.h"
#include "runtime/Natives.h"
#include "runtime/Promises.h"
#include "runtime/RuntimeHost.h"
#include "runtime/StackTraces.h"
#include "runtime/StoppedValues.h"

namespace loopscope {

using namespace QV4;

namespace {

// $s(n): the statement n is about to run.
ReturnedValue markStatement(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Core &core = Core::current();
    core.tracer().statement(static_cast<SiteId>(argv[0].integerValue()), function->engine()->currentStackFrame);
    return Encode::undefined();
}

void stopAt(ControlGate &gate, SiteId site, const CppStackFrame *frame, const Value *values, int count)
{
    RuntimeHost &host = RuntimeHost::current();
    StoppedValues stopped(host.core(), frame, host.valueNames(site), values, count);
    gate.stopAt(site, stopped);
}

// $s(n) of a run that a window watches: true if $s(n, a, b) is to follow, which gives the statement's values.
ReturnedValue markWatchedStatement(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    RuntimeHost &host = RuntimeHost::current();
    ControlGate &gate = *host.gate();
    const auto site = static_cast<SiteId>(argv[0].integerValue());
    const CppStackFrame *frame = function->engine()->currentStackFrame;
    if (argc > 1) {
        stopAt(gate, site, frame, argv + 1, argc - 1);
        return Encode::undefined();
    }
    if (host.tracer().isMuted())
        return Encode(false);
    gate.enterStatement();
    host.tracer().statement(site, frame);
    if (!gate.leaveStatement())
        return Encode(false);
    if (!host.valueNames(site).isEmpty())
        return Encode(true);
    stopAt(gate, site, frame, nullptr, 0);
    return Encode(false);
}

// $e(n): the function n was entered.
ReturnedValue markEntry(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Core &core = Core::current();
    const CppStackFrame *frame = function->engine()->currentStackFrame;
    core.tracer().enterFunction(static_cast<SiteId>(argv[0].integerValue()), frame, frame ? frame->parentFrame() : nullptr);
    return Encode::undefined();
}

// $a(n, value): the await n is about to suspend; gives value.
ReturnedValue markAwait(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    Promises::current().setAwaitSite(static_cast<SiteId>(argv[0].integerValue()));
    return argc > 1 ? argv[1].asReturnedValue() : Encode::undefined();
}

// $c(error): an error was caught by the person's code.
ReturnedValue markCatch(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    if (argc == 0 || !argv[0].as<ErrorObject>())
        return Encode::undefined();
    Core &core = Core::current();
    noteThrownError(argv[0]);
    Scope scope(core.v4());
    ScopedValue ignored(scope);
    core.callHook("translateError", argv, 1, ignored);
    return Encode::undefined();
}

} // namespace

void defineMarks(ExecutionEngine *engine, Object *target)
{
    const NativeFunction statement = RuntimeHost::current().namesValues() ? markWatchedStatement : markStatement;
    defineNatives(engine, target, {{"s", statement, 1}, {"e", markEntry, 1}, {"a", markAwait, 2}, {"c", markCatch, 1}});
}

} // namespace loopscope
