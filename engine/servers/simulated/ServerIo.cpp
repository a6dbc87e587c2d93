// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ServerIo.h"

#include "io/WorkTime.h"
#include "loop/Clock.h"
#include "servers/simulated/SimulatedLoad.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

namespace loopscope {

namespace {
/// Until so much waits to be handed to the system, a write of a thread is done at once.
constexpr qint64 mostUnsent = 1 << 20;
} // namespace

ServerIo::ServerIo(std::unique_ptr<IoProvider> inner, ServerWatcher &watcher)
    : HandleDecorator(*inner->handles())
    , m_inner(std::move(inner))
    , m_watcher(watcher)
{
}

ServerIo::~ServerIo() = default;

// --------------------------------------------------------------------------------------------------------------- strands

StrandId ServerIo::strandOfSubject(SubjectId subject) const
{
    if (m_served.contains(subject))
        return subject;
    if (const auto found = m_requests.find(subject); found != m_requests.end())
        return found->second;
    const auto found = m_handles.find(subject);
    return found == m_handles.end() ? 0 : found->second;
}

StrandId ServerIo::strandOf(const IoTransition &transition) const
{
    const bool isTold = transition.kind == IoTransition::Kind::Told;
    const auto &owners = isTold ? m_handles : m_requests;
    const SubjectId key = isTold ? transition.event.handle : transition.request;
    if (isTold && m_served.contains(key))
        return key;
    const auto found = owners.find(key);
    return found == owners.end() ? 0 : found->second;
}

ServedConnection *ServerIo::served(StrandId strand)
{
    const auto found = m_served.find(strand);
    return found == m_served.end() ? nullptr : &found->second;
}

quint64 ServerIo::requestOn(StrandId strand)
{
    const ServedConnection *connection = served(strand);
    if (!connection)
        return 0;
    bool isHead = false;
    const bool isKnown = connection->isBusy || connection->client == 0;
    const quint64 number = isKnown ? connection->request : m_watcher.requestOn(connection->client, &isHead);
    return number < SimulatedLoad::firstGreeting ? number : 0;
}

void ServerIo::announce(StrandId strand, quint64 time)
{
    if (const quint64 number = requestOn(strand); number != 0)
        m_watcher.arrived(number, time);
}

void ServerIo::own(HandleId handle)
{
    if (!m_served.contains(handle))
        m_handles[handle] = m_current;
}

void ServerIo::forget(HandleId handle)
{
    if (ServedConnection *connection = served(handle)) {
        finish(*connection);
        m_served.erase(handle);
    }
    m_handles.erase(handle);
    m_ended.erase(handle);
    m_unsent.erase(handle);
}

void ServerIo::breakConnection(StrandId strand, quint64 now)
{
    if (!served(strand))
        return;
    inner().reset(strand);
    m_ended.insert(strand);
    tell(strand, HandleEvent::Kind::Failed, -ECONNRESET, now);
}

void ServerIo::endConnection(StrandId strand, quint64 now)
{
    m_ended.insert(strand);
    tell(strand, HandleEvent::Kind::End, 0, now);
}

void ServerIo::tell(StrandId strand, HandleEvent::Kind kind, int error, quint64 now)
{
    IoTransition told;
    told.time = now;
    told.kind = IoTransition::Kind::Told;
    told.event.kind = kind;
    told.event.handle = strand;
    told.event.error = error;
    m_completions.push_back(std::move(told));
}

void ServerIo::abandon(StrandId strand)
{
    inner().reset(strand);
    m_handles.erase(strand);
    m_served.erase(strand);
    m_unsent.erase(strand);
}

int ServerIo::move(HandleId from, HandleId to)
{
    const std::shared_ptr<HandleInFlight> onItsWay = inner().share(from);
    if (!onItsWay)
        return -EBADF;
    inner().close(from);
    if (const int error = inner().adopt(to, *onItsWay); error != 0)
        return error;
    if (auto connection = m_served.extract(from); !connection.empty()) {
        connection.key() = to;
        connection.mapped().handle = to;
        m_served.insert(std::move(connection));
    }
    m_handles.erase(from);
    m_unsent.erase(from);
    return 0;
}

void ServerIo::letGo(HandleId handle)
{
    inner().setReading(handle, false);
    if (ServedConnection *connection = served(handle))
        finish(*connection);
}

// --------------------------------------------------------------------------------------------------------------- effects

void ServerIo::capture(std::function<void(quint64 now)> perform) { m_effects.push_back({m_clock->now(), std::move(perform)}); }

std::vector<ServerIo::Effect> ServerIo::endCapture()
{
    m_isCapturing = false;
    return std::exchange(m_effects, {});
}

void ServerIo::complete(SubjectId request, int error, quint64 now)
{
    IoTransition transition;
    transition.time = now;
    transition.kind = IoTransition::Kind::Completed;
    transition.request = request;
    transition.result.error.errorNumber = error;
    m_completions.push_back(std::move(transition));
}

std::vector<IoTransition> ServerIo::pull(quint64 now)
{
    std::vector<IoTransition> transitions = m_inner->takeTransitions(now);
    std::move(m_completions.begin(), m_completions.end(), std::back_inserter(transitions));
    m_completions.clear();
    return transitions;
}

quint64 ServerIo::nextPull() const { return m_completions.empty() ? m_inner->nextTransition() : 0; }

std::vector<IoTransition> ServerIo::takeTransitions(quint64 now)
{
    for (const SubjectId request : m_told) // whose tasks are made by now, and have taken their strand with them
        m_requests.erase(request);
    m_told.clear();
    std::vector<IoTransition> transitions = m_isHeld ? std::exchange(m_delivery, {}) : takeDelayed(now);
    for (const IoTransition &transition : transitions) {
        if (transition.kind == IoTransition::Kind::Completed)
            m_told.push_back(transition.request);
    }
    return transitions;
}

std::vector<IoTransition> ServerIo::takeDelayed(quint64 now)
{
    std::vector<IoTransition> transitions;
    for (IoTransition &transition : m_inner->takeTransitions(now)) {
        const bool isData = transition.kind == IoTransition::Kind::Told && transition.event.kind == HandleEvent::Kind::Data;
        const ServedConnection *connection = isData ? served(transition.event.handle) : nullptr;
        if (connection && !connection->isBusy) {
            announce(connection->handle, transition.time);
            if (const quint64 wait = m_watcher.waitBefore(); wait > 0) {
                transition.time += wait;
                m_delayed.emplace(transition.time, std::move(transition));
                continue;
            }
        }
        transitions.push_back(std::move(transition));
    }
    if (m_delayed.empty() || m_delayed.begin()->first > now)
        return transitions;
    while (!m_delayed.empty() && m_delayed.begin()->first <= now)
        transitions.push_back(std::move(m_delayed.extract(m_delayed.begin()).mapped()));
    std::stable_sort(
        transitions.begin(), transitions.end(), [](const IoTransition &left, const IoTransition &right) { return left.time < right.time; });
    return transitions;
}

quint64 ServerIo::nextTransition() const
{
    if (m_isHeld)
        return ~0ULL;
    const quint64 next = m_inner->nextTransition();
    return m_delayed.empty() ? next : std::min(next, m_delayed.begin()->first);
}

void ServerIo::calculate(SubjectId request, const IoOperation &operation)
{
    IoTransition done;
    done.kind = IoTransition::Kind::Completed;
    done.request = request;
    done.result = m_inner->performNow(operation);
    m_clock->work(workTime(operation, done.result));
    capture([this, done](quint64 now) {
        m_completions.push_back(done);
        m_completions.back().time = now;
    });
}

IoResult ServerIo::performNow(const IoOperation &operation)
{
    IoResult result = m_inner->performNow(operation);
    if (m_clock)
        m_clock->work(m_disk.transferTime(operation, result));
    return result;
}

void ServerIo::submit(SubjectId request, IoOperation operation, quint64 now)
{
    m_requests[request] = m_current;
    m_watcher.asked(m_current, operation.label);
    if (!m_isCapturing)
        return m_inner->submit(request, std::move(operation), now);
    if (m_calculates && isCalculation(operation.name))
        return calculate(request, operation);
    capture([this, request, operation = std::move(operation)](quint64 then) { m_inner->submit(request, operation, then); });
}

// -------------------------------------------------------------------------------------------------------------- requests

void ServerIo::begin(ServedConnection &connection, const HandleEvent &event)
{
    bool isHead = event.data.startsWith("HEAD ");
    if (connection.client != 0) {
        const quint64 number = m_watcher.requestOn(connection.client, &isHead);
        if (number == 0 || number == connection.request)
            return; // what comes after its end: the rest of a body that the server did not wait for
        connection.request = number;
    }
    connection.isBusy = true;
    connection.response.begin(isHead);
    m_clock->work(m_watcher.taken(connection));
}

void ServerIo::noteResponse(ServedConnection &connection, const QByteArray &bytes)
{
    if (!connection.isBusy || connection.isUpgraded)
        return;
    size_t taken = 0;
    const ResponseParser::State state = connection.response.feed(bytes.constData(), static_cast<size_t>(bytes.size()), &taken);
    if (state == ResponseParser::State::Incomplete)
        return;
    connection.isUpgraded = state == ResponseParser::State::Bad || connection.response.status() == 101;
    if (!connection.isUpgraded)
        finish(connection);
}

void ServerIo::finish(ServedConnection &connection)
{
    if (!std::exchange(connection.isBusy, false))
        return;
    if (m_isCapturing)
        capture([this, connection](quint64 now) { m_watcher.answered(connection, now); });
    else
        m_watcher.answered(connection, m_clock->now());
    m_clock->work(m_watcher.afterAnswer());
}

// --------------------------------------------------------------------------------------------------------------- handles

EventTurn ServerIo::fetch(HandleEvent *event)
{
    const bool isEnd = event->kind == HandleEvent::Kind::End || event->kind == HandleEvent::Kind::Failed;
    if (isEnd && m_ended.erase(event->handle) > 0)
        return EventTurn::Told; // the network knows nothing of it
    const EventTurn turn = inner().fetch(event);
    if (turn != EventTurn::Void && event->kind == HandleEvent::Kind::Data) {
        if (ServedConnection *connection = served(event->handle); connection && (!connection->isBusy || connection->isUpgraded))
            begin(*connection, *event);
    }
    return turn;
}

int ServerIo::listen(HandleId server, int backlog)
{
    const int error = inner().listen(server, m_backlog >= 0 ? m_backlog : backlog);
    Endpoint endpoint;
    if (error == 0 && inner().localEndpoint(server, &endpoint) == 0 && endpoint.path.isEmpty())
        m_watcher.listens(endpoint);
    return error;
}

int ServerIo::accept(HandleId server, HandleId handle)
{
    const int error = inner().accept(server, handle);
    Endpoint remote;
    if (error == 0 && inner().remoteEndpoint(handle, &remote) == 0 && remote.path.isEmpty()) {
        ServedConnection connection;
        connection.handle = handle;
        connection.client = SimulatedLoad::connectionAt(remote);
        m_watcher.accepted(m_served.emplace(handle, std::move(connection)).first->second);
    }
    return error;
}

int ServerIo::connect(HandleId handle, SubjectId request, const Endpoint &endpoint)
{
    own(handle);
    m_requests[request] = m_current;
    m_watcher.asked(m_current, QString::fromLatin1(endpoint.path.isEmpty() ? endpoint.address : endpoint.path));
    if (!m_isCapturing)
        return inner().connect(handle, request, endpoint);
    capture([this, handle, request, endpoint](quint64 now) {
        if (const int error = inner().connect(handle, request, endpoint); error != 0)
            complete(request, error, now);
    });
    return 0;
}

WriteOutcome ServerIo::write(HandleId handle, SubjectId request, const QByteArray &bytes)
{
    own(handle);
    m_requests[request] = m_current;
    WriteOutcome outcome;
    if (!m_isCapturing) {
        outcome = inner().write(handle, request, bytes);
    } else {
        qint64 &unsent = m_unsent[handle];
        unsent += bytes.size();
        outcome.isDone = unsent + inner().queuedBytes(handle) <= mostUnsent;
        capture([this, handle, request, bytes, isDone = outcome.isDone](quint64 now) {
            if (const auto found = m_unsent.find(handle); found != m_unsent.end())
                found->second -= bytes.size();
            const WriteOutcome real = inner().write(handle, request, bytes);
            if (!isDone && (real.isDone || real.error != 0))
                complete(request, real.error, now);
        });
    }
    if (outcome.isDone || outcome.error != 0)
        m_requests.erase(request);
    if (ServedConnection *connection = served(handle); connection && outcome.error == 0)
        noteResponse(*connection, bytes);
    return outcome;
}

int ServerIo::shutdown(HandleId handle, SubjectId request)
{
    m_requests[request] = m_current;
    if (ServedConnection *connection = served(handle))
        finish(*connection);
    if (!m_isCapturing)
        return inner().shutdown(handle, request);
    capture([this, handle, request](quint64 now) {
        if (const int error = inner().shutdown(handle, request); error != 0)
            complete(request, error, now);
    });
    return 0;
}

void ServerIo::proceed(HandleId handle, SubjectId request)
{
    if (!m_isCapturing)
        return inner().proceed(handle, request);
    capture([this, handle, request](quint64 now) {
        Q_UNUSED(now)
        inner().proceed(handle, request);
    });
}

void ServerIo::close(HandleId handle)
{
    forget(handle);
    if (!m_isCapturing)
        return inner().close(handle);
    capture([this, handle](quint64 now) {
        Q_UNUSED(now)
        inner().close(handle);
    });
}

int ServerIo::reset(HandleId handle)
{
    if (m_isCapturing) {
        forget(handle);
        capture([this, handle](quint64 now) {
            Q_UNUSED(now)
            inner().reset(handle);
        });
        return 0;
    }
    const int error = inner().reset(handle);
    if (error == 0)
        forget(handle);
    return error;
}

} // namespace loopscope
