// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/IoNatives.h"

#include "io/CompressionOperations.h"
#include "io/CryptoOperations.h"
#include "io/NameOperations.h"
#include "io/RefusedCalls.h"
#include "io/WorkTime.h"
#include "runtime/HandleNatives.h"
#include "runtime/Natives.h"

#include <algorithm>

namespace loopscope {

using namespace QV4;

thread_local IoNatives *IoNatives::s_current = nullptr;

namespace {

IoValue fromJavaScript(const Value &value)
{
    if (value.isNullOrUndefined())
        return {};
    if (value.isBoolean())
        return {value.booleanValue()};
    if (value.isNumber())
        return {value.toNumber()};
    if (value.as<String>())
        return {value.toQStringNoThrow()};
    const QByteArrayView bytes = bytesOf(value);
    if (!bytes.isNull())
        return {bytes.toByteArray()};
    return {value.toQStringNoThrow()};
}

IoKind kindOf(const QString &operation)
{
    if (NameOperations::knows(operation))
        return IoKind::Dns;
    if (CryptoOperations::knows(operation))
        return IoKind::Crypto;
    if (CompressionOperations::knows(operation))
        return IoKind::Compression;
    return operation.contains(QLatin1String("dir"), Qt::CaseInsensitive) ? IoKind::Directory : IoKind::File;
}

} // namespace

IoNatives::IoNatives(Core &core, IoProvider &provider)
    : m_core(core)
    , m_provider(provider)
{
    s_current = this;
    m_core.tracer().recordElsewhere = [this](quint64 now) { takeIn(now); };
    m_provider.setNotice([&tracer = m_core.tracer()] { tracer.requestElsewhere(); });
}

void IoNatives::setHandles(HandleNatives *handles)
{
    m_handles = handles;
    m_handles->pump = [this] { pump(m_core.tracer().clock().now()); };
    m_handles->queueTurn = [this] { m_ready.push_back(0); };
    m_handles->watch = [this] { watchForTransitions(); };
}

IoNatives::~IoNatives() { s_current = nullptr; }

IoOperation IoNatives::operationFrom(const Value &name, const Value &arguments)
{
    IoOperation operation;
    operation.name = name.toQStringNoThrow();
    operation.label = operation.name;
    operation.kind = kindOf(operation.name);
    const bool isNamedByFirst = operation.kind != IoKind::Compression; // a path, or a digest; never a password, which comes later
    Scope scope(m_core.v4());
    ScopedObject list(scope, arguments);
    const uint count = list ? static_cast<uint>(list->getLength()) : 0;
    ScopedValue value(scope);
    for (uint index = 0; index < count; ++index) {
        value = list->get(index);
        operation.arguments.push_back(fromJavaScript(value));
        if (index == 0 && isNamedByFirst && value->as<String>())
            operation.label += QLatin1Char(' ') + value->toQStringNoThrow().section(QLatin1Char('/'), -1);
    }
    return operation;
}

void IoNatives::submit(IoOperation operation, const Value &callback, const Value &person, const Value &resource, const QString &type)
{
    Tracer &tracer = m_core.tracer();
    const SubjectId number = tracer.newSubject();
    auto request = std::make_unique<Request>();
    request->task = tracer.newSubject();
    request->cause = number;
    request->site = m_core.siteOf(person);
    request->callback.set(m_core.v4(), callback);
    request->context.set(m_core.v4(), m_core.asyncContext());
    request->operation = m_core.asyncHooks().create();
    request->resource.set(m_core.v4(), resource);
    const StringId label = tracer.text(operation.label);
    tracer.emitEvent(EventKind::IoSubmitted, static_cast<quint8>(operation.kind), number, tracer.currentSite(), label);
    tracer.emitCaused(
        EventKind::TaskCreated, static_cast<quint8>(TaskKind::IoCallback), request->task, number, request->site, tracer.currentSite());
    const Site *function = m_core.sources().site(request->site);
    if (function == nullptr || function->name.isEmpty())
        tracer.emitEvent(EventKind::SubjectNamed, 0, request->task, 0, label);
    const AsyncOperation asyncOperation = request->operation;
    m_requests.emplace(number, std::move(request));
    m_provider.submit(number, std::move(operation), tracer.clock().now());
    watchForTransitions();
    m_core.asyncHooks().init(asyncOperation, type.toLatin1().constData(), resource);
}

void IoNatives::pump(quint64 now)
{
    m_core.tracer().catchUp(now);
    takeIn(now);
}

void IoNatives::takeIn(quint64 now)
{
    const Tracer::TakingIn takingIn(m_core.tracer());
    Tracer &tracer = m_core.tracer();
    // First, as those who look at the events recorded below may record some themselves.
    std::vector<IoTransition> transitions = m_provider.takeTransitions(now);
    watchForTransitions();
    for (IoTransition &transition : transitions) {
        if (m_handles && m_handles->take(transition))
            continue;
        const auto known = m_requests.find(transition.request);
        if (known == m_requests.end())
            continue;
        const quint16 lane = static_cast<quint16>(transition.thread);
        if (transition.kind == IoTransition::Kind::Started) {
            tracer.emitElsewhere(transition.time, lane, EventKind::IoStarted, 0, transition.request, 0, transition.thread);
            continue;
        }
        if (transition.freeChoice) {
            tracer.emitElsewhere(
                transition.time, lane, EventKind::FreeChoice, static_cast<quint8>(ChoiceKind::IoCompletionOrder), transition.request, 0, 0);
        }
        tracer.emitElsewhere(transition.time, lane, EventKind::IoCompleted, 0, transition.request, 0, transition.result.error.errorNumber);
        tracer.emitElsewhere(transition.time, 0, EventKind::TaskReady, static_cast<quint8>(TaskKind::IoCallback), known->second->task,
            transition.request, 0);
        known->second->result = std::move(transition.result);
        m_ready.push_back(transition.request);
    }
}

void IoNatives::watchForTransitions()
{
    Tracer &tracer = m_core.tracer();
    // Taken back first: what a real thread tells while we look must not be overlooked.
    tracer.setElsewhereAt(~0ULL);
    const quint64 next = m_provider.nextTransition();
    if (next != ~0ULL)
        tracer.setElsewhereAt(next);
    if (tracer.clock().isVirtual() && next < tracer.attentionAt())
        tracer.setAttentionAt(next);
}

void IoNatives::runReady(const std::function<void()> &afterEach)
{
    std::deque<SubjectId> batch;
    batch.swap(m_ready);
    for (const SubjectId number : batch) {
        if (m_core.isStopping())
            return;
        if (number == 0) {
            m_handles->runNext(afterEach);
            continue;
        }
        const auto known = m_requests.find(number);
        const std::unique_ptr<Request> request = std::move(known->second);
        m_requests.erase(known);
        runCallback(*request);
        afterEach();
    }
}

ReturnedValue IoNatives::activeRequests() const
{
    Scope scope(m_core.v4());
    ScopedArrayObject list(scope, m_core.v4()->newArrayObject());
    ScopedValue resource(scope);
    std::vector<SubjectId> numbers;
    for (const auto &[number, request] : m_requests)
        numbers.push_back(number);
    std::sort(numbers.begin(), numbers.end()); // in the order they were made
    uint count = 0;
    for (const SubjectId number : numbers) {
        resource = m_requests.at(number)->resource.value();
        list->put(count++, resource);
    }
    return list->asReturnedValue();
}

void IoNatives::runCallback(Request &request)
{
    Tracer &tracer = m_core.tracer();
    Scope scope(m_core.v4());
    Value *arguments = scope.alloc(2);
    arguments[0] = request.result.error.isError() ? errorObject(request.result.error) : Encode::null();
    arguments[1] = request.result.error.isError() ? Encode::undefined() : toJavaScript(request.result.value);
    tracer.clock().work(tracer.costs().callback);
    tracer.beginTask(request.task, TaskKind::IoCallback, request.cause, request.site);
    ScopedValue context(scope, request.context.value());
    m_core.setAsyncContext(context);
    ScopedValue result(scope);
    AsyncHooks &hooks = m_core.asyncHooks();
    hooks.enter(request.operation, *request.resource.valueRef());
    hooks.before(request.operation);
    const bool returned = m_core.call(*request.callback.valueRef(), Value::undefinedValue(), arguments, 2, result);
    tracer.endTask(request.task, TaskKind::IoCallback, !returned);
    m_core.setAsyncContext(Value::undefinedValue());
    hooks.destroy(request.operation.id);
    if (!returned)
        m_core.reportUncaught(result, false);
    hooks.after(request.operation);
    hooks.leave();
}

ReturnedValue IoNatives::toJavaScript(const IoValue &value)
{
    struct Visitor
    {
        IoNatives &natives;
        ExecutionEngine *v4 = natives.m_core.v4();
        ReturnedValue operator()(std::monostate) const { return Encode::undefined(); }
        ReturnedValue operator()(bool flag) const { return Encode(flag); }
        ReturnedValue operator()(double number) const { return Encode(number); }
        ReturnedValue operator()(const QString &text) const { return v4->newString(text)->asReturnedValue(); }
        ReturnedValue operator()(const QByteArray &bytes) const
        {
            // V4 takes an ArrayBuffer of a null QByteArray for detached.
            return (bytes.isEmpty() ? v4->newArrayBuffer(std::size_t(0)) : v4->newArrayBuffer(bytes))->asReturnedValue();
        }
        ReturnedValue operator()(const QStringList &list) const { return v4->newArrayObject(list)->asReturnedValue(); }
        ReturnedValue operator()(const std::vector<double> &numbers) const
        {
            Scope scope(v4);
            ScopedArrayObject array(scope, v4->newArrayObject());
            for (std::size_t index = 0; index < numbers.size(); ++index)
                array->put(static_cast<uint>(index), Value::fromDouble(numbers[index]));
            return array->asReturnedValue();
        }
        ReturnedValue operator()(const std::vector<IoValue> &values) const
        {
            Scope scope(v4);
            ScopedArrayObject array(scope, v4->newArrayObject());
            ScopedValue item(scope);
            for (const IoValue &each : values) {
                item = natives.toJavaScript(each);
                array->push_back(item);
            }
            return array->asReturnedValue();
        }
    };
    return std::visit(Visitor{*this}, value.value);
}

ReturnedValue IoNatives::errorObject(const IoError &error)
{
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    ScopedString message(scope, v4->newString(error.message()));
    ScopedObject object(scope, v4->newErrorObject(message));
    ScopedValue value(scope);
    const auto put = [&](const char *name, const QString &text) {
        if (text.isNull())
            return;
        value = v4->newString(text);
        putNamed(object, QLatin1String(name), value);
    };
    put("code", error.code);
    put("permission", error.permission);
    put("resource", error.resource);
    if (!error.permission.isNull()) {
        RefusedCalls::note(error);
        return object->asReturnedValue();
    }
    value = Value::fromInt32(error.errorNumber);
    putNamed(object, QStringLiteral("errno"), value);
    put("syscall", error.syscall);
    put("path", error.path);
    put("dest", error.destination);
    return object->asReturnedValue();
}

struct IoFunctions
{
    // fs.submit(operation, arguments, callback(error | null, result), person = callback, resource, type): the last two stand for it in
    // async_hooks.
    static ReturnedValue submit(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        IoNatives &natives = IoNatives::current();
        const bool isNamed = argc > 3 && !argv[3].isUndefined();
        const QString type = argc > 5 ? argv[5].toQStringNoThrow() : QStringLiteral("FSREQCALLBACK");
        natives.submit(natives.operationFrom(argv[0], argumentAt(argv, argc, 1)), argumentAt(argv, argc, 2),
            argumentAt(argv, argc, isNamed ? 3 : 2), argumentAt(argv, argc, 4), type);
        return Encode::undefined();
    }
    // fs.sync(operation, arguments) -> result, or throws
    static ReturnedValue sync(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        IoNatives &natives = IoNatives::current();
        Tracer &tracer = natives.m_core.tracer();
        const IoOperation operation = natives.operationFrom(argv[0], argumentAt(argv, argc, 1));
        const bool calculates = isCalculation(operation.name);
        if (!calculates) {
            tracer.clock().work(tracer.costs().synchronousIo);
            natives.pump(tracer.clock().now()); // what came before it on the pool's threads has changed the files
        }
        const IoResult result = natives.m_provider.performNow(operation);
        if (calculates)
            tracer.clock().work(workTime(operation, result));
        else
            natives.watchForTransitions(); // a watcher may have something to tell of it
        if (!result.error.isError())
            return natives.toJavaScript(result.value);
        Scope scope(function);
        ScopedValue error(scope, natives.errorObject(result.error));
        return scope.engine->throwError(error);
    }
};

void IoNatives::install(Object *binding)
{
    Scope scope(m_core.v4());
    ScopedObject target(scope, m_core.v4()->newObject());
    defineNatives(m_core.v4(), target, {{"submit", IoFunctions::submit, 6}, {"sync", IoFunctions::sync, 2}});
    ScopedObject keptBinding(scope, binding);
    keptBinding->defineDefaultProperty(QStringLiteral("fs"), target);
}

} // namespace loopscope
