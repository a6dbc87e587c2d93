// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/HandleNatives.h"

#include "runtime/Natives.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace loopscope {

using namespace QV4;

thread_local HandleNatives *HandleNatives::s_current = nullptr;

namespace {

/// UV_EOF, which libuv gives as the count of bytes where no more come.
constexpr int endOfFile = -4095;
/// libuv reads a stream, and receives datagrams, so often in one poll phase.
constexpr int mostTurnsInARow = 32;
constexpr quint64 systemCallTime = 5'000; ///< ns of virtual time that a system call on a socket keeps the thread busy
constexpr quint8 activeBit = 1;
constexpr quint8 keepingBit = 2;

const char *eventName(HandleEvent::Kind kind)
{
    switch (kind) {
    case HandleEvent::Kind::Connection:
        return "connection";
    case HandleEvent::Kind::Data:
        return "data";
    case HandleEvent::Kind::End:
        return "end";
    case HandleEvent::Kind::Failed:
        return "error";
    case HandleEvent::Kind::Datagram:
        return "message";
    case HandleEvent::Kind::Exited:
        return "exit";
    case HandleEvent::Kind::Changed:
        return "change";
    case HandleEvent::Kind::Signalled:
        return "signal";
    }
    return "";
}

QString endpointText(const Endpoint &endpoint)
{
    if (!endpoint.path.isEmpty())
        return QString::fromUtf8(endpoint.path);
    const QString address = QString::fromLatin1(endpoint.address);
    return (endpoint.isIpv6() ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address).arg(endpoint.port);
}

} // namespace

HandleNatives::HandleNatives(Core &core, IoProvider &provider, EventLoop &loop)
    : m_core(core)
    , m_provider(provider)
    , m_loop(loop)
{
    s_current = this;
}

HandleNatives::~HandleNatives() { s_current = nullptr; }

HandleNatives::Handle *HandleNatives::find(HandleId id)
{
    const auto found = m_handles.find(id);
    return found == m_handles.end() ? nullptr : found->second.get();
}

// ---------------------------------------------------------------------------------------------------------- open, active

HandleId HandleNatives::open(HandleKind kind, const Value &object, const QString &asyncType, const QString &type, SubjectId cause)
{
    Tracer &tracer = m_core.tracer();
    auto handle = std::make_unique<Handle>();
    handle->kind = kind;
    constexpr std::array kinds = {
        IoKind::Other, IoKind::Tcp, IoKind::Pipe, IoKind::Other, IoKind::Process, IoKind::File, IoKind::Other, IoKind::Process};
    handle->ioKind = kinds[static_cast<std::size_t>(kind)];
    handle->type = type;
    handle->object.set(m_core.v4(), object);
    handle->context.set(m_core.v4(), m_core.asyncContext());
    handle->operation = m_core.asyncHooks().create();
    if (cause != 0) {
        if (const Handle *parent = find(cause))
            handle->operation.trigger = parent->operation.id;
    }
    const AsyncOperation operation = handle->operation;
    const HandleId id = tracer.newSubject();
    tracer.emitCaused(EventKind::HandleOpened, static_cast<quint8>(handle->ioKind), id, cause != 0 ? cause : tracer.runningTask(),
        tracer.currentSite(), tracer.text(type));
    m_handles.emplace(id, std::move(handle));
    m_core.asyncHooks().init(operation, asyncType.toLatin1().constData(), object);
    return id;
}

void HandleNatives::name(HandleId id, const QString &label)
{
    Tracer &tracer = m_core.tracer();
    if (tracer.writer().keepsEvents())
        tracer.emitCaused(EventKind::SubjectNamed, 0, id, 0, 0, tracer.text(label));
}

void HandleNatives::afterSystemCall()
{
    m_core.tracer().clock().work(systemCallTime);
    watch();
}

void HandleNatives::update(HandleId id, Handle &handle)
{
    const quint8 state = static_cast<quint8>(handle.isActive ? activeBit | (handle.isReferenced ? keepingBit : 0U) : 0U);
    if (state == handle.recordedState)
        return;
    m_keeping += ((state & keepingBit) != 0 ? 1 : 0) - ((handle.recordedState & keepingBit) != 0 ? 1 : 0);
    handle.recordedState = state;
    m_core.tracer().emitEvent(EventKind::HandleActive, state, id, m_core.tracer().currentSite(), 0);
}

void HandleNatives::setActive(HandleId id, bool isActive)
{
    if (Handle *handle = find(id); handle && !handle->isClosing) {
        handle->isActive = isActive;
        update(id, *handle);
    }
}

void HandleNatives::setContext(HandleId id, const Value &context)
{
    if (Handle *handle = find(id))
        handle->context.set(m_core.v4(), context);
}

void HandleNatives::setReferenced(HandleId id, bool isReferenced)
{
    if (Handle *handle = find(id); handle && !handle->isClosing) {
        handle->isReferenced = isReferenced;
        update(id, *handle);
    }
}

bool HandleNatives::hasConnections() const
{
    return std::any_of(m_handles.begin(), m_handles.end(), [](const auto &entry) {
        const Handle &handle = *entry.second;
        return (handle.kind == HandleKind::Tcp || handle.kind == HandleKind::Pipe) && handle.isActive
            && !handle.type.contains(QLatin1String("Server"));
    });
}

QStringList HandleNatives::activeTypes() const
{
    std::vector<std::pair<SubjectId, QString>> types;
    for (const auto &[number, request] : m_requests)
        types.emplace_back(number, request->type);
    std::sort(types.begin(), types.end());
    const auto handles = static_cast<std::ptrdiff_t>(types.size());
    for (const auto &[id, handle] : m_handles) {
        if (handle->isReferenced && !handle->isClosing)
            types.emplace_back(id, handle->type);
    }
    std::sort(types.begin() + handles, types.end());
    QStringList names;
    for (const auto &[number, type] : types)
        names.append(type);
    return names;
}

ReturnedValue HandleNatives::activeHandles() const
{
    std::vector<HandleId> numbers;
    for (const auto &[id, handle] : m_handles) {
        if (handle->isReferenced && !handle->isClosing)
            numbers.push_back(id);
    }
    std::sort(numbers.begin(), numbers.end());
    Scope scope(m_core.v4());
    ScopedArrayObject list(scope, m_core.v4()->newArrayObject());
    ScopedValue object(scope);
    uint count = 0;
    for (const HandleId id : numbers) {
        object = m_handles.at(id)->object.value();
        list->put(count++, object);
    }
    return list->asReturnedValue();
}

// --------------------------------------------------------------------------------------------------------------- closing

void HandleNatives::cancelTurns(HandleId id)
{
    Tracer &tracer = m_core.tracer();
    for (Turn &turn : m_turns) {
        if (turn.request != 0 || turn.event.handle != id || turn.task == 0)
            continue;
        tracer.emitEvent(EventKind::TaskCancelled, 0, turn.task, tracer.currentSite(), 0);
        turn.task = 0; // its place in the poll queue stays, as an empty turn
    }
}

void HandleNatives::close(HandleId id, bool isReset, const Value &callback)
{
    Handle *handle = find(id);
    if (!handle || handle->isClosing)
        return;
    Tracer &tracer = m_core.tracer();
    if (!isReset)
        m_provider.handles()->close(id);
    handle->isActive = false;
    update(id, *handle);
    handle->isClosing = true;
    cancelTurns(id);
    tracer.emitEvent(EventKind::HandleClosed, 0, id, tracer.currentSite(), 0);
    const auto createClosing = [&](SubjectId cause, SiteId site) {
        const SubjectId task = tracer.newSubject();
        tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(TaskKind::CloseCallback), task, cause, site, tracer.currentSite());
        return task;
    };
    for (const SubjectId number : handle->requests) {
        Request &request = *m_requests[number];
        if (std::exchange(request.isOver, true))
            continue;
        request.error = -ECANCELED;
        tracer.emitCaused(EventKind::IoCompleted, 0, number, 0, 0, request.error);
        tracer.emitEvent(EventKind::TaskCancelled, 0, request.task, tracer.currentSite(), 0);
        request.task = createClosing(number, 0);
        request.taskKind = TaskKind::CloseCallback;
        tracer.emitCaused(EventKind::SubjectNamed, 0, request.task, 0, 0, tracer.text(request.label));
    }
    if (callback.isFunctionObject()) {
        handle->closeCallback.set(m_core.v4(), callback);
        handle->closeSite = m_core.siteOf(callback);
        handle->closeTask = createClosing(id, handle->closeSite);
        if (handle->closeSite == 0)
            tracer.emitCaused(EventKind::SubjectNamed, 0, handle->closeTask, 0, 0, tracer.text(QStringLiteral("close")));
    }
    m_loop.enqueueClosing([this, id] { finishClose(id); });
}

void HandleNatives::finishClose(HandleId id)
{
    Handle *handle = find(id);
    const std::vector<SubjectId> requests = handle ? handle->requests : std::vector<SubjectId>();
    for (const SubjectId number : requests) {
        if (m_core.isStopping())
            return;
        const auto found = m_requests.find(number);
        if (found == m_requests.end() || found->second->taskKind != TaskKind::CloseCallback)
            continue;
        runRequest(number);
        m_core.runNextTicks();
    }
    handle = find(id);
    if (!handle || m_core.isStopping())
        return;
    const SubjectId task = handle->closeTask;
    if (task != 0) {
        Scope scope(m_core.v4());
        ScopedValue callback(scope, handle->closeCallback.value());
        callAsTask(
            task, TaskKind::CloseCallback, id, handle->closeSite, handle->operation, handle->context, handle->object, callback, nullptr, 0);
    }
    m_core.asyncHooks().destroy(handle->operation.id);
    m_handles.erase(id);
    if (task != 0)
        m_core.runNextTicks();
}

// -------------------------------------------------------------------------------------------------------------- requests

void HandleNatives::keepRequest(
    SubjectId number, HandleId id, const QString &label, const Value &object, const char *asyncType, const QString &type, quint32 trigger)
{
    Tracer &tracer = m_core.tracer();
    auto request = std::make_unique<Request>();
    request->handle = id;
    request->label = label;
    request->type = type;
    request->object.set(m_core.v4(), object);
    request->context.set(m_core.v4(), m_core.asyncContext());
    request->operation = m_core.asyncHooks().create();
    if (trigger != 0)
        request->operation.trigger = trigger;
    const AsyncOperation operation = request->operation;
    Request &kept = *request;
    m_requests.emplace(number, std::move(request));
    find(id)->requests.push_back(number);
    const StringId text = tracer.text(label);
    tracer.emitEvent(EventKind::IoSubmitted, static_cast<quint8>(find(id)->ioKind), number, tracer.currentSite(), text);
    tracer.emitElsewhere(tracer.clock().now(), 0, EventKind::IoStarted, 0, number, 0, 0); // the kernel does it
    kept.isRecorded = true;
    if (kept.early) {
        IoTransition early = std::move(*kept.early);
        take(early);
    }
    pump(); // it may be over already
    if (kept.task == 0)
        createTask(number, kept, TaskKind::IoCallback);
    m_core.asyncHooks().init(operation, asyncType, object);
}

void HandleNatives::createTask(SubjectId number, Request &request, TaskKind kind)
{
    Tracer &tracer = m_core.tracer();
    request.task = tracer.newSubject();
    request.taskKind = kind;
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(kind), request.task, number, 0, tracer.currentSite());
    tracer.emitCaused(EventKind::SubjectNamed, 0, request.task, 0, 0, tracer.text(request.label));
}

bool HandleNatives::take(IoTransition &transition)
{
    Tracer &tracer = m_core.tracer();
    if (transition.kind == IoTransition::Kind::Told) {
        Handle *handle = find(transition.event.handle);
        if (!handle || handle->isClosing)
            return true;
        const HandleId id = transition.event.handle;
        const HandleEvent::Kind kind = transition.event.kind;
        const qint64 value = transition.event.error != 0 ? transition.event.error
            : transition.event.data.isEmpty()            ? transition.event.status
                                                         : transition.event.data.size();
        Turn turn;
        turn.task = tracer.newSubject();
        tracer.emitElsewhere(transition.time, 0, EventKind::HandleTold, static_cast<quint8>(kind), id, 0, value);
        tracer.emitElsewhere(transition.time, 0, EventKind::TaskCreated, static_cast<quint8>(TaskKind::IoCallback), turn.task, id, 0);
        tracer.emitElsewhere(transition.time, 0, EventKind::SubjectNamed, 0, turn.task, 0, tracer.text(QLatin1String(eventName(kind))));
        tracer.emitElsewhere(transition.time, 0, EventKind::TaskReady, static_cast<quint8>(TaskKind::IoCallback), turn.task, id, 0);
        turn.event = std::move(transition.event);
        m_turns.push_back(std::move(turn));
        queueTurn();
        return true;
    }
    const auto found = m_requests.find(transition.request);
    if (found == m_requests.end())
        return false;
    Request &request = *found->second;
    if (request.isOver || transition.kind != IoTransition::Kind::Completed)
        return true;
    if (!request.isRecorded) {
        request.early = std::move(transition);
        return true;
    }
    request.isOver = true;
    request.error = transition.result.error.errorNumber;
    if (request.task == 0)
        createTask(transition.request, request, transition.runsPending ? TaskKind::PendingCallback : TaskKind::IoCallback);
    tracer.emitElsewhere(transition.time, 0, EventKind::IoCompleted, 0, transition.request, 0, request.error);
    tracer.emitElsewhere(
        transition.time, 0, EventKind::TaskReady, static_cast<quint8>(request.taskKind), request.task, transition.request, 0);
    if (request.taskKind == TaskKind::PendingCallback) {
        m_loop.enqueuePending([this, number = transition.request] { runPendingRequest(number); });
        return true;
    }
    Turn turn;
    turn.request = transition.request;
    m_turns.push_back(std::move(turn));
    queueTurn();
    return true;
}

void HandleNatives::runPendingRequest(SubjectId number)
{
    if (const auto found = m_requests.find(number); found == m_requests.end() || found->second->taskKind != TaskKind::PendingCallback)
        return;
    else
        m_provider.handles()->proceed(found->second->handle, number);
    afterSystemCall();
    runRequest(number);
    m_core.runNextTicks();
}

void HandleNatives::runRequest(SubjectId number)
{
    const auto found = m_requests.find(number);
    if (found == m_requests.end())
        return;
    const std::unique_ptr<Request> request = std::move(found->second);
    m_requests.erase(found);
    Scope scope(m_core.v4());
    Value *arguments = scope.alloc(5);
    arguments[0] = Value::fromInt32(request->error);
    Handle *handle = find(request->handle);
    if (handle)
        std::erase(handle->requests, number);
    arguments[1] = handle ? handle->object.value() : Encode::undefined();
    arguments[2] = request->object.value();
    arguments[3] = Value::fromBoolean(true);
    arguments[4] = Value::fromBoolean(true);
    ScopedValue callback(scope, property(request->object, "oncomplete"));
    callAsTask(request->task, request->taskKind, number, 0, request->operation, request->context, request->object, callback, arguments, 5);
    m_core.asyncHooks().destroy(request->operation.id);
}

// ---------------------------------------------------------------------------------------------------------------- events

void HandleNatives::runNext(const std::function<void()> &afterEach)
{
    if (m_turns.empty())
        return;
    Turn turn = std::move(m_turns.front());
    m_turns.pop_front();
    if (turn.request != 0) {
        const auto found = m_requests.find(turn.request);
        // One that was cancelled meanwhile runs with the close callback of its handle.
        if (found == m_requests.end() || found->second->taskKind != TaskKind::IoCallback)
            return;
        runRequest(turn.request);
        afterEach();
        return;
    }
    if (turn.task != 0)
        runEvent(std::move(turn), afterEach);
}

void HandleNatives::runEvent(Turn turn, const std::function<void()> &afterEach)
{
    Tracer &tracer = m_core.tracer();
    const HandleId id = turn.event.handle;
    for (int count = 0; count < mostTurnsInARow && !m_core.isStopping(); ++count) {
        Handle *handle = find(id);
        if (!handle || handle->isClosing)
            return;
        const EventTurn outcome = m_provider.handles()->fetch(&turn.event);
        afterSystemCall();
        if (outcome == EventTurn::Void)
            return;
        if (count > 0) {
            tracer.emitCaused(EventKind::HandleTold, static_cast<quint8>(turn.event.kind), id, 0, 0, turn.event.data.size());
            turn.task = createEventTask(id, turn.event.kind);
        }
        tell(id, turn.task, turn.event);
        afterEach();
        if (outcome != EventTurn::ToldWithMore)
            return;
        turn.event.data.clear();
        turn.event.error = 0;
        turn.event.brings.reset();
    }
    // So much at once: the rest has its turn in the next iteration.
    if (Handle *handle = find(id); handle && !handle->isClosing)
        m_provider.handles()->leaveRest(id);
}

SubjectId HandleNatives::createEventTask(HandleId id, HandleEvent::Kind kind)
{
    Tracer &tracer = m_core.tracer();
    const SubjectId task = tracer.newSubject();
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(TaskKind::IoCallback), task, id, 0, 0);
    tracer.emitCaused(EventKind::SubjectNamed, 0, task, 0, 0, tracer.text(QLatin1String(eventName(kind))));
    tracer.emitCaused(EventKind::TaskReady, static_cast<quint8>(TaskKind::IoCallback), task, id, 0, 0);
    return task;
}

ReturnedValue HandleNatives::acceptHandle(HandleId source, HandleKind kind, int *error)
{
    Scope scope(m_core.v4());
    const bool isPipe = kind == HandleKind::Pipe;
    const bool isUdp = kind == HandleKind::Udp;
    Value *arguments = scope.alloc(2);
    arguments[0] = Value::fromInt32(static_cast<int>(kind));
    ScopedValue client(scope);
    if (!m_core.callHook("acceptedHandle", arguments, 1, client) || !client->isObject()) {
        *error = -EINVAL;
        return Encode::undefined();
    }
    const HandleId id = open(kind, client,
        QLatin1String(isPipe ? "PIPEWRAP"
                : isUdp      ? "UDPWRAP"
                             : "TCPWRAP"),
        QLatin1String(isPipe ? "PipeWrap"
                : isUdp      ? "UDPWrap"
                             : "TCPSocketWrap"),
        source);
    *error = m_provider.handles()->accept(source, id);
    Endpoint peer;
    if (*error == 0 && m_provider.handles()->remoteEndpoint(id, &peer) == 0)
        name(id, peer.path.isEmpty() && peer.address.isEmpty() ? QStringLiteral("socket") : QStringLiteral("socket ") + endpointText(peer));
    arguments[0] = client;
    arguments[1] = Value::fromUInt32(id);
    ScopedValue ignored(scope);
    m_core.callHook("adoptHandle", arguments, 2, ignored);
    return client->asReturnedValue();
}

void HandleNatives::tell(HandleId id, SubjectId task, HandleEvent &event)
{
    Handle *handle = find(id);
    if (event.kind == HandleEvent::Kind::End || event.kind == HandleEvent::Kind::Failed)
        setActive(id, false); // it has nothing to wait for any more (uv__stream_eof)
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    Value *arguments = scope.alloc(5);
    int count = 0;
    const char *method = "onread";
    const auto add = [&](ReturnedValue value) { arguments[count++] = value; };
    switch (event.kind) {
    case HandleEvent::Kind::Connection: {
        method = "onconnection";
        int error = event.error;
        ScopedValue client(scope);
        if (error == 0)
            client = acceptHandle(id, handle->kind, &error);
        add(Encode(error));
        add(client->asReturnedValue());
        break;
    }
    case HandleEvent::Kind::Data:
        handle->bytesRead += static_cast<double>(event.data.size());
        add(Encode(static_cast<int>(event.data.size())));
        add(v4->newArrayBuffer(event.data)->asReturnedValue());
        if (event.brings) {
            int error = 0;
            add(acceptHandle(id, *event.brings, &error));
        }
        break;
    case HandleEvent::Kind::End:
        add(Encode(endOfFile));
        break;
    case HandleEvent::Kind::Failed:
        add(Encode(event.error));
        method = handle->kind == HandleKind::Udp ? "onmessage" : handle->kind == HandleKind::Watcher ? "onchange" : "onread";
        break;
    case HandleEvent::Kind::Datagram:
        method = "onmessage";
        add(Encode(static_cast<int>(event.data.size())));
        add(v4->newArrayBuffer(event.data)->asReturnedValue());
        add(v4->newString(QString::fromLatin1(event.from.address))->asReturnedValue());
        add(Encode(static_cast<int>(event.from.port)));
        break;
    case HandleEvent::Kind::Exited:
        method = "onexit";
        setActive(id, false);
        add(Encode(static_cast<double>(event.status)));
        add(Encode(event.signal));
        break;
    case HandleEvent::Kind::Signalled:
        method = "onsignal";
        add(Encode(event.signal));
        break;
    case HandleEvent::Kind::Changed:
        method = "onchange";
        add(Encode(0));
        add(v4->newString(event.status == 1 ? QStringLiteral("rename") : QStringLiteral("change"))->asReturnedValue());
        add(event.data.isEmpty() ? Encode::null() : v4->newString(QString::fromUtf8(event.data))->asReturnedValue());
        break;
    }
    ScopedValue callback(scope, property(handle->object, method));
    callAsTask(task, TaskKind::IoCallback, id, 0, handle->operation, handle->context, handle->object, callback, arguments, count);
}

// ----------------------------------------------------------------------------------------------------------------- calls

ReturnedValue HandleNatives::property(const PersistentValue &object, const char *name)
{
    Scope scope(m_core.v4());
    ScopedObject target(scope, object.value());
    ScopedString key(scope, m_core.v4()->newIdentifier(QLatin1String(name)));
    return target ? target->get(key) : Encode::undefined();
}

void HandleNatives::begin(const Callback &callback)
{
    Tracer &tracer = m_core.tracer();
    tracer.clock().work(tracer.costs().callback);
    tracer.beginTask(callback.task, callback.kind, callback.cause, callback.site);
    m_core.setAsyncContext(callback.context);
    m_core.asyncHooks().enter(callback.operation, callback.object);
    m_core.asyncHooks().before(callback.operation);
}

void HandleNatives::end(const Callback &callback, bool threw)
{
    m_core.tracer().endTask(callback.task, callback.kind, threw);
    m_core.setAsyncContext(Value::undefinedValue());
}

void HandleNatives::callAsTask(SubjectId task, TaskKind kind, SubjectId cause, SiteId site, const AsyncOperation &operation,
    const PersistentValue &context, const PersistentValue &object, const Value &function, const Value *arguments, int count)
{
    Scope scope(m_core.v4());
    ScopedValue thisObject(scope, object.value());
    ScopedValue keptContext(scope, context.value());
    ScopedValue result(scope);
    const AsyncOperation keptOperation = operation; // its handle may be gone afterwards
    Callback callback{task, kind, cause, site, keptOperation, keptContext, thisObject};
    Callback *const outer = std::exchange(m_running, &callback);
    begin(callback);
    const bool returned = !function.isFunctionObject() || m_core.call(function, thisObject, arguments, count, result);
    end(callback, !returned);
    m_running = outer;
    if (!returned)
        m_core.reportUncaught(result, false);
    m_core.asyncHooks().after(keptOperation);
    m_core.asyncHooks().leave();
}

bool HandleNatives::splitCallback()
{
    if (!m_running)
        return true;
    Callback &callback = *std::exchange(m_running, nullptr);
    end(callback, false);
    m_core.asyncHooks().after(callback.operation);
    m_core.asyncHooks().leave();
    m_core.runNextTicks();
    callback.task = createEventTask(callback.cause, HandleEvent::Kind::Data);
    begin(callback);
    m_running = &callback;
    return !m_core.isStopping();
}

} // namespace loopscope
