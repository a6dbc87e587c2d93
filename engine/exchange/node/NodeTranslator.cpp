// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeTranslator.h"

#include "exchange/node/NodeNumbers.h"

#include <QUrl>

#include <algorithm>
#include <cmath>

namespace loopscope {

NodeTranslator::NodeTranslator(RecordingWriter &writer, NodeSites &sites, const QJsonObject &metadata)
    : m_writer(writer)
    , m_sites(sites)
    , m_samples(writer, m_sites)
    , m_metadata(metadata)
{
    m_writer.defineMetadata(m_metadata);
}

NodeTranslator::NodeTranslator(RecordingWriter &writer, NodeSites &sites, const NodeWorker &worker)
    : m_writer(writer)
    , m_sites(sites)
    , m_samples(writer, m_sites)
    , m_worker(worker)
    , m_isQueued(true)
{
}

Event &NodeTranslator::add(EventKind kind)
{
    m_event = {};
    m_event.kind = kind;
    m_event.time = m_time;
    m_event.setPhase(m_phase, static_cast<quint16>(m_worker.loop * lanesOfLoop));
    return m_event;
}

void NodeTranslator::commit()
{
    if (m_isQueued)
        m_queue.push_back(m_event);
    else
        m_writer.append(m_event);
}

SubjectId NodeTranslator::cause() const
{
    if (!m_running.empty())
        return m_running.front().task;
    return m_scriptRuns ? m_script : 0;
}

QString NodeTranslator::text(double number) const
{
    const quint64 index = counted(number);
    return index == 0 || index > m_texts.size() ? QString() : m_texts[index - 1];
}

QString NodeTranslator::api(quint32 place) const { return place == 0 || place > m_places.size() ? QString() : m_places[place - 1].api; }

const NodeSite &NodeTranslator::site(quint32 place)
{
    static const NodeSite none;
    if (place == 0 || place > m_places.size())
        return none;
    std::optional<NodeSite> &found = m_found[place - 1];
    if (!found)
        found = m_sites.find(m_places[place - 1]);
    return *found;
}

NodeTranslator::Resource *NodeTranslator::find(AsyncId id) { return m_resources.find(id); }

NodeTranslator::Resource &NodeTranslator::make(AsyncId id)
{
    if (Resource *resource = m_resources.insert(id))
        return *resource;
    return m_unplaced = Resource();
}

void NodeTranslator::name(SubjectId subject, const QString &text)
{
    if (text.isEmpty())
        return;
    const StringId string = m_writer.defineString(text);
    Event &event = add(EventKind::SubjectNamed);
    event.subject = subject;
    event.value = string;
    commit();
}

void NodeTranslator::takePlace(const NodePlace &place)
{
    m_places.push_back(place);
    m_found.emplace_back();
}

void NodeTranslator::takeFacts(const QJsonObject &facts)
{
    if (m_hasStarted)
        return;
    m_hasStarted = true;
    const double monotonic = facts.value(QLatin1String("monotonic")).toDouble();
    m_knowsPlaces = facts.value(QLatin1String("stacks")).toBool();
    m_startedAt = m_worker.loop != 0 ? m_worker.startedAt : monotonic;
    m_origin = facts.value(QLatin1String("now")).toDouble() - (monotonic - m_startedAt);
    if (const double interval = facts.value(QLatin1String("sampleInterval")).toDouble(); interval > 0) {
        m_isSampled = true;
        m_samples.setClock(m_startedAt * 1000, facts.value(QLatin1String("recorder")).toString());
        m_metadata.insert(QStringLiteral("sampleInterval"), interval);
    }
    if (m_worker.loop != 0)
        startLoop(facts, monotonic - m_startedAt);
    else
        startRun(facts);
    m_scriptRuns = true;
}

void NodeTranslator::startRun(const QJsonObject &facts)
{
    m_version = facts.value(QLatin1String("version")).toString();
    m_metadata.insert(QStringLiteral("version"), m_version);
    m_metadata.insert(QStringLiteral("process"), facts.value(QLatin1String("process")).toInt());
    m_writer.defineMetadata(m_metadata);
    // A recording's first file is the main script's.
    const QString file = facts.value(QLatin1String("file")).toString();
    if (!file.isEmpty())
        m_sites.function(QUrl::fromLocalFile(file).toString(), 1, 1);
    add(EventKind::RunStarted).value = static_cast<qint64>(counted(facts.value(QLatin1String("epoch")).toDouble()));
    commit();
    beginScript(m_metadata.value(QLatin1String("file")).toString());
}

void NodeTranslator::startLoop(const QJsonObject &facts, double time)
{
    m_lastTime = m_time = nanoseconds(time);
    m_loop = m_writer.newSubject();
    const QString file = facts.value(QLatin1String("file")).toString();
    const QString name = file.isEmpty() ? QStringLiteral("worker %1").arg(m_worker.thread) : file.section(QLatin1Char('/'), -1);
    const StringId string = m_writer.defineString(name);
    Event &event = add(EventKind::LoopStarted);
    event.detail = static_cast<quint8>(LoopKind::Worker);
    event.subject = m_loop;
    event.cause = m_worker.cause;
    event.value = string;
    commit();
    beginScript(name);
}

void NodeTranslator::beginScript(const QString &file)
{
    m_script = m_writer.newSubject();
    for (const EventKind kind : {EventKind::TaskCreated, EventKind::TaskBegun}) {
        Event &event = add(kind);
        event.subject = m_script;
        event.detail = static_cast<quint8>(TaskKind::Script);
        commit();
        if (kind == EventKind::TaskCreated)
            name(m_script, file.section(QLatin1Char('/'), -1));
    }
}

/// From here on events may have to wait for those of the worker.
void NodeTranslator::noteWorker()
{
    m_workerCauses.push_back(cause());
    m_isQueued = true;
}

void NodeTranslator::leaveScript()
{
    if (!m_scriptRuns)
        return;
    leaveCalls();
    m_scriptRuns = false;
    Event &event = add(EventKind::TaskEnded);
    event.subject = m_script;
    event.detail = static_cast<quint8>(TaskKind::Script);
    commit();
    m_calls.clear();
}

void NodeTranslator::takeRecord(const NodeRecord &record)
{
    constexpr size_t most = 4'000'000; // as long as Node tells of samples it is an eighth of that at most
    if (!m_hasStarted)
        return;
    if (!m_isSampled) {
        accept(record);
        return;
    }
    m_waiting.push_back(record);
    if (m_waiting.size() > most)
        takeWaiting();
}

void NodeTranslator::takeWaiting()
{
    for (; !m_waiting.empty(); m_waiting.pop_front())
        accept(m_waiting.front());
}

void NodeTranslator::takeProfile(const QByteArray &json)
{
    if (!m_isSampled)
        return;
    m_samples.take(json);
    takeWaiting();
}

void NodeTranslator::accept(const NodeRecord &record)
{
    if (m_held)
        process(*m_held, &record);
    m_held = record;
}

void NodeTranslator::process(const NodeRecord &record, const NodeRecord *next)
{
    using Operation = NodeRecord::Operation;
    const AsyncId id = counted(record.first);
    if (record.operation == Operation::Before || record.operation == Operation::After) {
        if (const Resource *resource = find(id); resource != nullptr && resource->type.kind == NodeType::Kind::Own)
            return;
    }
    if (record.operation != Operation::Name && record.operation != Operation::Timer)
        advance(record.time);
    switch (record.operation) {
    case Operation::Init:
        init(record, next);
        m_delay = 0;
        m_repeats = false;
        m_name.clear();
        break;
    case Operation::Before:
        before(record, next);
        break;
    case Operation::After:
        after(id);
        break;
    case Operation::Destroy:
        destroy(id);
        break;
    case Operation::Resolve:
        settle(id, record.second == 2);
        break;
    case Operation::Timer:
        m_delay = std::max(record.first, 0.0);
        m_repeats = record.second != 0;
        break;
    case Operation::Name:
        m_name = text(record.first);
        break;
    case Operation::Turn:
        turn(record);
        break;
    case Operation::Output:
        output(static_cast<int>(std::min<AsyncId>(id, 2)), counted(record.second), site(record.place).statement);
        break;
    case Operation::Error:
        error(record);
        break;
    }
}

void NodeTranslator::advance(double time)
{
    if (m_isSampled)
        followSamples(time);
    m_lastTime = m_time;
    m_time = std::max(m_time, nanoseconds(time - m_origin));
}

void NodeTranslator::init(const NodeRecord &record, const NodeRecord *next)
{
    while (m_types.size() < m_texts.size())
        m_types.push_back(NodeType::named(m_texts[m_types.size()]));
    const NodeType type = record.type == 0 || record.type > m_types.size() ? NodeType() : m_types[record.type - 1];
    const AsyncId id = counted(record.first);
    if (type.kind == NodeType::Kind::Promise) {
        initPromise(record, next);
        return;
    }
    Resource &resource = make(id);
    resource.type = type;
    resource.name = m_name;
    const NodeSite &found = site(record.place);
    resource.scheduledAt = found.statement;
    resource.site = m_name.isEmpty() || record.place == 0
        ? 0
        : m_sites.functionNamed(m_places[std::min<size_t>(record.place, m_places.size()) - 1], m_name);
    if (resource.site == 0)
        resource.site = found.callback;
    switch (type.kind) {
    case NodeType::Kind::Tick:
        resource.kind = TaskKind::Tick;
        break;
    case NodeType::Kind::Microtask:
        resource.kind = TaskKind::Microtask;
        break;
    case NodeType::Kind::Immediate:
        resource.kind = TaskKind::Immediate;
        break;
    case NodeType::Kind::Timer:
        resource.isInterval = m_repeats;
        resource.kind = m_repeats ? TaskKind::Interval : TaskKind::Timeout;
        resource.delay = m_delay;
        break;
    case NodeType::Kind::Request:
    case NodeType::Kind::Handle:
        initIo(id, resource, record);
        if (text(record.type) == QLatin1String("WORKER"))
            noteWorker();
        return;
    case NodeType::Kind::Own:
    case NodeType::Kind::Promise:
        return;
    }
    // Streams make ticks of their own wherever something is written.
    const QString asked = api(record.place).section(QLatin1Char(':'), -1);
    resource.isHidden = m_knowsPlaces
        && ((type.kind == NodeType::Kind::Tick && asked != QLatin1String("nextTick"))
            || (type.kind == NodeType::Kind::Microtask && asked != QLatin1String("queueMicrotask")));
    if (resource.isHidden)
        resource.site = 0; // it is no function of the person's
    if (!resource.isHidden)
        initTask(id, resource);
}

void NodeTranslator::initTask(AsyncId, Resource &resource)
{
    createTask(resource, cause());
    if (resource.type.kind != NodeType::Kind::Timer)
        return;
    Event &event = add(EventKind::TimerArmed);
    event.subject = resource.task;
    event.cause = cause();
    event.value = static_cast<qint64>(m_time + nanoseconds(resource.delay));
    commit();
}

void NodeTranslator::createTask(Resource &resource, SubjectId led)
{
    resource.task = m_writer.newSubject();
    Event &event = add(EventKind::TaskCreated);
    event.detail = static_cast<quint8>(resource.kind);
    event.subject = resource.task;
    event.cause = led;
    event.site = resource.site;
    event.value = resource.scheduledAt;
    commit();
    if (resource.site == 0)
        name(resource.task, resource.name);
}

void NodeTranslator::initIo(AsyncId, Resource &resource, const NodeRecord &record)
{
    const bool isRequest = resource.type.kind == NodeType::Kind::Request;
    if (Resource *earlier = m_continuing != 0 ? find(m_continuing) : nullptr; earlier != nullptr && isRequest) {
        // The next step of the same call: readFile opens, asks for the size, reads and closes.
        resource.subject = std::exchange(earlier->subject, 0);
        resource.task = std::exchange(earlier->task, 0);
        resource.site = earlier->site;
        resource.scheduledAt = earlier->scheduledAt;
        resource.name = earlier->name;
        m_continuing = 0;
        return;
    }
    m_continuing = 0;
    const QString function = api(record.place).section(QLatin1Char(':'), -1).section(QLatin1Char('.'), -1);
    resource.name = function.isEmpty() ? text(record.type) : function;
    resource.subject = m_writer.newSubject();
    const StringId label = m_writer.defineString(resource.name);
    Event &event = add(isRequest ? EventKind::IoSubmitted : EventKind::HandleOpened);
    event.detail = static_cast<quint8>(resource.type.io);
    event.subject = resource.subject;
    event.cause = cause();
    event.site = resource.scheduledAt;
    event.value = label;
    commit();
    if (isRequest)
        createTask(resource, resource.subject);
}

void NodeTranslator::before(const NodeRecord &record, const NodeRecord *next)
{
    using Operation = NodeRecord::Operation;
    const AsyncId id = counted(record.first);
    constexpr size_t deepest = 10000; // more is damage
    if (!m_running.empty()) {
        // A callback inside of another one: only who leads to what is of interest.
        if (m_running.size() < deepest)
            m_running.push_back({id, false, m_running.front().task, TaskKind::Internal, 0});
        return;
    }
    leaveScript();
    Running running;
    running.id = id;
    Resource *resource = find(id);
    const bool isEmpty = next != nullptr && next->operation == Operation::After && next->first == record.first;
    constexpr double negligible = 0.05; // ms
    if (resource == nullptr || (resource->isHidden && isEmpty && next->time - record.time < negligible)) {
        m_running.push_back(running);
        return;
    }
    const bool isStep = m_knowsPlaces && resource->type.kind == NodeType::Kind::Request && next != nullptr
        && next->operation == Operation::Init && next->place == 0 && next->type > 0 && next->type <= m_texts.size()
        && NodeType::named(m_texts[next->type - 1]).kind == NodeType::Kind::Request;
    if (isStep) {
        m_continuing = id;
        running.task = resource->task;
        m_running.push_back(running);
        return;
    }
    m_running.push_back(running);
    beginTask(id, *resource);
}

void NodeTranslator::beginTask(AsyncId id, Resource &resource)
{
    enterPhaseOf(resource.type);
    if (resource.type.kind == NodeType::Kind::Request && !resource.hasRun) {
        add(EventKind::IoCompleted).subject = resource.subject;
        commit();
    }
    const Resource *parent = find(resource.parent);
    const bool isIo = resource.type.kind == NodeType::Kind::Request || resource.type.kind == NodeType::Kind::Handle;
    const SubjectId led = isIo ? resource.subject : parent != nullptr ? parent->subject : 0;
    // A promise that was resolved with another one runs a job that asks that for its state.
    if (resource.type.kind == NodeType::Kind::Promise && !resource.isAwait && (resource.hasRun || resource.parent == 0))
        resource.kind = TaskKind::ThenableJob;
    if (resource.task == 0)
        createTask(resource, led);
    if (isIo) {
        Event &ready = add(EventKind::TaskReady);
        ready.subject = resource.task;
        ready.cause = resource.subject;
        commit();
    }
    Event &event = add(EventKind::TaskBegun);
    event.detail = static_cast<quint8>(resource.kind);
    event.subject = resource.task;
    event.cause = led;
    event.site = resource.site;
    commit();
    m_running.back() = {id, true, resource.task, resource.kind, resource.site};
    resource.hasRun = true;
    if (!resource.isInterval)
        resource.task = 0;
    m_calls.clear();
    if (!resource.isAwait)
        return;
    Event &resumed = add(EventKind::AwaitResumed);
    resumed.subject = resource.subject;
    resumed.site = resource.site;
    resumed.value = parent != nullptr ? parent->subject : 0;
    commit();
    m_calls.push_back(resource.call);
}

void NodeTranslator::after(AsyncId id)
{
    while (!m_running.empty()) {
        const Running running = m_running.back();
        m_running.pop_back();
        if (m_running.empty() && running.isRecorded)
            endTask(running);
        forget(running.id);
        if (running.id == id)
            break;
    }
}

/// Node tells of the end of few resources: what cannot be spoken of again goes, and of settled promises the oldest.
void NodeTranslator::forget(AsyncId id)
{
    constexpr size_t most = 200'000;
    while (m_settled.size() > most) {
        m_resources.erase(m_settled.front());
        m_settled.pop_front();
    }
    const Resource *resource = find(id);
    if (resource == nullptr || !resource->hasRun)
        return;
    const NodeType::Kind kind = resource->type.kind;
    if (kind == NodeType::Kind::Tick || kind == NodeType::Kind::Microtask || kind == NodeType::Kind::Request || resource->isAwait)
        m_resources.erase(id);
}

void NodeTranslator::endTask(const Running &running)
{
    leaveCalls();
    Event &event = add(EventKind::TaskEnded);
    event.subject = running.task;
    event.detail = static_cast<quint8>(running.kind);
    commit();
    m_calls.clear();
    Resource *resource = find(running.id);
    if (resource == nullptr || !resource->isInterval || resource->task != running.task)
        return;
    Event &again = add(EventKind::TaskRearmed);
    again.subject = running.task;
    again.detail = static_cast<quint8>(running.kind);
    again.cause = running.task;
    again.site = resource->site;
    again.value = resource->scheduledAt;
    commit();
    Event &armed = add(EventKind::TimerArmed);
    armed.subject = running.task;
    armed.cause = running.task;
    armed.value = static_cast<qint64>(m_time + nanoseconds(resource->delay));
    commit();
}

void NodeTranslator::destroy(AsyncId id)
{
    Resource *resource = find(id);
    if (resource == nullptr)
        return;
    const NodeType::Kind kind = resource->type.kind;
    const bool isRunning = std::any_of(m_running.begin(), m_running.end(), [id](const Running &running) { return running.id == id; });
    const bool isTimed = kind == NodeType::Kind::Timer || kind == NodeType::Kind::Immediate;
    const bool waits = resource->task != 0 && isTimed && (!isRunning || resource->isInterval);
    if (waits || kind == NodeType::Kind::Handle) {
        Event &event = add(waits ? EventKind::TaskCancelled : EventKind::HandleClosed);
        event.subject = waits ? resource->task : resource->subject;
        event.cause = cause();
        commit();
    }
    m_resources.erase(id);
}

void NodeTranslator::error(const NodeRecord &record)
{
    const StringId string = m_writer.defineString(text(record.first));
    Event &event = add(EventKind::ErrorThrown);
    event.detail = 1;
    event.cause = cause();
    event.value = string;
    commit();
}

} // namespace loopscope
