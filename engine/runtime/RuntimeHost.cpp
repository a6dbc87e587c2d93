// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RuntimeHost.h"

#include "io/RefusedCalls.h"
#include "io/WrittenFiles.h"
#include "runtime/ArrayGuards.h"
#include "runtime/ArrayLikes.h"
#include "runtime/BigInts.h"
#include "runtime/BufferNatives.h"
#include "runtime/Collections.h"
#include "runtime/CryptoNatives.h"
#include "runtime/Deletion.h"
#include "runtime/EncodingNatives.h"
#include "runtime/ErrorNatives.h"
#include "runtime/EvalNatives.h"
#include "runtime/ForInKeys.h"
#include "runtime/FunctionNames.h"
#include "runtime/HeapPages.h"
#include "runtime/HostNatives.h"
#include "runtime/Inheritance.h"
#include "runtime/IntlNatives.h"
#include "runtime/Natives.h"
#include "runtime/NumberNatives.h"
#include "runtime/ObjectKeys.h"
#include "runtime/ProcessNatives.h"
#include "runtime/Products.h"
#include "runtime/PropertyDefinitions.h"
#include "runtime/PropertyHooks.h"
#include "runtime/Proxies.h"
#include "runtime/RegExpNatives.h"
#include "runtime/RunCompanion.h"
#include "runtime/RuntimeLibrary.h"
#include "runtime/ServerHook.h"
#include "runtime/ServerNatives.h"
#include "runtime/StackTraces.h"
#include "runtime/StringNatives.h"
#include "runtime/TailCalls.h"
#include "runtime/TypedArrays.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QLoggingCategory>

#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace loopscope {

using namespace QV4;

thread_local RuntimeHost *RuntimeHost::s_current = nullptr;

namespace {

/// Virtual time 0 is this moment of the calendar, so that a run is the same on every day: 2025-01-01T00:00:00Z.
constexpr double virtualEpoch = 1735689600000.0;
/// How often, in work done, a run looks at its limits and commands: every 50,000 statements.
constexpr quint64 attentionPeriod = 1'000'000;
/// How far, in ns of virtual time, a busy loop gets ahead of others as long as it does nothing that they could notice.
constexpr quint64 slice = 200'000;
/// Loops that run a million times do not write a million records, and a flood of callbacks does not fill the disk, unless asked to.
constexpr quint64 usualCallbackCap = 20'000;
constexpr quint64 usualMostEvents = 10'000'000; // 320 MB
/// A loop that only handles keep alive is idle when nothing but unreferenced timers is ahead for this long, in ns of virtual time: Node's
/// own (a server's timeouts) have done their work by then. It is idle at once if all timers are Node's own and no connection is open.
constexpr quint64 idlePatience = 600'000'000'000;
constexpr int limitExitCode = 124; ///< as timeout(1)
constexpr qsizetype outputBufferSize = 65'536;

/// V4 takes its limits from the environment when the first engine of a process is made. Its own are too small for what Node runs: long
/// promise chains overrun the stack of the garbage collector's marking (reserved, not used, until needed), and Node recurses about 11,000
/// deep.
bool setEngineLimits(bool isFirst)
{
    keepHeapPages();
    if (!isFirst)
        return true;
    const auto setDefault = [](const char *name, const char *value) {
        if (!qEnvironmentVariableIsSet(name))
            qputenv(name, value);
    };
    setDefault("QV4_GC_MAX_STACK_SIZE", "1073741824");
    setDefault("QV4_JS_MAX_STACK_SIZE", "67108864");
    setDefault("QV4_MAX_CALL_DEPTH", "11000");
    // The main thread's stack grows on demand up to this limit.
    struct rlimit limit
    {
    };
    constexpr rlim_t wanted = 256UL << 20U;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < wanted) {
        limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
        setrlimit(RLIMIT_STACK, &limit);
    }
    return true;
}

QString tr(const char *text) { return QCoreApplication::translate("RuntimeHost", text); }

} // namespace

void Runtime::prepareProcess()
{
    setEngineLimits(true);
    // V4's compiler gives advice for QML that no program asked for.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.qml.*=false"));
}

RuntimeHost::RuntimeHost(const RunOptions &options, RecordingWriter &writer, ControlGate *gate, const LoopStart *start)
    : m_options(options)
    , m_gate(gate)
    , m_engineLimitsAreSet(setEngineLimits(start == nullptr))
    , m_clock(start ? start->clock : Clock(options.clock))
    , m_tracer(m_clock, writer, options.detail)
    , m_core(m_engine, m_tracer)
    , m_functionKinds(m_engine.handle())
    , m_permissions(options.permissions, start ? start->mainFile : options.file)
    , m_randomSource(m_clock.isVirtual() ? std::optional(options.seed + (start ? static_cast<quint64>(start->loop + start->process) : 0))
                                         : std::nullopt)
    , m_realFiles(options.isIoReal ? makeRealFiles(m_permissions) : nullptr)
    , m_overlay(start            ? start->files
              : options.isIoReal ? nullptr
                                 : std::make_shared<OverlayFileSystem>(
                                     m_permissions, [this] { return moment(); }, options.diskSpaceBytes))
    , m_network(options.isIoReal        ? nullptr
              : start && start->network ? start->network
                                        : makeSimulatedNetwork(options.seed, options.latencyProfile))
    , m_companion(start ? start->companion : options.companion)
    , m_provider(makeProvider())
    , m_loop(m_tracer, *this, node20Rules, options.seed)
    , m_promises(m_core)
    , m_timers(m_core, m_loop)
    , m_ioNatives(m_core, *m_provider)
    , m_httpNatives(m_core)
    , m_handleNatives(m_core, *m_provider, m_loop)
    , m_ownStart(start)
    , m_loops(*this, start ? start->group : std::make_shared<LoopGroup>(m_clock.isVirtual(), options.cores), start ? start->loop : 0)
    , m_stopAfterEvents(options.maxEvents.value_or(writer.keepsEvents() ? usualMostEvents : 0))
    , m_stopAfterNanoseconds(static_cast<quint64>(options.maxSeconds * 1e9))
{
    s_current = this;
    if (m_overlay && !start)
        m_overlay->setMoment([&writer] { return writer.eventCount() + 1; }); // what is written now, is there when the next event is
    m_ioNatives.setHandles(&m_handleNatives);
    if (start) {
        m_tracer.setLane(static_cast<quint16>(start->loop * lanesOfLoop));
        m_stopAfterEvents = m_stopAfterNanoseconds = 0; // the main loop looks after them
    }
    if (m_companion)
        joinCompanion();
    else if (options.companion)
        options.companion->joinBeside(start->loop, m_tracer);
    m_timers.setDelays(options.changes.delays);
    m_loop.setTimeoutFirst(options.changes.timeoutFirst);
    m_tracer.setCallbackCap(callbackCap());
    m_tracer.attend = [this] { attend(); };
    scheduleAttention();
    m_compiler.setNamesValues(namesValues());
    m_compiler.share(m_options.compiled);
    if (m_gate) {
        m_gate->attach(
            m_tracer, [this](SiteId site, QString *path, quint32 *line) { return m_core.sources().place(site, path, line); },
            [this] { m_core.stop(RunEnding::Stopped, 130); });
        m_gate->setWaker([this] { m_provider->wakeUp(); });
    }
}

std::unique_ptr<IoProvider> RuntimeHost::makeProvider()
{
    if (m_options.isIoReal)
        return makeRealIo(m_clock, *m_realFiles);
    auto provider = makeSimulatedIo(
        *m_overlay, m_options.seed, m_options.poolThreads, m_options.changes.latencies, networkAccess(), &m_options.latencyProfile);
    return m_companion ? m_companion->adopt(std::move(provider)) : std::move(provider);
}

void RuntimeHost::joinCompanion()
{
    m_companion->join({m_tracer, m_loop, *this, m_network, [this] { m_core.stop(RunEnding::Stopped, 0); },
        [this](RunCompanion &companion, ServerHook *server, int process, quint64 moment) {
            return startProcess(companion, server, process, moment);
        }});
    m_core.containUncaught = [this](const QString &reason) { return m_companion->contain(reason); };
}

std::shared_ptr<LoopThread> RuntimeHost::startProcess(RunCompanion &companion, ServerHook *server, int process, quint64 moment)
{
    LoopStart start{std::make_shared<LoopGroup>(true, m_options.cores), 0, 0, LoopKind::Process, QStringLiteral("process %1").arg(process),
        m_tracer.newSubject(), 0, m_clock, 0, m_options.file, {}, m_options, m_overlay, m_network, &companion, process};
    start.clock.moveTo(moment);
    start.options.companion = nullptr;
    start.options.server = server;
    start.options.seed += static_cast<quint64>(process);
    start.options.changes = {};
    return std::make_shared<LoopThread>(std::move(start), m_tracer.writer());
}

RuntimeHost::~RuntimeHost()
{
    flush();
    if (m_gate)
        m_gate->detach();
    s_current = nullptr;
}

NetworkAccess RuntimeHost::networkAccess()
{
    const auto now = [this] {
        if (m_tracer.othersAt() != LoopGroup::never)
            m_tracer.catchUp(m_clock.now());
        return m_companion ? m_companion->networkTime(m_clock.now()) : m_clock.now();
    };
    const auto expects = [this](quint64 time) {
        if (!s_current || s_current == this || !m_clock.isVirtual())
            return; // whoever calls looks after the call when something happens next
        m_loops.group().scheduler().wake(m_loops.loop(), time);
        s_current->loops().othersChanged();
    };
    const auto actingNow = [this, expects] {
        const quint64 moment = (s_current ? s_current : this)->m_clock.now();
        expects(moment);
        return moment;
    };
    return {m_network, now, actingNow, expects};
}

QStringList RuntimeHost::unmetChanges() const
{
    QStringList sentences;
    for (const SubjectId timer : m_timers.unusedDelays())
        sentences << tr("no timer has the number %1, so no delay was changed; 'loopscope events --json' shows the numbers.").arg(timer);
    for (const SubjectId request : m_provider->unusedLatencies())
        sentences
            << tr("no request has the number %1, so no latency was changed; 'loopscope events --json' shows the numbers.").arg(request);
    return sentences;
}

quint64 RuntimeHost::callbackCap() const
{
    return m_options.callbackCap.value_or(m_options.detail == DetailLevel::Statements ? 0 : usualCallbackCap);
}

/// What makes the run a fork of another one, for the metadata.
QJsonObject RuntimeHost::changesObject() const
{
    const RunChanges &changes = m_options.changes;
    QJsonObject delays;
    for (auto delay = changes.delays.cbegin(); delay != changes.delays.cend(); ++delay)
        delays.insert(QString::number(delay.key()), static_cast<qint64>(*delay));
    QJsonObject latencies;
    for (auto latency = changes.latencies.cbegin(); latency != changes.latencies.cend(); ++latency)
        latencies.insert(QString::number(latency.key()), static_cast<qint64>(*latency));
    QJsonObject object;
    if (!delays.isEmpty())
        object.insert(QStringLiteral("delays"), delays);
    if (!latencies.isEmpty())
        object.insert(QStringLiteral("latencies"), latencies);
    if (changes.timeoutFirst)
        object.insert(QStringLiteral("first"), *changes.timeoutFirst ? QStringLiteral("timeout") : QStringLiteral("immediate"));
    return object;
}

void RuntimeHost::defineMetadata(const QJsonArray &written)
{
    const VirtualCosts &costs = m_tracer.costs();
    QJsonArray arguments;
    for (const QString &argument : m_options.arguments)
        arguments.append(argument);
    static const char *const levels[] = {"tasks", "calls", "statements"};
    QJsonObject metadata{
        {QStringLiteral("program"), QStringLiteral("loopscope")},
        {QStringLiteral("version"), m_options.version},
        {QStringLiteral("file"), m_options.file},
        {QStringLiteral("arguments"), arguments},
        {QStringLiteral("seed"), QString::number(m_options.seed)},
        {QStringLiteral("clock"), m_clock.isVirtual() ? QStringLiteral("virtual") : QStringLiteral("wall")},
        {QStringLiteral("io"), m_options.isIoReal ? QStringLiteral("real") : QStringLiteral("simulated")},
        {QStringLiteral("truth"), m_options.isIoReal ? QStringLiteral("real") : QStringLiteral("simulated")},
        {QStringLiteral("ruleSet"), QLatin1String(node20Rules.name)},
        {QStringLiteral("detail"), QLatin1String(levels[static_cast<int>(m_options.detail)])},
        {QStringLiteral("callbackCap"), static_cast<qint64>(callbackCap())},
        {QStringLiteral("costs"),
            QJsonObject{{QStringLiteral("statement"), static_cast<qint64>(costs.statement)},
                {QStringLiteral("clockRead"), static_cast<qint64>(costs.clockRead)},
                {QStringLiteral("callback"), static_cast<qint64>(costs.callback)}, {QStringLiteral("job"), static_cast<qint64>(costs.job)},
                {QStringLiteral("synchronousIo"), static_cast<qint64>(costs.synchronousIo)}}},
    };
    if (m_options.forceModule)
        metadata.insert(QStringLiteral("module"), true);
    if (const QStringList permissions = m_options.permissions.options(); !permissions.isEmpty())
        metadata.insert(QStringLiteral("permissions"), QJsonArray::fromStringList(permissions));
    if (!m_options.latencyProfile.source().isEmpty()) {
        metadata.insert(QStringLiteral("latencyProfile"),
            QJsonObject{
                {QStringLiteral("file"), m_options.latencyProfileFile}, {QStringLiteral("content"), m_options.latencyProfile.source()}});
    }
    if (!m_options.beside.isEmpty())
        metadata.insert(QStringLiteral("beside"), QJsonArray::fromStringList(m_options.beside));
    if (!m_options.title.isEmpty())
        metadata.insert(QStringLiteral("title"), m_options.title);
    if (!m_options.serverModel.isEmpty())
        metadata.insert(QStringLiteral("serverModel"), m_options.serverModel);
    if (!m_options.changes.isEmpty())
        metadata.insert(QStringLiteral("changes"), changesObject());
    if (!written.isEmpty())
        metadata.insert(QStringLiteral("written"), written);
    if (const QStringList refused = RefusedCalls::options(); !refused.isEmpty())
        metadata.insert(QStringLiteral("refused"), QJsonArray::fromStringList(refused));
    m_tracer.writer().defineMetadata(metadata);
}

void RuntimeHost::recordWrittenFiles()
{
    if (!m_tracer.writer().keepsEvents())
        return;
    const QJsonArray written = m_overlay ? WrittenFiles(*m_overlay).toJson() : QJsonArray();
    if (!written.isEmpty() || !RefusedCalls::options().isEmpty())
        defineMetadata(written);
}

bool RuntimeHost::start()
{
    if (!m_ownStart) {
        Runtime::prepareProcess();
        defineMetadata({});
    }
    ExecutionEngine *v4 = m_engine.handle();
    Scope scope(v4);
    ScopedObject binding(scope, v4->newObject());
    ScopedObject global(scope, v4->globalObject);
    m_promises.install(global, binding);
    m_functionKinds.install(binding);
    m_timers.install(binding);
    m_ioNatives.install(binding);
    m_httpNatives.install(binding);
    m_handleNatives.install(binding);
    m_loops.install(binding);
    defineTaskNatives(v4, binding);
    defineRuntimeTasks(v4, binding);
    defineAsyncHooks(v4, binding);
    defineLanguageNatives(v4, binding);
    defineProducts(v4, binding);
    defineStringNatives(v4);
    defineNumberNatives(v4, binding);
    installPropertyDefinitions(v4);
    installTypedArrays(v4);
    installArrayGuards(v4);
    defineBigIntNatives(v4, binding);
    installObjectKeys(v4);
    installProxies(v4, binding);
    installInheritance(v4, binding);
    installDeletion(v4, binding);
    defineForInKeys(v4, binding);
    defineFunctionNames(v4, binding);
    installArrayLikes(v4, binding);
    installCollections(v4, binding);
    defineErrorNatives(v4, binding);
    defineStackNatives(v4, binding);
    defineEvalNatives(v4, binding);
    defineRegExpNatives(v4, binding);
    defineBufferNatives(v4, binding);
    defineEncodingNatives(v4, binding);
    defineCryptoNatives(v4, binding);
    defineIntlNatives(v4, binding);
    defineHostNatives(*this, binding);
    defineProcessNatives(v4, binding);
    defineServerNatives(*this, binding);
    ScopedObject marks(scope, v4->newObject());
    defineMarks(v4, marks);
    binding->defineDefaultProperty(QStringLiteral("marks"), marks);

    const QJSValue bootstrap = RuntimeLibrary::load(m_engine, QStringLiteral("core"));
    const QJSValue result =
        bootstrap.isCallable() ? bootstrap.call({QJSValuePrivate::fromReturnedValue(binding->asReturnedValue())}) : bootstrap;
    if (result.isError() || !bootstrap.isCallable()) {
        const QString where = result.property(QStringLiteral("stack")).toString();
        write(2, tr("loopscope: its own runtime does not start: %1\n%2\n").arg(result.toString(), where).toUtf8());
        return false;
    }
    return true;
}

void RuntimeHost::runMain()
{
    if (!m_ownStart) {
        const double epoch = m_clock.isVirtual() ? virtualEpoch : epochNow();
        m_tracer.emitEvent(EventKind::RunStarted, 0, 0, 0, static_cast<qint64>(epoch));
        for (const QString &file : m_options.beside)
            m_loops.startBeside(file);
    }
    Scope scope(m_engine.handle());
    ScopedValue result(scope);
    const SubjectId task = m_tracer.newSubject();
    m_tracer.emitEvent(EventKind::TaskCreated, static_cast<quint8>(TaskKind::Script), task, 0, 0);
    m_tracer.emitEvent(EventKind::SubjectNamed, 0, task, 0, m_tracer.text(QFileInfo(m_options.file).fileName()));
    m_tracer.beginTask(task, TaskKind::Script, 0, 0);
    m_core.asyncHooks().enter({1, 0}, Value::undefinedValue());
    const bool returned = m_core.callHook("runMain", nullptr, 0, result);
    m_tracer.endTask(task, TaskKind::Script, !returned);
    // The main script's callback scope drains even if the script threw and a handler took the error.
    if (!returned)
        m_core.reportUncaught(result, false);
    m_core.asyncHooks().leave();
    if (!m_core.isStopping())
        leaveCallbackScope();
}

// ------------------------------------------------------------------------------------------------------------------ time

double RuntimeHost::now()
{
    m_clock.work(m_tracer.costs().clockRead);
    return static_cast<double>(m_clock.now()) / 1e6;
}

double RuntimeHost::moment() const
{
    return m_clock.isVirtual() ? virtualEpoch + static_cast<double>(m_clock.now()) / 1e6
                               : static_cast<double>(QDateTime::currentMSecsSinceEpoch());
}

double RuntimeHost::epochNow()
{
    if (m_clock.isVirtual())
        return virtualEpoch + now();
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch());
}

void RuntimeHost::runLoop()
{
    if (!m_loopStart)
        m_loopStart = m_clock.now();
    m_loop.run();
}

void RuntimeHost::waitUntil(quint64 moment)
{
    const quint64 before = m_clock.now();
    const bool reachesLimit = m_stopAfterNanoseconds != 0 && moment > m_stopAfterNanoseconds;
    if (reachesLimit)
        moment = m_stopAfterNanoseconds;
    if (m_options.server && moment > before)
        m_options.server->loopWaits();
    if (m_provider->waitUntil(moment)) {
        m_hasPolled = true;
    } else if (m_gate && !m_clock.isVirtual()) {
        // Commands end the wait at once, messages of other loops when it looks again.
        constexpr quint64 longest = 5'000'000;
        while (!m_core.isStopping() && m_clock.now() < moment && m_loops.nextMoment() == LoopGroup::never)
            m_gate->waitInterruptibly(std::min(moment - m_clock.now(), longest));
    } else if (m_clock.isVirtual()) {
        flush();
        waitVirtually(moment);
    } else {
        flush();
        m_loops.group().waitForNotice(m_loops.loop(), moment > before ? moment - before : 0);
    }
    m_idleTime += m_clock.now() - before;
    if (m_options.server && moment > before)
        m_options.server->loopGoesOn();
    attend();
}

quint64 RuntimeHost::nextIoMoment()
{
    // Real threads go on by themselves: what only began on them is nothing to wait for.
    if (!m_clock.isVirtual())
        m_ioNatives.pump(m_clock.now());
    return std::min(m_ioNatives.nextMoment(), m_loops.nextMoment());
}

void RuntimeHost::waitVirtually(quint64 moment)
{
    LoopGroup &group = m_loops.group();
    if (group.isAskedToEnd(m_loops.loop()))
        return;
    if (m_loop.referencedTimers() > 0 || nextIoMoment() != LoopGroup::never)
        m_idleSince.reset();
    else if (!m_idleSince)
        m_idleSince = m_clock.now();
    const bool isIdle = m_idleSince
        && (m_clock.now() - *m_idleSince >= idlePatience || (!m_handleNatives.hasConnections() && !m_timers.hasTimersOfScript()));
    const quint64 reached = group.scheduler().sleep(m_loops.loop(), moment, isIdle);
    if (reached == LoopGroup::never) {
        endAsAsked();
        return;
    }
    m_clock.waitUntil(reached);
    m_sharedSince = m_clock.workDone();
    m_tracer.setOthersAt(group.scheduler().askAt(m_loops.loop()));
}

/// More loops were busy than there are processors: each of them took so much longer.
void RuntimeHost::shareProcessors()
{
    const quint64 now = m_clock.workDone();
    const int busy = m_loops.group().scheduler().busyAt(m_loops.loop(), now);
    if (const int cores = m_options.cores; busy > cores && now > m_sharedSince)
        m_clock.work((now - m_sharedSince) * static_cast<quint64>(busy - cores) / static_cast<quint64>(cores));
    m_sharedSince = m_clock.workDone();
}

void RuntimeHost::endAsAsked()
{
    if (m_ownStart) {
        m_core.stop(RunEnding::Stopped, 1);
        return;
    }
    m_tracer.setOthersAt(LoopGroup::never);
    stopAtLimit(LimitKind::Idle,
        tr("the run was ended, as it waits for ever: only handles, ports and unreferenced timers are left, and nothing in virtual time can "
           "reach them."),
        0);
}

void RuntimeHost::runIoCallbacks()
{
    if (!std::exchange(m_hasPolled, false))
        m_provider->waitUntil(0);
    raiseHeapLimits(*m_core.v4());
    m_ioNatives.pump(m_clock.now());
    const auto drain = [this] { leaveCallbackScope(); };
    m_ioNatives.runReady(drain);
    m_loops.runReady(drain);
    if (m_clock.workDone() >= m_tracer.attentionAt())
        attend();
}

// ---------------------------------------------------------------------------------------------------------------- limits

void RuntimeHost::scheduleAttention()
{
    quint64 next = m_clock.workDone() + attentionPeriod;
    if (m_clock.isVirtual()) {
        if (m_stopAfterNanoseconds != 0)
            next = std::min(next, m_stopAfterNanoseconds);
        next = std::min(next, std::max(std::min(m_provider->nextTransition(), m_scriptDeadline), m_clock.workDone() + 1));
        if (const quint64 others = m_tracer.othersAt(); others != LoopGroup::never)
            next = std::min(next, std::max(others, m_clock.workDone() + slice));
    }
    m_tracer.setAttentionAt(next);
}

void RuntimeHost::attend()
{
    if (m_tracer.othersAt() != LoopGroup::never) {
        shareProcessors();
        m_tracer.catchUp(m_clock.now());
    }
    scheduleAttention();
    raiseHeapLimits(*m_core.v4());
    if (m_loops.group().isAskedToEnd(m_loops.loop()))
        endAsAsked();
    // At each mark from then on, so no handler of the script's gets far. Interrupting V4 would be shorter, but V4 asks the proxies behind
    // names even then, and fails over what they do not answer.
    if (m_clock.now() >= m_scriptDeadline && !m_engine.handle()->hasException)
        m_engine.handle()->throwError(QV4::Value::undefinedValue());
    if (m_gate)
        m_gate->attend();
    if (m_companion)
        m_companion->attend();
    if (m_core.isStopping())
        return;
    m_ioNatives.pump(m_clock.now());
    if (m_stopAfterNanoseconds != 0 && m_clock.now() >= m_stopAfterNanoseconds)
        stopAtLimit(LimitKind::Time, tr("the run was ended after %1 s of run time (--max-time).").arg(m_options.maxSeconds),
            static_cast<qint64>(m_stopAfterNanoseconds));
    if (m_stopAfterEvents != 0 && m_tracer.writer().eventCount() >= m_stopAfterEvents)
        stopAtLimit(LimitKind::Events, tr("the run was ended after %1 events (--max-events; 0 is without limit).").arg(m_stopAfterEvents),
            static_cast<qint64>(m_stopAfterEvents));
    // Reading the process's memory is a system call: not at every turn.
    if (m_options.maxMemoryBytes != 0 && (m_attentions++ & 7U) == 0 && usedMemory() > m_options.maxMemoryBytes)
        stopAtLimit(LimitKind::Memory, tr("the run was ended at %1 MB of memory (--max-memory).").arg(m_options.maxMemoryBytes >> 20U),
            static_cast<qint64>(m_options.maxMemoryBytes));
    if (m_tracer.writer().failed())
        stopAtLimit(LimitKind::Memory, tr("the recording could not grow: %1").arg(m_tracer.writer().failure()), 0);
}

void RuntimeHost::stopAtLimit(LimitKind kind, const QString &sentence, qint64 limit)
{
    if (m_core.isStopping())
        return;
    m_tracer.emitEvent(EventKind::LimitReached, static_cast<quint8>(kind), 0, m_tracer.currentSite(), limit);
    flush();
    if (!m_options.muteOutput)
        std::fprintf(stderr, "loopscope: %s\n", qPrintable(sentence));
    m_core.stop(RunEnding::Limit, limitExitCode);
}

quint64 RuntimeHost::usedMemory() const
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toULongLong() * static_cast<quint64>(sysconf(_SC_PAGESIZE)) : 0;
}

// --------------------------------------------------------------------------------------------------------------- streams

int RuntimeHost::write(int stream, const QByteArray &bytes)
{
    if (m_tracer.isMuted())
        return 0;
    if (m_tracer.writer().keepsEvents()) {
        const StringId text = m_tracer.text(QString::fromUtf8(bytes));
        m_tracer.emitEvent(EventKind::ConsoleText, static_cast<quint8>(stream), 0, m_tracer.currentSite(), text);
    }
    if (m_options.muteOutput)
        return 0;
    if (stream == 2)
        flush(); // keep the order of the two streams when they go to one place
    m_output[stream] += bytes;
    if (stream == 2 || m_output[stream].size() >= outputBufferSize || !m_clock.isVirtual())
        flush();
    return m_clock.isVirtual() ? 0 : m_outputError[stream];
}

void RuntimeHost::flush()
{
    for (int stream = 1; stream <= 2; ++stream) {
        m_outputError[stream] = 0;
        const char *data = m_output[stream].constData();
        qsizetype left = m_output[stream].size();
        while (left > 0) {
            const ssize_t written = ::write(stream, data, static_cast<std::size_t>(left));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0 && errno == EAGAIN) { // a pipe or terminal that somebody made non-blocking, and that is full
                struct pollfd full = {stream, POLLOUT, 0};
                ::poll(&full, 1, -1);
                continue;
            }
            if (written <= 0) {
                m_outputError[stream] = -errno;
                break;
            }
            data += written;
            left -= written;
        }
        m_output[stream].clear();
    }
}

} // namespace loopscope
