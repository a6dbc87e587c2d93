// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceReplay.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr size_t mostSameTime = 65536;

} // namespace

TraceReplay::TraceReplay(RecordingWriter &writer, const TracePlaces &places, const ChromeRecords &records, quint64 mostSampledCalls)
    : m_writer(writer)
    , m_places(places)
    , m_traceThreads(records.threads())
    , m_frames(records.frames())
    , m_mostSampledCalls(mostSampledCalls)
    , m_threads(records.threads().size())
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
        openSpan(thread,
            {record.extra, m_places.siteOf(record.event.site), static_cast<TaskKind>(record.event.detail),
                static_cast<StringId>(record.event.value)});
        break;
    case EventKind::CallLeft:
        endSpan(thread);
        break;
    case EventKind::Statement:
        takeSample(thread, static_cast<quint32>(record.event.value));
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

void TraceReplay::openSpan(Thread &thread, OpenSpan span)
{
    setIdle(thread, false);
    if (!thread.open.empty())
        span.end = std::min(span.end, thread.open.back().end);
    if (thread.open.empty()) {
        thread.task = m_writer.newSubject();
        const SubjectId cause = std::exchange(thread.cause, 0);
        const auto kind = static_cast<quint8>(span.kind);
        append(thread, {.subject = thread.task, .cause = cause, .site = span.site, .kind = EventKind::TaskCreated, .detail = kind}, m_time);
        append(thread, {.value = span.name, .subject = thread.task, .kind = EventKind::SubjectNamed}, m_time);
        append(thread, {.subject = thread.task, .cause = cause, .site = span.site, .kind = EventKind::TaskBegun, .detail = kind}, m_time);
    } else {
        const quint8 detail = span.isSampled ? CallSampled : 0;
        append(thread, {.cause = thread.task, .site = span.site, .kind = EventKind::CallEntered, .detail = detail}, m_time);
    }
    thread.open.push_back(span);
    m_nextEnd = std::min(m_nextEnd, span.end);
}

/// The innermost span of the trace, with the sampled calls in it.
void TraceReplay::endSpan(Thread &thread)
{
    const auto isTold = [](const OpenSpan &span) { return !span.isSampled; };
    const auto span = std::find_if(thread.open.rbegin(), thread.open.rend(), isTold);
    if (span == thread.open.rend())
        return;
    closeDownTo(thread, static_cast<size_t>(thread.open.rend() - span) - 1);
}

void TraceReplay::closeDownTo(Thread &thread, size_t size)
{
    while (thread.open.size() > size)
        closeSpan(thread, m_time);
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

/// Keeps the sampled calls that the sample's stack has, too, and enters those that are new in it. Only those inside of the innermost span
/// can be left before it ends.
void TraceReplay::takeSample(Thread &thread, quint32 frame)
{
    const bool isOutside = std::none_of(thread.open.begin(), thread.open.end(), [](const OpenSpan &span) { return !span.isSampled; });
    if (isOutside && m_traceThreads[static_cast<size_t>(&thread - m_threads.data())].hasTasks)
        return;
    if (m_sampledCalls > m_mostSampledCalls) {
        ++m_droppedCount;
        return;
    }
    findPath(thread, frame);
    size_t common = 0;
    size_t kept = 0;
    size_t inner = 0; // inside of the innermost span
    for (size_t i = 0; i < thread.open.size(); ++i) {
        const OpenSpan &span = thread.open[i];
        const bool isNext = kept == i && common < m_path.size() && span.site == m_path[common].site;
        common += isNext ? 1 : 0; // a span of a function that runs is the function's own call
        kept += kept == i && (isNext || !span.isSampled) ? 1 : 0;
        inner = span.isSampled ? inner : i + 1;
    }
    if (kept < inner)
        return;
    closeDownTo(thread, kept);
    for (; common < m_path.size(); ++common, ++m_sampledCalls)
        openSpan(thread, m_path[common]);
    setIdle(thread, thread.open.empty() && m_frames[frame].frame.role == V8Frame::Role::Idle);
}

/// A collection runs on top of whatever does.
void TraceReplay::findPath(const Thread &thread, quint32 frame)
{
    using Role = V8Frame::Role;
    m_path.clear();
    const auto add = [&](const V8Frame &of) {
        m_path.push_back({ChromeRecords::openEnd, m_places.siteOf(of.place), of.kind, of.name, true});
    };
    const Role role = m_frames[frame].frame.role;
    if (role == Role::Collector) {
        const SiteId site = m_places.siteOf(m_frames[frame].frame.place);
        std::copy_if(thread.open.begin(), thread.open.end(), std::back_inserter(m_path),
            [&](const OpenSpan &span) { return span.isSampled && span.site != site; });
        if (!thread.open.empty())
            add(m_frames[frame].frame);
    } else if (role == Role::Function || role == Role::Kind) {
        for (; frame != 0; frame = m_frames[frame].parent)
            add(m_frames[frame].frame);
        std::reverse(m_path.begin(), m_path.end());
    }
}

void TraceReplay::setIdle(Thread &thread, bool isIdle)
{
    if (thread.idleSince.has_value() == isIdle)
        return;
    const qint64 waited = isIdle ? -1 : static_cast<qint64>(m_time - *thread.idleSince);
    append(thread, {.value = waited, .kind = isIdle ? EventKind::PollWaitStarted : EventKind::PollWaitEnded}, m_time);
    thread.idleSince = isIdle ? std::optional(m_time) : std::nullopt;
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
        m_time = m_lastTime;
        setIdle(thread, false);
    }
    m_writer.append({.time = m_lastTime - m_base, .kind = EventKind::RunEnded});
}

} // namespace loopscope
