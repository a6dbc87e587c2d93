// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RuntimeHost.h"

#include "runtime/Natives.h"
#include "runtime/PropertyHooks.h"
#include "runtime/ServerNatives.h"
#include "runtime/TailCalls.h"

#include <mutex>

// From texts to V4's functions: files, and what eval is given.

namespace loopscope {

using namespace QV4;

namespace {

ReturnedValue throwSyntaxError(ExecutionEngine *v4, const CompileError &error)
{
    Scope scope(v4);
    ScopedObject object(scope, v4->newSyntaxErrorObject(error.message));
    ScopedValue full(scope, v4->newString(error.toString()));
    putNamed(object, QStringLiteral("loopscopeReport"), full);
    return v4->throwError(object);
}

/// From nextSite() to defineSource(): loops on the wall clock compile at the same time, and none may get the numbers of another one's
/// sites.
std::unique_lock<std::recursive_mutex> holdSites(RecordingWriter &writer)
{
    using Lock = std::unique_lock<std::recursive_mutex>;
    return writer.isShared() ? Lock(writer.mutex()) : Lock(writer.mutex(), std::defer_lock);
}

} // namespace

/// V4 refuses what the grammar took.
CompileError RuntimeHost::explainRefusal(
    const QString &path, const QByteArray &text, ScriptKind kind, const std::vector<LineOrigin> &origins, const QJSValue &refusal)
{
    CompiledScript refused;
    refused.kind = kind;
    refused.origins = origins;
    return m_compiler.explainRefusal(path, text, refused,
        static_cast<quint32>(std::max(0, refusal.property(QStringLiteral("lineNumber")).toInt())),
        refusal.property(QStringLiteral("message")).toString());
}

/// What a unit needs before any of it runs.
void RuntimeHost::prepare(ExecutableCompilationUnit &unit, const QString &code, const QString &helpers)
{
    removeTailCalls(unit);
    usePropertyHooks(unit);
    m_functionKinds.mark(unit, code, helpers);
}

ReturnedValue RuntimeHost::compile(const QString &path, ScriptKind kind, const QByteArray &given)
{
    const QByteArray text = given + offloadCode(*this, path);
    ExecutionEngine *v4 = m_engine.handle();
    Scope scope(v4);
    const auto held = holdSites(m_tracer.writer());
    const SiteId firstSite = m_tracer.writer().nextSite();
    CompiledScript script = m_compiler.compile(path, text, kind, firstSite);
    if (!script.ok())
        return throwSyntaxError(v4, script.error);
    m_tracer.writer().defineSource(script.source);
    const QString code = script.code;
    const QString helpers = script.helpers;
    ScopedObject result(scope, v4->newObject());
    ScopedValue value(scope);
    ScopedArrayObject requests(scope, v4->newArrayObject());
    uint count = 0;
    for (const ModuleRequest &request : script.requests) {
        ScopedObject entry(scope, v4->newObject());
        value = v4->newString(request.specifier);
        putNamed(entry, QStringLiteral("specifier"), value);
        value = Value::fromInt32(static_cast<int>(request.line));
        putNamed(entry, QStringLiteral("line"), value);
        value = Value::fromInt32(static_cast<int>(request.column));
        putNamed(entry, QStringLiteral("column"), value);
        value = v4->newArrayObject(request.names);
        putNamed(entry, QStringLiteral("names"), value);
        value = Value::fromBoolean(request.isJson);
        putNamed(entry, QStringLiteral("isJson"), value);
        requests->put(count++, entry);
    }
    putNamed(result, QStringLiteral("requests"), requests);
    value = v4->newArrayObject(script.exportNames);
    putNamed(result, QStringLiteral("exportNames"), value);
    ScopedArrayObject indirectExports(scope, v4->newArrayObject());
    count = 0;
    for (const IndirectExport &indirect : script.indirectExports) {
        ScopedObject entry(scope, v4->newObject());
        value = v4->newString(indirect.exportName);
        putNamed(entry, QStringLiteral("exportName"), value);
        value = v4->newString(indirect.specifier);
        putNamed(entry, QStringLiteral("specifier"), value);
        value = v4->newString(indirect.importName);
        putNamed(entry, QStringLiteral("importName"), value);
        indirectExports->put(count++, entry);
    }
    putNamed(result, QStringLiteral("indirectExports"), indirectExports);
    value = v4->newArrayObject(script.starExports);
    putNamed(result, QStringLiteral("starExports"), value);
    value = Value::fromBoolean(script.hasTopLevelAwait);
    putNamed(result, QStringLiteral("hasTopLevelAwait"), value);
    value = Value::fromInt32(static_cast<int>(firstSite));
    putNamed(result, QStringLiteral("firstSite"), value);
    const std::vector<LineOrigin> origins = script.origins;
    for (const auto &[site, names] : script.valueNames)
        m_valueNames.insert(firstSite + site, names);
    m_core.sources().add(path, std::move(script), firstSite);

    // Not QJSEngine::evaluate: it would hand on the strictness of the runtime's own code, which called us.
    Script program(v4->rootContext(), Compiler::ContextType::Global, code, path, 1);
    program.strictMode = false;
    // Properties are looked up by name, not through V4's inline caches, though these are a fifth quicker: they say nothing when strict code
    // assigns to what only has a getter, they do not see a proxy further up the prototype chain for names that Object.prototype has too,
    // and some of their errors name neither the property nor the object.
    program.inheritContext = true;
    program.parse();
    ScopedValue evaluated(scope);
    bool isRefused = scope.hasException();
    if (!isRefused) {
        prepare(*program.vmFunction->executableCompilationUnit(), code, helpers);
        evaluated = program.run();
        isRefused = scope.hasException();
    }
    if (isRefused)
        evaluated = v4->catchException();
    const QJSValue outer = QJSValuePrivate::fromReturnedValue(evaluated->asReturnedValue());
    if (isRefused)
        return throwSyntaxError(v4, explainRefusal(path, text, kind, origins, outer));
    value = QJSValuePrivate::asReturnedValue(&outer);
    putNamed(result, QStringLiteral("outer"), value);
    return result->asReturnedValue();
}

// ------------------------------------------------------------------------------------------------------------------ eval

/// A text that is run as statements; nothing if it cannot be, and then the engine has the exception.
std::optional<RuntimeHost::EvalText> RuntimeHost::compileEvalText(const QString &path, const QString &text, ScriptKind kind)
{
    ExecutionEngine *v4 = m_engine.handle();
    Scope scope(v4);
    const auto held = holdSites(m_tracer.writer());
    const SiteId firstSite = m_tracer.writer().nextSite();
    const QByteArray utf8 = text.toUtf8();
    CompiledScript script = m_compiler.compile(path, utf8, kind, firstSite);
    if (!script.ok()) {
        throwSyntaxError(v4, script.error);
        return std::nullopt;
    }
    Script program(v4->rootContext(), Compiler::ContextType::Eval, script.code, path, 1);
    program.strictMode = kind == ScriptKind::StrictEval;
    program.inheritContext = true; // names are looked up where it is called
    program.parse();
    if (scope.hasException()) {
        const QJSValue refusal = QJSValuePrivate::fromReturnedValue(v4->catchException());
        throwSyntaxError(v4, explainRefusal(path, utf8, kind, script.origins, refusal));
        return std::nullopt;
    }
    if (!program.vmFunction) // V4 makes nothing of an empty text
        return EvalText{};
    prepare(*program.vmFunction->executableCompilationUnit(), script.code, script.helpers);
    EvalText compiled{
        program.vmFunction->executableCompilationUnit(), program.vmFunction, script.helpers.chopped(1), std::move(script.contextNames)};
    m_tracer.writer().defineSource(script.source);
    m_core.sources().add(path, std::move(script), firstSite);
    // Functions in it are known by their addresses, so they stay.
    if (compiled.unit->runtimeFunctions.size() > 1)
        m_evalUnits.push_back(compiled.unit);
    return compiled;
}

/// A text that eval was given, compiled. A program may evaluate it many times.
const RuntimeHost::EvalText *RuntimeHost::compileEval(const QString &text, bool isStrict)
{
    constexpr qsizetype mostKept = 500;
    const QString key = (isStrict ? QLatin1Char('s') : QLatin1Char('-')) + text;
    if (const auto known = m_evalTexts.constFind(key); known != m_evalTexts.constEnd())
        return &*known;
    const QString path = QStringLiteral("<anonymous %1>").arg(++m_evalCount);
    std::optional<EvalText> compiled = compileEvalText(path, text, isStrict ? ScriptKind::StrictEval : ScriptKind::Eval);
    if (!compiled)
        return nullptr;
    if (m_evalTexts.size() >= mostKept)
        m_evalTexts.clear();
    return &*m_evalTexts.insert(key, *std::move(compiled));
}

ReturnedValue RuntimeHost::runEvalText(
    const EvalText &compiled, const Value &importer, const Value &more, ExecutionContext *context, const Value *thisObject)
{
    ExecutionEngine *v4 = m_engine.handle();
    Scope scope(v4);
    if (!compiled.function)
        return Encode::undefined();
    Value *arguments = scope.alloc(3);
    arguments[0] = v4->newString(compiled.prefix);
    arguments[1] = importer;
    arguments[2] = more;
    ScopedValue marks(scope);
    if (!m_core.callHook("evalScope", arguments, 3, marks))
        return v4->throwError(marks);
    ScopedContext scoped(scope, context->newWithContext(static_cast<Object *>(marks.ptr)->d()));
    if (!compiled.function->isStrict())
        return compiled.function->call(thisObject, nullptr, 0, scoped);
    // Variables of strict code are its own.
    ScopedFunctionObject function(scope, FunctionObject::createScriptFunction(scoped, compiled.function));
    return function->call(thisObject, nullptr, 0);
}

ReturnedValue RuntimeHost::evaluate(
    const QString &text, bool isStrict, const Value &importer, ExecutionContext *context, const Value *thisObject)
{
    const EvalText *known = compileEval(text, isStrict);
    if (!known)
        return Encode::undefined();
    const EvalText compiled = *known; // what runs may evaluate more
    return runEvalText(compiled, importer, Value::undefinedValue(), context, thisObject);
}

// --------------------------------------------------------------------------------------------------------------- node:vm

int RuntimeHost::compileContextScript(const QString &path, const QString &text)
{
    std::optional<EvalText> compiled = compileEvalText(path, text, ScriptKind::ContextScript);
    if (!compiled)
        return 0;
    m_contextScripts.push_back(*std::move(compiled));
    return static_cast<int>(m_contextScripts.size());
}

const std::vector<ContextName> &RuntimeHost::contextNames(int script) const
{
    return m_contextScripts.at(static_cast<std::size_t>(script) - 1).contextNames;
}

ReturnedValue RuntimeHost::runContextScript(int script, const Value &importer, const Value &marks, ExecutionContext *context,
    const Value *thisObject, quint64 deadline, bool *wasInterrupted)
{
    const EvalText compiled = m_contextScripts.at(static_cast<std::size_t>(script) - 1);
    const quint64 outer = m_scriptDeadline;
    if (deadline != 0)
        m_scriptDeadline = std::min(outer, deadline);
    ReturnedValue result = runEvalText(compiled, importer, marks, context, thisObject);
    m_scriptDeadline = outer;
    *wasInterrupted = deadline != 0 && m_clock.now() >= deadline && !m_core.isStopping();
    if (*wasInterrupted) {
        if (m_engine.handle()->hasException)
            m_engine.handle()->catchException();
        result = Encode::undefined();
    }
    return result;
}

} // namespace loopscope
