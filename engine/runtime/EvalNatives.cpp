// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/EvalNatives.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

namespace {

struct Originals
{
    VTable::Call functionCall = nullptr;
    VTable::CallAsConstructor functionConstruct = nullptr;
};

Originals &originals()
{
    static Originals functions;
    return functions;
}

/// What V4 is quick to make and cannot get wrong: the usual way to the global object.
bool isReturnThis(const Value *argv, int argc)
{
    return argc == 1 && argv[0].isString() && argv[0].toQStringNoThrow() == QLatin1String("return this");
}

ReturnedValue makeFunction(const Value *argv, int argc)
{
    Core &core = Core::current();
    Scope scope(core.v4());
    Value *arguments = scope.alloc(argc);
    for (int index = 0; index < argc; ++index)
        arguments[index] = argv[index];
    ScopedValue result(scope);
    if (!core.callHook("makeFunction", arguments, argc, result))
        return scope.engine->throwError(result);
    return result->asReturnedValue();
}

ReturnedValue callFunction(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return isReturnThis(argv, argc) ? originals().functionCall(function, thisObject, argv, argc) : makeFunction(argv, argc);
}

ReturnedValue constructFunction(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget)
{
    const bool isSubclass = newTarget && newTarget->heapObject() != function->d();
    return isSubclass || isReturnThis(argv, argc) ? originals().functionConstruct(function, argv, argc, newTarget)
                                                  : makeFunction(argv, argc);
}

ReturnedValue indirectEval(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    if (argc == 0 || !argv[0].isString())
        return argc == 0 ? Encode::undefined() : argv[0].asReturnedValue();
    Scope scope(engine);
    Script program(engine->rootContext(), Compiler::ContextType::Global, argv[0].toQStringNoThrow(), QStringLiteral("eval code"), 1);
    program.strictMode = false;
    program.inheritContext = false; // its variables are global, not its caller's
    program.parse();
    return scope.hasException() ? Encode::undefined() : program.run();
}

// installEval(): from now on, once the hook is there
ReturnedValue installEval(const FunctionObject *function, const Value *, const Value *, int)
{
    ExecutionEngine *engine = function->engine();
    Heap::FunctionObject *constructor = engine->functionCtor()->d();
    originals() = {constructor->jsCall, constructor->jsConstruct};
    constructor->jsCall = callFunction;
    constructor->jsConstruct = constructFunction;
    reinterpret_cast<FunctionObject *>(engine->jsObjects + ExecutionEngine::Eval_Function)->d()->jsCall = indirectEval;
    return Encode::undefined();
}

} // namespace

void defineEvalNatives(ExecutionEngine *engine, Object *binding) { defineNatives(engine, binding, {{"installEval", installEval}}); }

} // namespace loopscope
