// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/Tracer.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {
/// How often an endless loop says that it goes on: calls or statements left out.
constexpr quint64 leftOutPerEvent = 1'000'000;
/// How often the call stack is sampled where calls are left out: every 0.1 ms at first, then every thousandth of the time since the first
/// was left out. A callback of whatever length is told by some thousands of samples.
constexpr quint64 leastSampleInterval = 100'000; // ns
constexpr quint64 samplesPerTime = 1000;

/// Between half and one and a half times `interval`, by the moment, so that a run gives the same again: samples at equal distances would
/// meet what happens in turns in the same place each time. The mixing is that of SplitMix64 (Steele, Lea, Flood 2014).
quint64 jittered(quint64 interval, quint64 moment)
{
    quint64 mixed = moment + 0x9e3779b97f4a7c15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return interval / 2 + (mixed ^ (mixed >> 31U)) % interval;
}
} // namespace

Tracer::Tracer(Clock &clock, RecordingWriter &writer, DetailLevel level)
    : m_clock(clock)
    , m_writer(writer)
    , m_level(level)
{
}

TaskKind Tracer::runningKind() const
{
    for (auto task = m_tasks.rbegin(); task != m_tasks.rend(); ++task) {
        if (task->kind != TaskKind::ProcessEvent || task == std::prev(m_tasks.rend()))
            return task->kind;
    }
    return TaskKind::Script;
}

Tracer::Mute::Mute(Tracer &tracer)
    : m_tracer(tracer)
    , m_clock(tracer.m_clock)
    // Statements take the slow way meanwhile, and find there that nothing is to be done.
    , m_attentionAt(tracer.m_attentionAt.exchange(0))
    , m_othersAt(tracer.m_othersAt)
    , m_nextSubject(tracer.m_writer.nextSubject())
    , m_currentSite(tracer.m_currentSite)
{
    if (m_othersAt != ~0ULL)
        tracer.setOthersAt(~0ULL); // none of them takes part
    tracer.m_isMuted = true;
}

Tracer::Mute::~Mute()
{
    m_tracer.m_isMuted = false;
    m_tracer.m_clock = m_clock;
    m_tracer.m_attentionAt.store(m_attentionAt);
    if (m_othersAt != ~0ULL)
        m_tracer.setOthersAt(m_othersAt);
    m_tracer.m_writer.setNextSubject(m_nextSubject);
    m_tracer.m_currentSite = m_currentSite;
}

void Tracer::enterPhase(Phase phase)
{
    m_phase = phase;
    emitEvent(EventKind::PhaseEntered, 0, 0, 0, 0);
}

void Tracer::leavePhase()
{
    emitEvent(EventKind::PhaseLeft, 0, 0, 0, 0);
    m_phase = Phase::None;
}

void Tracer::emitElsewhere(quint64 time, quint16 lane, EventKind kind, quint8 detail, SubjectId subject, SubjectId cause, qint64 value)
{
    Event event;
    event.time = std::max(time, m_lastTime);
    event.value = value;
    event.subject = subject;
    event.cause = cause;
    event.kind = kind;
    event.detail = detail;
    event.setPhase(m_phase, static_cast<quint16>(m_lane + std::min<quint16>(lane, lanesOfLoop - 1)));
    append(event);
}

void Tracer::catchUp(quint64 now)
{
    if (now < m_elsewhereAt.load(std::memory_order_relaxed) || (m_isTakingIn && m_othersAt != ~0ULL))
        return;
    if (m_othersAt == ~0ULL) {
        recordElsewhere(now);
        if (m_othersAt == ~0ULL)
            return; // or else what was recorded woke another loop
    }
    while (now >= m_elsewhereAt.load(std::memory_order_relaxed)) {
        // What the pool did is told in its place among what the other loops did.
        const quint64 first = std::min(now, m_poolAt);
        if (first >= m_othersAt)
            waitForOthers(first);
        if (now >= m_poolAt)
            recordElsewhere(std::min(now, m_othersAt - 1));
    }
}

void Tracer::beginTask(SubjectId task, TaskKind kind, SubjectId cause, SiteId functionSite)
{
    if (m_count.isCut)
        sampleCalls();
    m_tasks.push_back({m_runningTask, m_currentSite, m_calls.size(), kind, std::exchange(m_count, {})});
    m_count.sampledFloor = m_sampled.size();
    emitCaused(EventKind::TaskBegun, static_cast<quint8>(kind), task, cause, functionSite, 0);
    m_callFloor = m_calls.size();
    m_runningTask = task;
    m_currentSite = 0;
}

void Tracer::endTask(SubjectId task, TaskKind kind, bool threw)
{
    leaveSampledTo(m_count.sampledFloor);
    tellLeftOut();
    if (threw) {
        m_throwTask = task;
        m_throwSite = m_currentSite;
    }
    const TaskRecord outer = m_tasks.back();
    m_tasks.pop_back();
    popCallsTo(outer.callDepth);
    m_callFloor = m_tasks.empty() ? 0 : m_tasks.back().callDepth;
    emitEvent(EventKind::TaskEnded, static_cast<quint8>(kind), task, 0, threw ? 1 : 0);
    m_runningTask = outer.task;
    m_currentSite = outer.site;
    m_count = outer.count;
}

void Tracer::popCallsTo(std::size_t depth)
{
    if (m_calls.size() > depth)
        sampleIfDue();
    while (m_calls.size() > depth) {
        const CallRecord &call = m_calls.back();
        if (call.isSampled && m_count.sampledStanding > 0)
            --m_count.sampledStanding;
        if (call.isRecorded) {
            leaveSampledTo(m_count.sampledFloor);
            emitEvent(EventKind::CallLeft, 0, 0, call.function, 0);
        }
        m_calls.pop_back();
    }
}

void Tracer::enterCall(SiteId function, const void *frame, bool resumes, SiteId callSite)
{
    sampleIfDue();
    const bool isRecorded = fitsIntoCallback(m_count.callsLeftOut);
    if (isRecorded)
        emitEvent(EventKind::CallEntered, resumes ? CallResumes : 0, 0, function, callSite);
    m_calls.push_back({frame, function, callSite, resumes, isRecorded, false});
}

void Tracer::sampleCalls()
{
    if (m_isMuted)
        return;
    const quint64 now = m_clock.now();
    m_count.sampleAt = now + jittered(std::max(leastSampleInterval, (now - m_count.cutAt) / samplesPerTime), now);
    std::size_t next = m_calls.size();
    while (next > m_callFloor && !m_calls[next - 1].isRecorded && !m_calls[next - 1].isSampled)
        --next;
    // What the last sample told and was called again since is taken for going on, as by any profiler that samples.
    std::size_t told = m_count.sampledFloor + m_count.sampledStanding;
    for (; told < m_sampled.size() && next < m_calls.size() && m_sampled[told] == m_calls[next].function; ++told, ++next)
        m_calls[next].isSampled = true;
    leaveSampledTo(told);
    for (; next < m_calls.size(); ++next) {
        CallRecord &call = m_calls[next];
        call.isSampled = true;
        m_sampled.push_back(call.function);
        emitEvent(EventKind::CallEntered, call.resumes ? CallSampled | CallResumes : CallSampled, 0, call.function, call.callSite);
    }
    m_count.sampledStanding = m_sampled.size() - m_count.sampledFloor;
}

void Tracer::leaveSampledTo(std::size_t size)
{
    while (m_sampled.size() > size) {
        emitEvent(EventKind::CallLeft, 0, 0, m_sampled.back(), 0);
        m_sampled.pop_back();
    }
    m_count.sampledStanding = std::min(m_count.sampledStanding, size - m_count.sampledFloor);
}

bool Tracer::fitsIntoCallback(quint64 &leftOut)
{
    if (m_callbackCap == 0 || m_count.recorded < m_callbackCap) {
        ++m_count.recorded;
        return true;
    }
    // The first that is left out is told at once, so that a loop without end is seen to run.
    const bool isFirst = !std::exchange(m_count.isCut, true);
    if (isFirst) {
        m_count.cutAt = m_clock.now();
        m_count.sampleAt = m_count.cutAt + leastSampleInterval;
    }
    if (++leftOut == leftOutPerEvent || isFirst) {
        if (!isFirst)
            sampleCalls();
        tellLeftOut();
    }
    return false;
}

void Tracer::tellLeftOut()
{
    if (const quint64 statements = std::exchange(m_count.statementsLeftOut, 0); statements != 0)
        emitEvent(EventKind::StatementsCapped, 0, 0, m_currentSite, static_cast<qint64>(statements));
    if (const quint64 calls = std::exchange(m_count.callsLeftOut, 0); calls != 0)
        emitEvent(EventKind::StatementsCapped, 1, 0, m_currentSite, static_cast<qint64>(calls));
}

void Tracer::enterFunction(SiteId site, const void *frame, const void *parent)
{
    if (m_isMuted)
        return;
    const SiteId callSite = m_currentSite;
    if (m_level != DetailLevel::Tasks) {
        // Returns are noticed late, which costs nothing: the virtual clock moves at marks only. What stands above the caller, or in this
        // very frame, has returned. A caller that carries no marks (Node's own code) is not on the list: then only this frame's leftovers
        // go.
        std::size_t depth = m_calls.size();
        for (std::size_t index = m_calls.size(); index > m_callFloor; --index) {
            if (m_calls[index - 1].frame == parent) {
                depth = index;
                break;
            }
            if (m_calls[index - 1].frame == frame)
                depth = index - 1;
        }
        popCallsTo(depth);
        enterCall(site, frame, false, callSite);
    }
    m_currentSite = site;
}

void Tracer::enterUnannounced(SiteId statement, const void *frame)
{
    const SiteId function = functionOfSite ? functionOfSite(statement) : 0;
    if (function == 0)
        return;
    // A file's body starts, or a generator or async function goes on where it was suspended.
    const bool starts = isFileBody && isFileBody(function);
    enterCall(function, frame, !starts, 0);
}

void Tracer::statementSlowly(SiteId site, const void *frame)
{
    if (m_isMuted)
        return;
    if (m_clock.workDone() >= m_attentionAt.load(std::memory_order_relaxed) && attend)
        attend();
    if (m_level != DetailLevel::Tasks) {
        std::size_t depth = m_calls.size();
        while (depth > m_callFloor && m_calls[depth - 1].frame != frame)
            --depth;
        popCallsTo(depth);
        if (depth == m_callFloor)
            enterUnannounced(site, frame);
        if (m_level == DetailLevel::Statements && fitsIntoCallback(m_count.statementsLeftOut))
            emitEvent(EventKind::Statement, 0, 0, site, 0);
    }
    if (m_watchesStatements && beforeStatement)
        beforeStatement(site);
}

} // namespace loopscope
