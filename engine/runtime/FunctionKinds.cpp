// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/FunctionKinds.h"

#include "runtime/Natives.h"

#include <cstring>
#include <map>
#include <utility>

namespace loopscope {

using namespace QV4;

thread_local FunctionKinds *FunctionKinds::s_current = nullptr;

namespace {

constexpr int columnLimit = 1 << 12; // V4 keeps this many bits less one of a function's column
using Place = std::pair<int, int>; ///< line and column, from 1, as V4 counts them

/// Goes through a text and tells where it is.
class PlaceFinder
{
public:
    explicit PlaceFinder(QStringView text)
        : m_text(text)
    {
    }

    /// Offsets must not fall. Column 0: too far right for V4 to tell.
    Place at(qsizetype offset)
    {
        for (; m_position < offset; ++m_position) {
            const char16_t unit = m_text[m_position].unicode();
            const bool isPair = unit == '\r' && m_position + 1 < m_text.size() && m_text[m_position + 1] == QLatin1Char('\n');
            if ((unit == '\n' || unit == '\r' || unit == 0x2028 || unit == 0x2029) && !isPair) {
                ++m_line;
                m_lineStart = m_position + 1;
            }
        }
        const qsizetype column = offset - m_lineStart + 1;
        return {m_line, column < columnLimit ? static_cast<int>(column) : 0};
    }

private:
    QStringView m_text;
    qsizetype m_position = 0;
    qsizetype m_lineStart = 0;
    int m_line = 1;
};

Heap::InternalClass *classOf(ExecutionEngine *engine, const char *expression)
{
    const QJSValue sample = engine->jsEngine()->evaluate(QLatin1String(expression));
    return QJSValuePrivate::asManagedType<Managed>(&sample)->internalClass();
}

Heap::InternalClass *keptClass(const PersistentValue &value) { return static_cast<Heap::InternalClass *>(value.valueRef()->heapObject()); }

} // namespace

FunctionKinds::FunctionKinds(ExecutionEngine *engine)
    : m_v4(engine)
{
    s_current = this;
    intercept(m_functions, "(function* () {})", "(() => 0)");
    intercept(m_methods, "({ * m() {} }).m", "({ m() {} }).m");
}

FunctionKinds::~FunctionKinds() { s_current = nullptr; }

/// V4 allocates a generator function with the class that the engine keeps for it, after changing that class's table to its own. What a
/// change leads to is looked up among the transitions of the class: in the class we put there, it leads to one with our table.
void FunctionKinds::intercept(Family &family, const char *generator, const char *plain)
{
    family.generator = classOf(m_v4, generator)->vtable;
    family.asyncClass.set(m_v4, classOf(m_v4, plain));
    family.plain = keptClass(family.asyncClass)->vtable;
    for (VTable *table : {&family.entry, &family.creation})
        std::memcpy(static_cast<void *>(table), family.generator, sizeof(VTable));
    family.creation.setPrototypeOf = &family == &m_functions ? finishFunction : finishMethod;

    Scope scope(m_v4);
    Scoped<InternalClass> entry(scope, m_v4->classes[family.classType]);
    entry = entry->changeVTable(&family.entry);
    entry = entry->changePrototype(m_v4->functionPrototype()->d());
    Scoped<InternalClass> creation(scope, entry->changeVTable(&family.creation));
    family.creationClass.set(m_v4, creation->d());
    Scoped<InternalClass> replaced(scope, entry->changeVTable(family.generator));
    family.replacedClass.set(m_v4, replaced->d());
    for (InternalClassTransition &transition : entry->d()->transitions) {
        if (transition.lookup == replaced->d())
            transition.lookup = creation->d();
    }
    m_v4->classes[family.classType] = entry->d();
}

void FunctionKinds::install(Object *binding)
{
    defineNatives(m_v4, binding, {{"setAsyncIntrinsics", setAsyncIntrinsics, 4}, {"asyncGenerator", asyncGenerator, 3}});
}

// asyncGenerator(thisObject, arguments | null, generatorFunction): a call of an async generator function. Native, because V4 would take a
// function's frame away for a tail call, and it is this frame that tells which function was called.
ReturnedValue FunctionKinds::asyncGenerator(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    Value *arguments = scope.alloc(4);
    for (int index = 0; index < 3; ++index)
        arguments[index] = argumentAt(argv, argc, index);
    const CppStackFrame *frame = scope.engine->currentStackFrame;
    const bool isKnown = frame && frame->isJSTypesFrame() && kindOf(*frame->v4Function) == FunctionKind::AsyncGenerator;
    arguments[3] = Value::undefinedValue();
    if (isKnown)
        arguments[3] = Value::fromReturnedValue(static_cast<const JSTypesStackFrame *>(frame)->jsFrame->function.asReturnedValue());
    ScopedFunctionObject start(scope, s_current->m_startAsyncGenerator.value());
    return start->call(&arguments[0], arguments, 4);
}

// setAsyncIntrinsics(%AsyncFunction.prototype%, %AsyncGeneratorFunction.prototype%, %AsyncGeneratorPrototype%, start): `start` gets the
// arguments of asyncGenerator and the function that was called, if it is one of a program's.
ReturnedValue FunctionKinds::setAsyncIntrinsics(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *v4 = function->engine();
    Scope scope(v4);
    ScopedObject prototype(scope, argv[0]);
    Scoped<InternalClass> ic(scope);
    for (Family *family : {&s_current->m_functions, &s_current->m_methods}) {
        ic = keptClass(family->asyncClass);
        ic = ic->changePrototype(prototype->d());
        family->asyncClass.set(v4, ic->d());
    }
    s_current->m_asyncGeneratorFunctionPrototype.set(v4, argv[1]);
    s_current->m_asyncGeneratorPrototype.set(v4, argv[2]);
    s_current->m_startAsyncGenerator.set(v4, argv[3]);
    return Encode::undefined();
}

/// A place in the code belongs to the last function that begins before it, unless that one ended already. In front of the call that starts
/// an async function there are only its parameters, which are plain names, and the arrow function that reaches `super`.
void FunctionKinds::mark(const ExecutableCompilationUnit &unit, const QString &code, const QString &helpers)
{
    const QString call = helpers + QStringLiteral(".async");
    qsizetype found = code.indexOf(call);
    if (found < 0)
        return;
    const QString superName = helpers.chopped(1) + QStringLiteral("super");
    std::map<Place, Function *> functions;
    for (Function *function : unit.runtimeFunctions) {
        const CompiledData::Location &location = function->compiledFunction->location;
        if (!function->isGenerator() && function->name()->toQString() != superName)
            functions.insert_or_assign(
                Place(static_cast<int>(location.line()), static_cast<int>(location.column())), function); // the inner one counts
    }
    PlaceFinder places(code);
    for (; found >= 0; found = code.indexOf(call, found + call.size())) {
        const QStringView rest = QStringView(code).sliced(found + call.size());
        const bool isGenerator = rest.startsWith(QLatin1String("Generator("));
        const Place place = places.at(found);
        const auto after = functions.upper_bound(place);
        if ((!isGenerator && !rest.startsWith(QLatin1Char('('))) || place.second == 0 || after == functions.begin())
            continue;
        auto *compiled = const_cast<CompiledData::Function *>(std::prev(after)->second->compiledFunction);
        compiled->padding1 = static_cast<quint8>(isGenerator ? FunctionKind::AsyncGenerator : FunctionKind::Async);
        compiled->flags = compiled->flags | CompiledData::Function::IsGenerator;
    }
}

void FunctionKinds::finish(FunctionObject *function, const Family &family, const Object *generatorPrototype)
{
    Scope scope(m_v4);
    Scoped<InternalClass> ic(scope, function->internalClass());
    const FunctionKind kind = kindOf(*function->function());
    if (kind == FunctionKind::Plain) {
        ic = ic->changeVTable(family.generator);
        function->d()->internalClass.set(m_v4, ic->d());
        function->setPrototypeOf(generatorPrototype);
        return;
    }
    function->d()->jsCall = family.plain->call;
    if (kind == FunctionKind::Async) {
        function->d()->internalClass.set(m_v4, keptClass(family.asyncClass));
        function->setProperty(Heap::FunctionObject::Index_Prototype, Value::undefinedValue());
        return;
    }
    ic = ic->changeVTable(family.plain);
    function->d()->internalClass.set(m_v4, ic->d());
    ScopedObject prototype(scope, m_asyncGeneratorFunctionPrototype.value());
    function->setPrototypeOf(prototype);
    ScopedObject ownPrototype(scope, function->protoProperty());
    prototype = m_asyncGeneratorPrototype.value();
    ownPrototype->setPrototypeOf(prototype);
}

bool FunctionKinds::finishFunction(Managed *function, const Object *prototype)
{
    s_current->finish(static_cast<FunctionObject *>(function), s_current->m_functions, prototype);
    return true;
}

bool FunctionKinds::finishMethod(Managed *function, const Object *prototype)
{
    s_current->finish(static_cast<FunctionObject *>(function), s_current->m_methods, prototype);
    return true;
}

} // namespace loopscope
