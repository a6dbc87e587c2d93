// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Core.h"
#include "runtime/ReasonText.h"

#include "runtime/Promises.h"
#include "runtime/StackTraces.h"
#include "runtime/Words.h"

#include <QScopedValueRollback>

namespace loopscope {

using namespace QV4;

thread_local Core *Core::s_current = nullptr;

namespace {

QString combinatorName(PromiseOrigin combinator)
{
    switch (combinator) {
    case PromiseOrigin::AllSettled:
        return QStringLiteral("Promise.allSettled");
    case PromiseOrigin::Any:
        return QStringLiteral("Promise.any");
    default: // race needs no functions of its own
        return QStringLiteral("Promise.all");
    }
}

} // namespace

Core::Core(QJSEngine &engine, Tracer &tracer)
    : m_engine(engine)
    , m_v4(engine.handle())
    , m_tracer(tracer)
    , m_ticks(m_v4)
    , m_microtasks(m_v4)
    , m_asyncContext(m_v4, Encode::undefined())
    , m_asyncHooks(m_v4)
{
    s_current = this;
    const auto tableOf = [this](const char *expression) {
        const QJSValue sample = m_engine.evaluate(QLatin1String(expression));
        return QJSValuePrivate::asManagedType<Managed>(&sample)->vtable();
    };
    m_boundFunctionTable = tableOf("(function () {}).bind()");
    m_proxyTable = tableOf("new Proxy({}, {})");
    m_functionProxyTable = tableOf("new Proxy(function () {}, {})");
    tracer.functionOfSite = [this](SiteId site) { return m_sources.functionOf(site); };
    tracer.isFileBody = [this](SiteId function) { return m_sources.isBody(function); };
}

Core::~Core() { s_current = nullptr; }

SiteId Core::siteOf(const Value &callback)
{
    const FunctionObject *function = callback.as<FunctionObject>();
    if (!function)
        return 0;
    const Function *code = function->function();
    if (!code)
        return lookUpSite(*function);
    RecentSite &recent = m_recentSites[(reinterpret_cast<quintptr>(code) / sizeof(Function)) % m_recentSites.size()];
    if (recent.code != code)
        recent = {code, lookUpSite(*function)};
    return recent.site;
}

SiteId Core::siteOfFrame(const Function *code)
{
    if (!code)
        return 0;
    const auto known = m_siteOfFrame.constFind(code);
    if (known != m_siteOfFrame.constEnd())
        return *known;
    const SiteId function = siteOfCode(code);
    const SiteId site = function != 0 ? function : m_sources.bodyOf(code->sourceFile());
    m_siteOfFrame.insert(code, site);
    return site;
}

SiteId Core::siteOfJob(const Heap::LoopscopeJob &job)
{
    const Value handler = job.isRejected ? Value(job.rejectHandler) : Value(job.handler);
    if (const LoopscopeCoroutine *coroutine = handler.as<LoopscopeCoroutine>())
        return coroutine->d()->awaitSite;
    return job.handlerSite() != 0 && !handler.isUndefined() ? job.handlerSite() : siteOf(handler);
}

SiteId Core::callingSite()
{
    const SiteId last = m_tracer.currentSite();
    for (const CppStackFrame *frame = m_v4->currentStackFrame; frame; frame = frame->parentFrame()) {
        const SiteId function = siteOfFrame(frame->v4Function);
        if (function == 0)
            continue; // the runtime's own
        if (last != 0 && m_sources.functionOf(last) == function)
            return last;
        const std::pair key(static_cast<const Function *>(frame->v4Function), frame->lineNumber());
        const auto known = m_statementOfLine.constFind(key);
        if (known != m_statementOfLine.constEnd())
            return *known;
        const SiteId found = m_sources.statementAt(key.first->sourceFile(), key.second, function);
        return *m_statementOfLine.insert(key, found != 0 ? found : function);
    }
    return last;
}

SiteId Core::lookUpSite(const FunctionObject &function)
{
    if (isBoundFunction(function)) {
        Scope scope(m_v4);
        ScopedValue target(scope, Value::fromHeapObject(static_cast<const BoundFunction &>(function).target()));
        return siteOf(target);
    }
    return siteOfCode(function.function());
}

SiteId Core::siteOfCode(const Function *code)
{
    if (!code || !code->compiledFunction)
        return 0;
    const auto known = m_siteOfFunction.constFind(code);
    if (known != m_siteOfFunction.constEnd())
        return *known;
    const auto &location = code->compiledFunction->location;
    const SiteId site = m_sources.functionAt(code->sourceFile(), static_cast<int>(location.line()), static_cast<int>(location.column()));
    m_siteOfFunction.insert(code, site);
    return site;
}

bool Core::nameSubject(SubjectId subject, const Value &callback)
{
    const FunctionObject *function = callback.as<FunctionObject>();
    if (!m_tracer.writer().keepsEvents() || !function)
        return false;
    QString text;
    if (const LoopscopeResolver *resolver = function->as<LoopscopeResolver>()) {
        text = resolver->d()->rejects ? QStringLiteral("reject") : QStringLiteral("resolve");
    } else if (const LoopscopeElement *element = function->as<LoopscopeElement>()) {
        text = combinatorName(element->d()->combinator);
    } else {
        Scope scope(m_v4);
        ScopedValue name(scope, plainProperty(*function, m_v4->id_name()->propertyKey()));
        text = name->isString() ? name->toQStringNoThrow() : QString();
    }
    if (!text.isEmpty())
        m_tracer.emitEvent(EventKind::SubjectNamed, 0, subject, 0, m_tracer.text(text));
    return !text.isEmpty();
}

bool Core::call(const Value &function, const Value &thisObject, const Value *arguments, int count, Value *result)
{
    const FunctionObject *callee = function.as<FunctionObject>();
    if (!callee) {
        m_v4->throwTypeError(QStringLiteral("%1 is not a function").arg(function.toQStringNoThrow()));
        *result = m_v4->catchException();
        return false;
    }
    *result = callee->call(&thisObject, arguments, count);
    if (!m_v4->hasException)
        return true;
    if (m_stopping)
        return false;
    *result = m_v4->catchException();
    noteThrownError(*result, callee, &thisObject);
    return false;
}

void Core::setHook(const QString &name, const Value &function) { m_hooks[name].set(m_v4, function); }

bool Core::callHook(const char *name, const Value *arguments, int count, Value *result)
{
    const auto hook = m_hooks.constFind(QLatin1String(name));
    if (hook == m_hooks.constEnd())
        return true;
    return call(*hook->valueRef(), Value::undefinedValue(), arguments, count, result);
}

ReturnedValue Core::callHookOrThrow(const char *name, const Value *arguments, int count)
{
    Scope scope(m_v4);
    ScopedValue result(scope);
    if (callHook(name, arguments, count, result) || m_stopping)
        return result->asReturnedValue();
    return m_v4->throwError(result);
}

void Core::stop(RunEnding ending, int exitCode)
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_ending = ending;
    m_exitCode = exitCode;
    // V4 unwinds through every catch and finally while it is interrupted.
    m_engine.setInterrupted(true);
}

void Core::reportUncaught(const Value &error, bool fromPromise)
{
    if (m_stopping || (containUncaught && containUncaught(reasonText(error))))
        return;
    Scope scope(m_v4);
    Value *arguments = scope.alloc(2);
    arguments[0] = error;
    arguments[1] = Value::fromBoolean(fromPromise);
    ScopedValue result(scope);
    if (!callHook("uncaughtException", arguments, 2, result) && !m_stopping) {
        // A handler threw itself: Node ends with code 7.
        Value *second = scope.alloc(1);
        second[0] = result;
        ScopedValue ignored(scope);
        callHook("fatalException", second, 1, ignored);
        stop(RunEnding::Uncaught, 7);
    }
}

bool Core::runTick()
{
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope, m_ticks.takeFirst());
    m_tracer.clock().work(m_tracer.costs().job);
    ScopedValue callback(scope, job->d()->handler);
    const SiteId function = siteOf(callback);
    m_tracer.beginTask(job->d()->subject, TaskKind::Tick, job->d()->cause, function);
    ScopedValue context(scope, job->d()->context);
    setAsyncContext(context);
    ScopedObject list(scope, job->d()->argument);
    const int count = list ? static_cast<int>(list->getLength()) : 0;
    Value *arguments = scope.alloc(count > 0 ? count : 1);
    for (int index = 0; index < count; ++index)
        arguments[index] = list->get(static_cast<uint>(index));
    ScopedValue result(scope);
    const AsyncOperation operation = job->d()->operation();
    m_asyncHooks.enter(operation, job);
    m_asyncHooks.before(operation);
    const bool returned = call(callback, Value::undefinedValue(), arguments, count, result);
    m_tracer.endTask(job->d()->subject, TaskKind::Tick, !returned);
    setAsyncContext(Value::undefinedValue());
    m_asyncHooks.destroy(operation.id);
    if (!returned)
        reportUncaught(result, false);
    m_asyncHooks.after(operation);
    m_asyncHooks.leave();
    return returned;
}

void Core::runQueuedMicrotask(Heap::LoopscopeJob *jobHeap)
{
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope, jobHeap);
    ScopedValue callback(scope, job->d()->handler);
    ScopedValue result(scope);
    const AsyncOperation operation = job->d()->operation();
    m_asyncHooks.enter(operation, job);
    m_asyncHooks.before(operation);
    const bool returned = call(callback, Value::undefinedValue(), nullptr, 0, result);
    m_asyncHooks.destroy(operation.id);
    m_asyncHooks.after(operation);
    m_asyncHooks.leave();
    m_tracer.endTask(job->d()->subject, TaskKind::Microtask, !returned);
    if (!returned)
        reportUncaught(result, false);
}

void Core::runPromiseJob(Heap::LoopscopeJob *job)
{
    Promises &promises = Promises::current();
    Heap::LoopscopePromise *tracked = promises.trackedPromise(job);
    Scope scope(m_v4);
    if (!tracked) {
        promises.runJob(job);
        // A hook that the job set hears of its end.
        if (Heap::LoopscopePromise *late = m_stopping ? nullptr : promises.trackedPromise(job))
            m_asyncHooks.after(late->operation());
        return;
    }
    Scoped<LoopscopePromise> promise(scope, tracked);
    const AsyncOperation operation = promise->d()->operation();
    m_asyncHooks.enter(operation, promise);
    m_asyncHooks.before(operation);
    promises.runJob(job);
    m_asyncHooks.after(operation);
    m_asyncHooks.leave();
}

void Core::runMicrotasks()
{
    // Microtasks that arise while microtasks run join the same drain.
    if (m_drainingMicrotasks)
        return;
    m_drainingMicrotasks = true;
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope);
    ScopedValue outerContext(scope, asyncContext());
    ScopedValue context(scope);
    while (!m_microtasks.isEmpty() && !m_stopping) {
        job = m_microtasks.takeFirst();
        m_tracer.clock().work(m_tracer.costs().job);
        const TaskKind kind = job->d()->kind;
        const SubjectId subject = job->d()->subject;
        SiteId function = 0;
        if (m_tracer.writer().keepsEvents())
            function = siteOfJob(*job->d());
        m_tracer.beginTask(subject, kind, job->d()->cause, function);
        context = job->d()->context;
        setAsyncContext(context);
        if (kind == TaskKind::Microtask) {
            runQueuedMicrotask(job->d());
        } else {
            runPromiseJob(job->d());
            m_tracer.endTask(subject, kind, false);
        }
        if (m_tracer.clock().workDone() >= m_tracer.attentionAt() && m_tracer.attend)
            m_tracer.attend();
    }
    setAsyncContext(outerContext);
    m_drainingMicrotasks = false;
}

bool Core::processTicksAndRejections()
{
    const QScopedValueRollback<bool> processing(m_processingTicks, true);
    bool again = true;
    while (again && !m_stopping) {
        while (!m_ticks.isEmpty() && !m_stopping) {
            if (!runTick()) {
                m_tickThrew = true;
                return false;
            }
            if (m_tracer.clock().workDone() >= m_tracer.attentionAt() && m_tracer.attend)
                m_tracer.attend();
        }
        runMicrotasks();
        if (m_stopping)
            return false;
        if (!m_ticks.isEmpty())
            continue;
        Scope scope(m_v4);
        ScopedValue more(scope, Value::fromBoolean(false));
        if (m_hasRejections) {
            m_hasRejections = false;
            m_tracer.emitEvent(EventKind::RejectionsProcessed, 0, 0, 0, 0);
            const bool returned = callHook("processRejections", nullptr, 0, more);
            if (!returned) {
                reportUncaught(more, false);
                return false;
            }
        }
        again = !m_ticks.isEmpty() || more->booleanValue();
    }
    m_tickThrew = false;
    return true;
}

void Core::runNextTicks()
{
    if (!hasTickScheduled() && !m_hasRejections)
        runMicrotasks();
    if (!hasTickScheduled() && !m_hasRejections)
        return;
    processTicksAndRejections();
}

} // namespace loopscope
