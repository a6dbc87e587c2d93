// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/EvalNatives.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"

namespace loopscope {

using namespace QV4;

namespace {

struct Originals
{
    VTable::Call call = nullptr;
    VTable::CallAsConstructor construct = nullptr;
};

enum DynamicKind { PlainFunction, GeneratorFunction };

template<DynamicKind kind>
Originals &originals()
{
    static thread_local Originals functions;
    return functions;
}

/// What V4 is quick to make and cannot get wrong: the usual way to the global object.
bool isReturnThis(const Value *argv, int argc)
{
    return argc == 1 && argv[0].isString() && argv[0].toQStringNoThrow() == QLatin1String("return this");
}

template<DynamicKind kind>
ReturnedValue makeFunction(const Value *argv, int argc)
{
    Core &core = Core::current();
    Scope scope(core.v4());
    Value *arguments = scope.alloc(argc + 1);
    arguments[0] = scope.engine->newString(kind == PlainFunction ? QStringLiteral("function") : QStringLiteral("function*"));
    for (int index = 0; index < argc; ++index)
        arguments[index + 1] = argv[index];
    ScopedValue result(scope);
    if (!core.callHook("makeFunction", arguments, argc + 1, result))
        return scope.engine->throwError(result);
    return result->asReturnedValue();
}

template<DynamicKind kind>
ReturnedValue callFunction(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return kind == PlainFunction && isReturnThis(argv, argc) ? originals<kind>().call(function, thisObject, argv, argc)
                                                             : makeFunction<kind>(argv, argc);
}

template<DynamicKind kind>
ReturnedValue constructFunction(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget)
{
    const bool isSubclass = newTarget && newTarget->heapObject() != function->d();
    const bool isV4s = isSubclass || (kind == PlainFunction && isReturnThis(argv, argc));
    return isV4s ? originals<kind>().construct(function, argv, argc, newTarget) : makeFunction<kind>(argv, argc);
}

template<DynamicKind kind>
void replace(Heap::FunctionObject *constructor)
{
    originals<kind>() = {constructor->jsCall, constructor->jsConstruct};
    constructor->jsCall = callFunction<kind>;
    constructor->jsConstruct = constructFunction<kind>;
}

ReturnedValue indirectEval(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    if (argc == 0 || !argv[0].isString())
        return argc == 0 ? Encode::undefined() : argv[0].asReturnedValue();
    Scope scope(engine);
    ScopedValue global(scope, engine->globalObject->asReturnedValue());
    return RuntimeHost::current().evaluate(argv[0].toQStringNoThrow(), false, Value::undefinedValue(), engine->rootContext(), global);
}

// eval(callee, isStrict, importer, ...arguments): what the compiler makes of `eval(...arguments)`. The frame is its caller's.
ReturnedValue directEval(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    constexpr int before = 3;
    ExecutionEngine *engine = function->engine();
    const Value undefined = Value::undefinedValue();
    if (!argv[0].isManaged() || argv[0].heapObject() != engine->jsObjects[ExecutionEngine::Eval_Function].heapObject()) {
        const FunctionObject *callee = argv[0].as<FunctionObject>();
        return callee ? callee->call(&undefined, argv + before, argc - before)
                      : engine->throwTypeError(QStringLiteral("eval is not a function"));
    }
    if (argc == before || !argv[before].isString())
        return argc == before ? Encode::undefined() : argv[before].asReturnedValue();
    Scope scope(engine);
    ScopedContext context(scope, engine->currentContext());
    ScopedValue thisObject(scope, engine->currentStackFrame->thisObject());
    return RuntimeHost::current().evaluate(argv[before].toQStringNoThrow(), argv[1].booleanValue(), argv[2], context, thisObject);
}

// installEval(): from now on, once the hook is there
ReturnedValue installEval(const FunctionObject *function, const Value *, const Value *, int)
{
    ExecutionEngine *engine = function->engine();
    replace<PlainFunction>(engine->functionCtor()->d());
    replace<GeneratorFunction>(engine->generatorFunctionCtor()->d());
    reinterpret_cast<FunctionObject *>(engine->jsObjects + ExecutionEngine::Eval_Function)->d()->jsCall = indirectEval;
    return Encode::undefined();
}

// ----------------------------------------------------------------------------------------------------------------- node:vm

// vm.compile(path, text) -> [number, kind of a name, name, ...]; see ContextName
ReturnedValue compileContextScript(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    RuntimeHost &host = RuntimeHost::current();
    const int number =
        host.compileContextScript(argumentAt(argv, argc, 0).toQStringNoThrow(), argumentAt(argv, argc, 1).toQStringNoThrow());
    if (number == 0)
        return Encode::undefined();
    Scope scope(function);
    ScopedArrayObject result(scope, scope.engine->newArrayObject());
    result->push_back(Value::fromInt32(number));
    ScopedValue value(scope);
    for (const ContextName &declared : host.contextNames(number)) {
        result->push_back(Value::fromInt32(static_cast<int>(declared.kind)));
        value = scope.engine->newString(declared.name);
        result->push_back(value);
    }
    return result->asReturnedValue();
}

/// Where names of a context's scripts are looked up and declared: in `names`, a proxy that says it has all of them, and nowhere else.
Heap::ExecutionContext *makeContextScope(ExecutionEngine *engine, const Object *names)
{
    Scope scope(engine);
    ScopedContext outermost(scope, engine->rootContext()->newWithContext(names->d()));
    outermost->d()->type = Heap::ExecutionContext::Type_GlobalContext; // V4 declares variables in the outermost of this kind
    outermost->d()->outer.set(engine, nullptr);
    return outermost->newWithContext(names->d());
}

// vm.run(number, names, scopes, this, importer, marks, timeout) -> result, or undefined and vm.wasInterrupted. `names`: see
// makeContextScope(); undefined: the global object. `scopes`: objects whose properties are names too, the outermost first. `timeout`: ms; 0
// is none.
ReturnedValue runContextScript(const FunctionObject *function, const Value *vm, const Value *argv, int argc)
{
    constexpr double nanoseconds = 1e6;
    RuntimeHost &host = RuntimeHost::current();
    Scope scope(function);
    ExecutionEngine *engine = scope.engine;
    const Object *names = argv[1].as<Object>();
    ScopedContext context(scope, names ? makeContextScope(engine, names) : engine->rootContext()->d());
    ScopedObject scopes(scope, argumentAt(argv, argc, 2));
    ScopedObject inner(scope);
    for (uint index = 0, count = static_cast<uint>(scopes->getLength()); index < count; ++index) {
        inner = scopes->get(index);
        context = context->newWithContext(inner->d());
    }
    ScopedValue thisObject(scope, argumentAt(argv, argc, 3));
    const double timeout = argumentAt(argv, argc, 6).toNumber();
    const quint64 deadline = timeout > 0 ? host.core().tracer().clock().now() + static_cast<quint64>(timeout * nanoseconds) : 0;
    bool wasInterrupted = false;
    ScopedValue result(scope,
        host.runContextScript(argumentAt(argv, argc, 0).toInt32(), argumentAt(argv, argc, 4), argumentAt(argv, argc, 5), context,
            thisObject, deadline, &wasInterrupted));
    if (engine->hasException)
        return Encode::undefined();
    ScopedObject natives(scope, *vm);
    putNamed(natives, QStringLiteral("wasInterrupted"), Value::fromBoolean(wasInterrupted));
    return result->asReturnedValue();
}

} // namespace

void defineEvalNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"installEval", installEval}, {"eval", directEval, 3}});
    Scope scope(engine);
    ScopedObject vm(scope, engine->newObject());
    defineNatives(engine, vm, {{"compile", compileContextScript, 2}, {"run", runContextScript, 7}});
    ScopedObject kept(scope, binding);
    kept->defineDefaultProperty(QStringLiteral("vm"), vm);
}

} // namespace loopscope
