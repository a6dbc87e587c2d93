// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ServerTrace.h"

#include "loop/Tracer.h"
#include "recording/RecordingFormat.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int mainThread = 1;
constexpr int mostLanes = (1 << 13) / lanesOfLoop; ///< of threads: what the 13 bits of an event's lane can tell apart

static_assert(static_cast<int>(ThreadActivity::Idle) == static_cast<int>(ThreadState::Idle)
        && static_cast<int>(ThreadActivity::Running) == static_cast<int>(ThreadState::Running)
        && static_cast<int>(ThreadActivity::Ready) == static_cast<int>(ThreadState::Ready)
        && static_cast<int>(ThreadActivity::Blocked) == static_cast<int>(ThreadState::Blocked),
    "recordings and messages number what threads do alike");
static_assert(static_cast<int>(RequestActivity::Network) == static_cast<int>(LabStep::Kind::Network)
        && static_cast<int>(RequestActivity::Queued) == static_cast<int>(LabStep::Kind::Queued)
        && static_cast<int>(RequestActivity::Running) == static_cast<int>(LabStep::Kind::Running)
        && static_cast<int>(RequestActivity::Ready) == static_cast<int>(LabStep::Kind::Ready)
        && static_cast<int>(RequestActivity::Waiting) == static_cast<int>(LabStep::Kind::Waiting),
    "recordings and messages number what requests do alike");

} // namespace

ServerTrace::ServerTrace(RecordingWriter &writer, ServerModel model, quint64 mostEvents)
    : m_writer(writer)
    , m_sharesEngine(model == ServerModel::ThreadPool || model == ServerModel::ThreadPerRequest)
    , m_mostEvents(mostEvents)
{
}

std::optional<quint16> ServerTrace::laneOf(int thread)
{
    if (thread < mainThread || thread > mostLanes)
        return {};
    return static_cast<quint16>((thread - mainThread) * lanesOfLoop);
}

// ---------------------------------------------------------------------------------------------------------------- events

void ServerTrace::write(Event event)
{
    m_last = event.time = std::max(event.time, m_last);
    m_writer.append(event);
}

/// Writes what was ahead of `time`.
void ServerTrace::catchUp(quint64 time)
{
    for (; !m_ahead.empty() && m_ahead.front().time <= time; m_ahead.pop_front())
        write(m_ahead.front());
}

void ServerTrace::record(Event event)
{
    if (m_isCut)
        return;
    catchUp(event.kind == EventKind::RunEnded ? ~0ULL : event.time);
    write(event);
    if (event.kind == EventKind::RunStarted && onStarted)
        onStarted();
}

void ServerTrace::trace(Tracer &tracer, std::function<void(const Event &)> after)
{
    std::vector<Event> &held = m_held.emplace_back();
    tracer.hold(held, tracer.clock().now());
    tracer.setAfterEvent([this, &held, after = std::move(after)](const Event &event) {
        if (!held.empty()) {
            held.clear();
            record(event);
        }
        after(event);
    });
}

void ServerTrace::append(EventKind kind, quint8 detail, SubjectId subject, SubjectId cause, qint64 value, quint64 now, quint16 lane)
{
    Event event;
    event.time = now;
    event.value = value;
    event.subject = subject;
    event.cause = cause;
    event.kind = kind;
    event.detail = detail;
    event.setPhase(Phase::None, lane);
    if (m_isCut)
        return;
    if (now <= m_last)
        return write(event);
    const auto place =
        std::upper_bound(m_ahead.begin(), m_ahead.end(), now, [](quint64 time, const Event &ahead) { return time < ahead.time; });
    m_ahead.insert(place, event);
}

// --------------------------------------------------------------------------------------------------------------- threads

SubjectId ServerTrace::threadSubject(int thread) const
{
    return thread > 0 && static_cast<std::size_t>(thread) <= m_threads.size() ? m_threads[static_cast<std::size_t>(thread - 1)] : 0;
}

void ServerTrace::startThread(int thread, quint64 now)
{
    const auto index = static_cast<std::size_t>(thread - 1);
    if (m_threads.size() <= index) {
        m_threads.resize(index + 1);
        m_hasLane.resize(index + 1);
    }
    m_threads[index] = m_writer.newSubject();
    const std::optional<quint16> lane = laneOf(thread);
    if (m_sharesEngine && thread > mainThread && lane && !m_hasLane[index]) {
        m_hasLane[index] = true; // a later thread of this number has the same
        const StringId name = m_writer.defineString(QStringLiteral("thread %1").arg(thread));
        append(EventKind::LoopStarted, static_cast<quint8>(LoopKind::Thread), m_writer.newSubject(), 0, name, now, *lane);
    }
    append(EventKind::ThreadStarted, 0, m_threads[index], 0, thread, now, lane.value_or(0));
}

void ServerTrace::threadChanged(int thread, ThreadState state, qint64 request, quint64 now)
{
    if (m_isCut)
        return;
    if (threadSubject(thread) == 0) {
        if (state == ThreadState::Gone)
            return;
        startThread(thread, now);
    }
    const SubjectId subject = threadSubject(thread);
    const quint16 lane = laneOf(thread).value_or(0);
    if (state == ThreadState::Gone) {
        m_threads[static_cast<std::size_t>(thread - 1)] = 0;
        return append(EventKind::ThreadEnded, 0, subject, 0, 0, now, lane);
    }
    append(EventKind::ThreadChanged, static_cast<quint8>(state), subject, subjectOf(static_cast<quint64>(request)), request, now, lane);
}

// -------------------------------------------------------------------------------------------------------------- requests

SubjectId ServerTrace::subjectOf(quint64 number) const
{
    const auto found = m_requests.find(number);
    return found == m_requests.end() ? 0 : found->second;
}

void ServerTrace::measured(quint64 now) { append(EventKind::Mark, format::measuredMark, 0, 0, 0, now); }

void ServerTrace::requestSent(quint64 number, const QString &route, quint64 due, quint64 now)
{
    if (m_isCut)
        return;
    const SubjectId subject = m_requests[number] = m_writer.newSubject();
    append(EventKind::RequestSent, 0, subject, 0, static_cast<qint64>(number), now);
    append(EventKind::SubjectNamed, 0, subject, 0, m_writer.defineString(route), now);
    if (due != now)
        append(EventKind::RequestDue, 0, subject, 0, static_cast<qint64>(due), now);
}

void ServerTrace::requestStepped(quint64 number, LabStep::Kind kind, quint64 now, int thread, const QString &what)
{
    const SubjectId subject = subjectOf(number);
    if (m_isCut || subject == 0)
        return;
    const StringId text = what.isEmpty() ? 0 : m_writer.defineString(what);
    append(EventKind::RequestStepped, static_cast<quint8>(kind), subject, threadSubject(thread), text, now, laneOf(thread).value_or(0));
}

void ServerTrace::requestAnswered(quint64 number, quint64 now)
{
    if (const SubjectId subject = subjectOf(number); subject != 0)
        append(EventKind::RequestAnswered, 0, subject, 0, 0, now);
}

void ServerTrace::requestEnded(quint64 number, int status, quint64 now)
{
    if (const SubjectId subject = subjectOf(number); subject != 0)
        append(EventKind::RequestEnded, 0, subject, 0, status, now);
    m_requests.erase(number);
}

// ------------------------------------------------------------------------------------------------------------------- end

void ServerTrace::look(quint64 now)
{
    if (m_isCut || m_mostEvents == 0 || m_writer.eventCount() < m_mostEvents)
        return;
    append(EventKind::LimitReached, static_cast<quint8>(LimitKind::Events), 0, 0, static_cast<qint64>(m_mostEvents), now);
    append(EventKind::RunEnded, static_cast<quint8>(RunEnding::Limit), 0, 0, 0, now);
    catchUp(~0ULL);
    m_writer.finish();
    m_isCut = true;
}

} // namespace loopscope
