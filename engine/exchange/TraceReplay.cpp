// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceReplay.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr size_t mostSameTime = 65536;

} // namespace

TraceReplay::TraceReplay(RecordingWriter &writer, const TracePlaces &places, const std::vector<TraceThread> &threads)
    : m_writer(writer)
    , m_places(places)
    , m_traceThreads(threads)
    , m_threads(threads.size())
{
    assignLoops();
}

/// The main loop is the thread that is called so, else the first one of a process, else the one with the most spans.
void TraceReplay::assignLoops()
{
    const auto rank = [](const TraceThread &thread) {
        const bool isNamed = thread.name == QLatin1String("CrRendererMain") || thread.name == QLatin1String("JavaScriptMainThread");
        return std::pair(isNamed ? 2 : thread.isFirstOfProcess ? 1 : 0, thread.spans);
    };
    const auto main = std::max_element(m_traceThreads.begin(), m_traceThreads.end(),
        [&](const TraceThread &left, const TraceThread &right) { return rank(left) < rank(right); });
    quint16 next = 1;
    for (size_t i = 0; i < m_threads.size(); ++i)
        m_threads[i].loop = m_traceThreads.begin() + static_cast<qsizetype>(i) == main ? 0 : next++;
}

void TraceReplay::append(const Thread &thread, Event event, quint64 time)
{
    m_lastTime = time;
    event.time = time - m_base;
    event.setPhase(Phase::None, static_cast<quint16>(thread.loop * lanesOfLoop));
    m_writer.append(event);
}

/// Of spans that begin at the same time the longest is around the others, though traces tell of it last: they are told when they end.
void TraceReplay::take(const TraceRecord &record)
{
    if (!m_sameTime.empty() && (m_sameTime.front().event.time != record.event.time || m_sameTime.size() >= mostSameTime))
        flush();
    m_sameTime.push_back(record);
}

void TraceReplay::flush()
{
    if (m_sameTime.size() > 1) {
        const auto isComplete = [](const TraceRecord &record) {
            return record.event.kind == EventKind::CallEntered && record.extra != ChromeRecords::openEnd;
        };
        std::vector<TraceRecord> complete;
        std::copy_if(m_sameTime.begin(), m_sameTime.end(), std::back_inserter(complete), isComplete);
        std::stable_sort(
            complete.begin(), complete.end(), [](const TraceRecord &left, const TraceRecord &right) { return left.extra > right.extra; });
        auto next = complete.begin();
        for (TraceRecord &record : m_sameTime) {
            if (isComplete(record))
                record = *next++;
        }
    }
    for (const TraceRecord &record : m_sameTime)
        takeNow(record);
    m_sameTime.clear();
}

void TraceReplay::takeNow(const TraceRecord &record)
{
    if (!m_hasBase) {
        m_base = record.event.time;
        m_lastTime = m_base;
        m_hasBase = true;
        m_writer.append({.kind = EventKind::RunStarted});
    }
    m_time = record.event.time;
    closeUpTo(m_time);
    const size_t number = record.event.loop();
    Thread &thread = m_threads[number];
    if (thread.loopSubject == 0)
        start(thread, number, m_time);
    switch (record.event.kind) {
    case EventKind::CallEntered:
        openSpan(thread, record);
        break;
    case EventKind::CallLeft:
        if (!thread.open.empty())
            closeSpan(thread, m_time);
        break;
    case EventKind::IoSubmitted:
        beginRequest(thread, record);
        break;
    case EventKind::IoCompleted:
        endRequest(thread, record);
        break;
    case EventKind::MessagePosted:
        if (m_flows.size() < mostOpen) {
            const SubjectId message = m_writer.newSubject();
            m_flows[record.extra] = message;
            append(thread, {.subject = message, .cause = thread.task, .kind = EventKind::MessagePosted}, m_time);
        }
        break;
    case EventKind::TaskReady: {
        const auto flow = m_flows.find(record.extra);
        if (flow != m_flows.end() && (record.event.detail == 0 || thread.open.empty()))
            thread.cause = flow->second;
        break;
    }
    default:
        append(thread, record.event, m_time);
        break;
    }
}

void TraceReplay::start(Thread &thread, size_t number, quint64 time)
{
    thread.loopSubject = m_writer.newSubject();
    if (thread.loop == 0)
        return;
    const TraceThread &trace = m_traceThreads[number];
    const StringId name = m_writer.defineString(trace.name.isEmpty() ? QStringLiteral("thread %1").arg(thread.loop) : trace.name);
    const auto kind = trace.isFirstOfProcess ? LoopKind::Child : LoopKind::Worker;
    append(
        thread, {.value = name, .subject = thread.loopSubject, .kind = EventKind::LoopStarted, .detail = static_cast<quint8>(kind)}, time);
}

void TraceReplay::openSpan(Thread &thread, const TraceRecord &record)
{
    const SiteId site = m_places.siteOf(record.event.site);
    const quint64 around = thread.open.empty() ? ChromeRecords::openEnd : thread.open.back().end;
    const OpenSpan span{std::min(record.extra, around), site, static_cast<TaskKind>(record.event.detail)};
    if (thread.open.empty()) {
        thread.task = m_writer.newSubject();
        const SubjectId cause = std::exchange(thread.cause, 0);
        const auto kind = static_cast<quint8>(span.kind);
        append(thread, {.subject = thread.task, .cause = cause, .site = site, .kind = EventKind::TaskCreated, .detail = kind}, m_time);
        append(thread, {.value = record.event.value, .subject = thread.task, .kind = EventKind::SubjectNamed}, m_time);
        append(thread, {.subject = thread.task, .cause = cause, .site = site, .kind = EventKind::TaskBegun, .detail = kind}, m_time);
    } else {
        append(thread, {.cause = thread.task, .site = site, .kind = EventKind::CallEntered}, m_time);
    }
    thread.open.push_back(span);
    m_nextEnd = std::min(m_nextEnd, span.end);
}

void TraceReplay::closeSpan(Thread &thread, quint64 time)
{
    const OpenSpan span = thread.open.back();
    thread.open.pop_back();
    if (!thread.open.empty()) {
        append(thread, {.cause = thread.task, .site = span.site, .kind = EventKind::CallLeft}, time);
        return;
    }
    append(thread, {.subject = thread.task, .kind = EventKind::TaskEnded, .detail = static_cast<quint8>(span.kind)}, time);
    thread.task = 0;
}

/// Ends spans in the order of their ends, over all threads. Of a thread's open spans the innermost ends first.
void TraceReplay::closeUpTo(quint64 time)
{
    while (m_nextEnd <= time && m_nextEnd != ChromeRecords::openEnd) {
        quint64 next = ChromeRecords::openEnd;
        for (Thread &thread : m_threads) {
            while (!thread.open.empty() && thread.open.back().end <= m_nextEnd)
                closeSpan(thread, m_nextEnd);
            if (!thread.open.empty())
                next = std::min(next, thread.open.back().end);
        }
        m_nextEnd = next;
    }
}

void TraceReplay::beginRequest(Thread &thread, const TraceRecord &record)
{
    if (m_requests.size() >= mostOpen)
        return;
    const SubjectId request = m_writer.newSubject();
    m_requests[record.extra].push_back(request);
    append(thread,
        {.value = record.event.value,
            .subject = request,
            .cause = thread.task,
            .kind = EventKind::IoSubmitted,
            .detail = record.event.detail},
        m_time);
}

void TraceReplay::endRequest(Thread &thread, const TraceRecord &record)
{
    const auto found = m_requests.find(record.extra);
    if (found == m_requests.end())
        return;
    append(thread, {.subject = found->second.back(), .kind = EventKind::IoCompleted}, m_time);
    found->second.pop_back();
    if (found->second.empty())
        m_requests.erase(found);
}

void TraceReplay::finish()
{
    flush();
    closeUpTo(ChromeRecords::openEnd - 1);
    for (Thread &thread : m_threads) {
        while (!thread.open.empty())
            closeSpan(thread, m_lastTime);
    }
    m_writer.append({.time = m_lastTime - m_base, .kind = EventKind::RunEnded});
}

} // namespace loopscope
