// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/LoopNatives.h"

#include "runtime/LoopThread.h"
#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"
#include "runtime/ServerNatives.h"
#include "runtime/SharedMemory.h"

namespace loopscope {

using namespace QV4;

thread_local LoopNatives *LoopNatives::s_current = nullptr;

namespace {

/// What starting a thread takes of the loop that does it, and how long it is until the first line of the new loop runs, in ns of virtual
/// time: about what Node 20 needs for its own start.
constexpr quint64 startWork = 200'000;
constexpr quint64 startLatency = 10'000'000;

MessagePart partOf(const Value &value)
{
    if (value.isUndefined())
        return {};
    if (value.isNull())
        return {nullptr};
    if (value.isBoolean())
        return {value.booleanValue()};
    if (value.isNumber())
        return {value.asDouble()};
    if (const ArrayBuffer *buffer = value.as<ArrayBuffer>())
        return {QByteArray(buffer->constArrayData(), static_cast<qsizetype>(buffer->arrayDataLength()))};
    if (const SharedArrayBuffer *buffer = value.as<SharedArrayBuffer>())
        return {MessagePart::SharedMemory{sharedMemoryOf(*buffer)}};
    const QString text = value.toQStringNoThrow();
    return {QString(text.constData(), text.size())};
}

ReturnedValue valueOf(ExecutionEngine *v4, const MessagePart &part)
{
    struct Visitor
    {
        ExecutionEngine *v4;
        ReturnedValue operator()(std::monostate) const { return Encode::undefined(); }
        ReturnedValue operator()(std::nullptr_t) const { return Encode::null(); }
        ReturnedValue operator()(bool flag) const { return Encode(flag); }
        ReturnedValue operator()(double number) const { return Encode::smallestNumber(number); }
        ReturnedValue operator()(const QString &text) const { return v4->newString(text)->asReturnedValue(); }
        ReturnedValue operator()(const QByteArray &bytes) const
        {
            return v4->newArrayBuffer(QByteArray(bytes.constData(), bytes.size()))->asReturnedValue();
        }
        ReturnedValue operator()(const MessagePart::SharedMemory &shared) const { return bufferOfSharedMemory(v4, shared.memory); }
    };
    return std::visit(Visitor{v4}, part.value);
}

/// Calls `take(value)` for each element of a JavaScript array; for none of anything else.
template<typename Taker>
void forEachOf(ExecutionEngine *v4, const Value &list, Taker take)
{
    Scope scope(v4);
    ScopedObject array(scope, list);
    const uint count = array ? static_cast<uint>(array->getLength()) : 0;
    ScopedValue value(scope);
    for (uint index = 0; index < count; ++index) {
        value = array->get(index);
        take(value);
    }
}

std::vector<PortNumber> portsOf(ExecutionEngine *v4, const Value &list)
{
    std::vector<PortNumber> ports;
    forEachOf(v4, list, [&ports](const Value &port) { ports.push_back(port.toUInt32()); });
    return ports;
}

Message messageOf(ExecutionEngine *v4, const Value &parts, const Value &ports)
{
    Message message;
    forEachOf(v4, parts, [&message](const Value &part) { message.parts.push_back(partOf(part)); });
    message.ports = portsOf(v4, ports);
    return message;
}

ReturnedValue arrayOf(ExecutionEngine *v4, const std::vector<MessagePart> &parts)
{
    Scope scope(v4);
    ScopedArrayObject array(scope, v4->newArrayObject());
    array->arrayReserve(static_cast<uint>(parts.size()));
    ScopedValue value(scope);
    uint count = 0;
    for (const MessagePart &part : parts) {
        value = valueOf(v4, part);
        array->put(count++, value);
    }
    return array->asReturnedValue();
}

ReturnedValue arrayOf(ExecutionEngine *v4, const std::vector<PortNumber> &ports)
{
    Scope scope(v4);
    ScopedArrayObject array(scope, v4->newArrayObject());
    uint count = 0;
    for (const PortNumber port : ports)
        array->put(count++, Value::fromDouble(port));
    return array->asReturnedValue();
}

QStringList textsOf(ExecutionEngine *v4, const Value &list)
{
    QStringList texts;
    forEachOf(v4, list, [&texts](const Value &text) { texts << text.toQStringNoThrow(); });
    return texts;
}

} // namespace

LoopNatives::LoopNatives(RuntimeHost &host, std::shared_ptr<LoopGroup> group, int loop)
    : m_host(host)
    , m_core(host.core())
    , m_group(std::move(group))
    , m_loop(loop)
{
    s_current = this;
    Tracer &tracer = m_core.tracer();
    tracer.waitForOthers = [this](quint64 moment) {
        m_host.flush(); // what the others print comes later
        m_group->scheduler().goOn(m_loop, moment);
        m_core.tracer().setOthersAt(m_group->scheduler().askAt(m_loop));
        m_host.io().watchForTransitions(); // they may have sent something
    };
    if (!m_group->isVirtual())
        m_group->setCalls(
            m_loop, [&host] { host.provider().wakeUp(); }, [&tracer] { tracer.requestAttention(); });
    else if (m_loop != LoopGroup::mainLoop)
        tracer.setOthersAt(m_group->scheduler().askAt(m_loop));
}

LoopNatives::~LoopNatives()
{
    m_group->setCalls(m_loop, nullptr, nullptr);
    s_current = nullptr;
}

quint64 LoopNatives::now() const { return m_core.tracer().clock().now(); }

void LoopNatives::othersChanged()
{
    if (!m_group->isVirtual())
        return;
    m_core.tracer().setOthersAt(m_group->scheduler().askAt(m_loop));
    m_host.scheduleAttention();
}

LoopGroup::WaitOutcome LoopNatives::waitAt(const void *address, quint64 until)
{
    Tracer &tracer = m_core.tracer();
    quint64 moment = now();
    m_host.flush();
    const LoopGroup::WaitOutcome outcome = m_group->waitAt(address, m_loop, until, &moment);
    if (m_group->isVirtual() && outcome != LoopGroup::WaitOutcome::Ended)
        tracer.clock().waitUntil(moment);
    othersChanged();
    if (outcome == LoopGroup::WaitOutcome::Ended)
        m_host.endAsAsked();
    return outcome;
}

// ------------------------------------------------------------------------------------------------------------ what comes

void LoopNatives::runReady(const std::function<void()> &afterEach)
{
    const quint64 moment = now();
    while (!m_core.isStopping()) {
        const std::optional<Notice> notice = m_group->takeNotice(m_loop, moment);
        if (!notice)
            return;
        deliver(*notice, afterEach);
    }
}

void LoopNatives::deliver(const Notice &notice, const std::function<void()> &afterEach)
{
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    Value *arguments = scope.alloc(4);
    if (notice.kind == Notice::Kind::Message) {
        std::optional<Message> message = m_group->receive(notice.port, now());
        if (!message)
            return; // it was taken already
        arguments[0] = Value::fromDouble(notice.port);
        arguments[1] = arrayOf(v4, message->parts);
        arguments[2] = arrayOf(v4, message->ports);
        arguments[3] = arrivedHandles(*message);
        runTask("portMessage", QStringLiteral("message"), message->subject, arguments, 4);
    } else if (notice.kind == Notice::Kind::Closed) {
        arguments[0] = Value::fromDouble(notice.port);
        runTask("portClosed", QStringLiteral("close"), 0, arguments, 1);
    } else {
        join(notice.loop);
        arguments[0] = Value::fromInt32(notice.loop);
        arguments[1] = Value::fromInt32(notice.exitCode);
        arguments[2] = Value::fromHeapObject(v4->newString(notice.error));
        runTask("loopEnded", QStringLiteral("exit"), 0, arguments, 3);
    }
    if (!m_core.isStopping())
        afterEach();
}

ReturnedValue LoopNatives::arrivedHandles(Message &message)
{
    std::vector<PortNumber> numbers;
    for (std::shared_ptr<HandleInFlight> &handle : message.handles) {
        numbers.push_back(++m_lastArrived);
        m_arrived.emplace(m_lastArrived, std::move(handle));
    }
    return arrayOf(m_core.v4(), numbers);
}

std::shared_ptr<HandleInFlight> LoopNatives::takeArrived(quint32 number)
{
    auto found = m_arrived.extract(number);
    return found.empty() ? nullptr : std::move(found.mapped());
}

void LoopNatives::runTask(const char *hook, const QString &name, SubjectId cause, const Value *arguments, int count)
{
    Tracer &tracer = m_core.tracer();
    tracer.clock().work(tracer.costs().callback);
    const SubjectId task = tracer.newSubject();
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(TaskKind::IoCallback), task, cause, 0, 0);
    tracer.emitEvent(EventKind::SubjectNamed, 0, task, 0, tracer.text(name));
    tracer.emitCaused(EventKind::TaskReady, static_cast<quint8>(TaskKind::IoCallback), task, cause, 0, 0);
    tracer.beginTask(task, TaskKind::IoCallback, cause, 0);
    Scope scope(m_core.v4());
    ScopedValue result(scope);
    const AsyncOperation operation = m_core.asyncHooks().create();
    m_core.asyncHooks().enter(operation, Value::undefinedValue());
    const bool returned = m_core.callHook(hook, arguments, count, result);
    tracer.endTask(task, TaskKind::IoCallback, !returned);
    m_core.setAsyncContext(Value::undefinedValue());
    if (!returned)
        m_core.reportUncaught(result, false);
    m_core.asyncHooks().leave();
}

// ------------------------------------------------------------------------------------------------------------ child loops

int LoopNatives::start(const Value &given)
{
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    ScopedObject options(scope, given);
    ScopedString key(scope);
    ScopedValue value(scope);
    const auto get = [&](const char *name) -> const Value & {
        key = v4->newIdentifier(QLatin1String(name));
        value = options->get(key);
        return value;
    };
    Tracer &tracer = m_core.tracer();
    LoopStart start{m_group, 0, m_loop, LoopKind::Worker, {}, 0, 0, tracer.clock(), 0, {}, {}, m_host.options()};
    start.kind = get("isProcess").toBoolean() ? LoopKind::Child : LoopKind::Worker;
    start.name = get("name").toQStringNoThrow();
    start.port = get("port").toUInt32();
    start.environment = textsOf(v4, get("environment"));
    start.mainFile = m_host.ownStart() ? m_host.ownStart()->mainFile : m_host.options().file;
    start.options.file = get("file").toQStringNoThrow();
    start.options.arguments = textsOf(v4, get("arguments"));
    start.options.standardInput.reset();
    start.options.nodeOptions.clear();
    start.options.server = hookOfWorker(m_host, start.name);
    start.options.forceModule = false;
    start.options.changes = {};
    return launch(std::move(start));
}

int LoopNatives::launch(LoopStart &&start)
{
    Tracer &tracer = m_core.tracer();
    start.subject = tracer.newSubject();
    start.cause = tracer.runningTask();
    const bool isBeside = start.kind == LoopKind::Beside; // they begin together
    const quint64 latency = isBeside ? 0 : startLatency;
    tracer.clock().work(isBeside ? 0 : startWork);
    start.clock = tracer.clock();
    start.files = m_host.sharedFiles();
    start.network = m_host.sharedNetwork();
    if (m_group->isVirtual())
        start.clock.waitUntil(now() + latency);
    else
        tracer.writer().shareBetweenThreads();
    start.loop = m_group->addLoop(now() + latency);
    if (start.port != 0)
        m_group->adopt(start.port, start.loop, now());
    const int loop = start.loop;
    m_children.emplace(loop, std::make_shared<LoopThread>(std::move(start), tracer.writer()));
    othersChanged();
    return loop;
}

void LoopNatives::startBeside(const QString &file)
{
    LoopStart start{m_group, 0, m_loop, LoopKind::Beside, file.section(QLatin1Char('/'), -1), 0, 0, m_core.tracer().clock(), 0, {}, {},
        m_host.options()};
    start.mainFile = m_host.options().file;
    start.options.file = file;
    start.options.arguments.clear();
    start.options.nodeOptions.clear();
    start.options.standardInput.reset();
    start.options.server = nullptr;
    start.options.changes = {};
    launch(std::move(start));
}

int LoopNatives::livingProcess()
{
    takeProcesses();
    for (const auto &[loop, thread] : m_children) {
        if (thread->kind() != LoopKind::Worker && !m_group->hasEnded(loop))
            return loop;
    }
    return -1;
}

void LoopNatives::waitForProcesses()
{
    for (int loop = livingProcess(); loop >= 0; loop = livingProcess()) {
        if (!m_group->isVirtual()) {
            m_children.at(loop)->wait();
            continue;
        }
        m_host.flush();
        const quint64 moment = m_group->scheduler().sleep(m_loop, LoopGroup::never);
        if (moment == LoopGroup::never)
            return; // they wait for what can never come, as servers do
        m_core.tracer().clock().waitUntil(moment);
        m_core.tracer().setOthersAt(m_group->scheduler().askAt(m_loop));
    }
}

void LoopNatives::leaveProcesses()
{
    for (auto child = m_children.begin(); child != m_children.end();) {
        if (child->second->kind() == LoopKind::Worker) {
            ++child;
            continue;
        }
        m_group->addOrphan(child->first, std::move(child->second));
        child = m_children.erase(child);
    }
}

void LoopNatives::join(int loop) { m_children.erase(loop); }

void LoopNatives::endChildren()
{
    for (const auto &[loop, thread] : m_children)
        m_group->askToEnd(loop, now());
    for (const auto &[loop, thread] : m_children) {
        while (m_group->isVirtual() && !m_group->hasEnded(loop))
            m_group->scheduler().sleep(m_loop, LoopGroup::never);
    }
    m_children.clear();
}

// ---------------------------------------------------------------------------------------------------------------- natives

struct LoopFunctions
{
    static LoopNatives &natives() { return LoopNatives::current(); }
    static LoopGroup &group() { return natives().group(); }
    /// Whatever was decided up to now by other loops has been.
    static quint64 settledNow()
    {
        Tracer &tracer = natives().m_core.tracer();
        tracer.catchUp(tracer.clock().now());
        return tracer.clock().now();
    }

    // openChannel() -> [port, port]
    static ReturnedValue openChannel(const FunctionObject *function, const Value *, const Value *, int)
    {
        const auto [first, second] = group().openChannel(natives().m_loop);
        return arrayOf(function->engine(), std::vector<PortNumber>{first, second});
    }
    // post(port, parts, ports, handles = []) -> whether there is another end
    static ReturnedValue post(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        const PortNumber port = argv[0].toUInt32();
        Tracer &tracer = natives().m_core.tracer();
        Message message = messageOf(function->engine(), argv[1], argv[2]);
        message.subject = tracer.newSubject();
        forEachOf(function->engine(), argumentAt(argv, argc, 3), [&message](const Value &id) {
            if (auto handle = RuntimeHost::current().provider().handles()->share(id.toUInt32()))
                message.handles.push_back(std::move(handle));
        });
        const std::optional<quint16> lane = group().laneBehind(port);
        tracer.emitEvent(EventKind::MessagePosted, 0, message.subject, tracer.currentSite(), lane.value_or(0));
        const bool isPosted = group().post(port, std::move(message), settledNow());
        natives().othersChanged();
        return Encode(isPosted);
    }
    // receive(port) -> [parts, ports, handles], or undefined if nothing has come
    static ReturnedValue receive(const FunctionObject *function, const Value *, const Value *argv, int)
    {
        std::optional<Message> message = group().receive(argv[0].toUInt32(), settledNow());
        if (!message)
            return Encode::undefined();
        ExecutionEngine *v4 = function->engine();
        Scope scope(v4);
        Value *all = scope.alloc(3);
        all[0] = arrayOf(v4, message->parts);
        all[1] = arrayOf(v4, message->ports);
        all[2] = natives().arrivedHandles(*message);
        return v4->newArrayObject(all, 3)->asReturnedValue();
    }
    static ReturnedValue release(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().release(argv[0].toUInt32());
        return Encode::undefined();
    }
    static ReturnedValue adopt(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().adopt(argv[0].toUInt32(), natives().m_loop, settledNow());
        return Encode::undefined();
    }
    // setStarted(port, whether)
    static ReturnedValue setStarted(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().setStarted(argv[0].toUInt32(), argv[1].toBoolean(), settledNow());
        return Encode::undefined();
    }
    static ReturnedValue close(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().close(argv[0].toUInt32(), settledNow());
        natives().othersChanged();
        return Encode::undefined();
    }
    // hold(change): what keeps the loop alive
    static ReturnedValue hold(const FunctionObject *, const Value *, const Value *argv, int)
    {
        natives().m_references += argv[0].toInt32();
        return Encode::undefined();
    }
    // join(name) -> port
    static ReturnedValue join(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return Encode(static_cast<double>(group().join(argv[0].toQStringNoThrow(), natives().m_loop)));
    }
    // leave(name, port)
    static ReturnedValue leave(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().leave(argv[0].toQStringNoThrow(), argv[1].toUInt32(), settledNow());
        return Encode::undefined();
    }
    // broadcast(name, port, parts)
    static ReturnedValue broadcast(const FunctionObject *function, const Value *, const Value *argv, int)
    {
        Tracer &tracer = natives().m_core.tracer();
        Message message = messageOf(function->engine(), argv[2], Value::undefinedValue());
        message.subject = tracer.newSubject();
        tracer.emitEvent(EventKind::MessagePosted, 0, message.subject, tracer.currentSite(), 0);
        group().broadcast(argv[0].toQStringNoThrow(), argv[1].toUInt32(), message, settledNow());
        natives().othersChanged();
        return Encode::undefined();
    }
    // nextThreadId() -> number
    static ReturnedValue nextThreadId(const FunctionObject *, const Value *, const Value *, int) { return Encode(group().nextThreadId()); }
    // className(object): V4's name of what it is, whatever the program says
    static ReturnedValue className(const FunctionObject *function, const Value *, const Value *argv, int)
    {
        const Managed *managed = argv[0].as<Managed>();
        return function->engine()->newString(QLatin1String(managed ? managed->vtable()->className : ""))->asReturnedValue();
    }
    // start({ isProcess, name, file, arguments, environment, port }) -> number of the loop
    static ReturnedValue start(const FunctionObject *, const Value *, const Value *argv, int)
    {
        settledNow();
        return Encode(natives().start(argv[0]));
    }
    // stop(loop)
    static ReturnedValue stop(const FunctionObject *, const Value *, const Value *argv, int)
    {
        group().askToEnd(argv[0].toInt32(), settledNow());
        natives().othersChanged();
        return Encode::undefined();
    }
};

void LoopNatives::install(Object *binding)
{
    using F = LoopFunctions;
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    ScopedObject keptBinding(scope, binding);
    ScopedObject target(scope, v4->newObject());
    defineNatives(v4, target,
        {{"openChannel", F::openChannel}, {"post", F::post, 3}, {"receive", F::receive, 1}, {"release", F::release, 1},
            {"adopt", F::adopt, 1}, {"setStarted", F::setStarted, 2}, {"close", F::close, 1}, {"hold", F::hold, 1}, {"join", F::join, 1},
            {"leave", F::leave, 2}, {"broadcast", F::broadcast, 3}, {"start", F::start, 1}, {"stop", F::stop, 1},
            {"className", F::className, 1}, {"nextThreadId", F::nextThreadId}});
    if (const LoopStart *start = m_host.ownStart()) {
        ScopedValue value(scope, Value::fromInt32(start->loop));
        putNamed(target, QStringLiteral("loop"), value);
        value = Value::fromDouble(start->port);
        putNamed(target, QStringLiteral("port"), value);
        value = Value::fromBoolean(start->kind == LoopKind::Worker);
        putNamed(target, QStringLiteral("isWorker"), value);
    }
    keptBinding->defineDefaultProperty(QStringLiteral("loops"), target);
    installAtomics(v4);
}

} // namespace loopscope
