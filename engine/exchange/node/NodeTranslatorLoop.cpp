// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeTranslator.h"

#include "exchange/node/NodeNumbers.h"
#include "recording/RecordingFormat.h"

#include <algorithm>

namespace loopscope {

void NodeTranslator::enterPhase(Phase phase)
{
    if (m_iteration == 0 || phase < m_phase || m_phase == Phase::None) {
        m_phase = Phase::None;
        add(EventKind::IterationStarted).value = ++m_iteration;
        commit();
    }
    if (phase == m_phase)
        return;
    m_phase = phase;
    add(EventKind::PhaseEntered);
    commit();
}

void NodeTranslator::enterPhaseOf(const NodeType &type)
{
    switch (type.kind) {
    case NodeType::Kind::Timer:
        enterPhase(Phase::Timers);
        break;
    case NodeType::Kind::Immediate:
        enterPhase(Phase::Check);
        break;
    case NodeType::Kind::Request:
    case NodeType::Kind::Handle:
        enterPhase(Phase::Poll);
        break;
    default:
        break; // ticks and jobs run in whatever phase the callback before them was
    }
}

/// The loop is about to call back by itself: it may have waited before, and it may be in another iteration.
void NodeTranslator::turn(const NodeRecord &record)
{
    if (!m_running.empty())
        return;
    const quint64 end = m_time;
    const double waited = record.first - m_waited;
    const quint64 begin = end - std::min(end - m_lastTime, nanoseconds(waited));
    m_time = begin;
    leaveScript();
    const auto count = static_cast<qint64>(record.second);
    const bool isOther = count >= 0 && m_loopCount >= 0 && count != m_loopCount;
    m_loopCount = count;
    m_waited = std::max(m_waited, record.first);
    if (isOther && m_phase >= Phase::Poll)
        m_phase = Phase::None;
    constexpr double noticeable = 0.001; // ms
    if (waited < noticeable) {
        m_time = end;
        return;
    }
    enterPhase(Phase::Poll);
    add(EventKind::PollWaitStarted).value = -1;
    commit();
    m_time = end;
    add(EventKind::PollWaitEnded).value = static_cast<qint64>(end - begin);
    commit();
}

/// Writes the functions that ran since the last record as calls below the callback that runs.
void NodeTranslator::followSamples(double time)
{
    const quint64 until = nanoseconds(time - m_origin);
    const bool runs = m_scriptRuns || (!m_running.empty() && m_running.front().isRecorded);
    if (runs)
        m_samples.follow(m_time, until, callWriter());
    else
        m_samples.skip(until);
}

void NodeTranslator::leaveCalls()
{
    if (m_isSampled)
        m_samples.leaveAll(m_time, callWriter());
}

NodeSamples::Change NodeTranslator::callWriter()
{
    return [this](quint64 time, SiteId function, bool isEntered) {
        m_time = std::max(m_time, time);
        Event &event = add(isEntered ? EventKind::CallEntered : EventKind::CallLeft);
        if (isEntered)
            event.detail = CallSampled;
        event.cause = cause();
        event.site = function;
        commit();
    };
}

void NodeTranslator::takeOutput(int descriptor, QByteArrayView bytes)
{
    QByteArray &waiting = m_outputs[static_cast<size_t>(descriptor)].bytes;
    waiting.append(bytes.data(), bytes.size());
    constexpr qsizetype most = 1 << 20;
    if (waiting.size() > most)
        output(descriptor, std::numeric_limits<quint64>::max(), 0);
}

void NodeTranslator::placeAllOutput()
{
    for (const int descriptor : {1, 2})
        output(descriptor, std::numeric_limits<quint64>::max(), 0);
}

void NodeTranslator::output(int descriptor, quint64 upTo, SiteId site)
{
    Output &output = m_outputs[static_cast<size_t>(descriptor)];
    while (!output.bytes.isEmpty() && output.placed < upTo) {
        const auto most = std::min<quint64>(upTo - output.placed, static_cast<quint64>(output.bytes.size()));
        const qsizetype lineEnd = output.bytes.indexOf('\n');
        const qsizetype length = lineEnd >= 0 && static_cast<quint64>(lineEnd) < most ? lineEnd + 1 : static_cast<qsizetype>(most);
        const StringId string = m_writer.defineString(QString::fromUtf8(output.bytes.first(length)));
        Event &event = add(EventKind::ConsoleText);
        event.detail = static_cast<quint8>(descriptor);
        event.cause = cause();
        event.site = site;
        event.value = string;
        commit();
        output.bytes.remove(0, length);
        output.placed += static_cast<quint64>(length);
    }
}

void NodeTranslator::finish(RunEnding ending, int exitCode)
{
    takeWaiting();
    if (m_held)
        process(*m_held, nullptr);
    m_held.reset();
    if (!m_hasStarted)
        takeFacts({});
    placeAllOutput();
    if (!m_running.empty())
        after(m_running.front().id);
    leaveScript();
    m_phase = Phase::None;
    Event &event = add(m_worker.loop != 0 ? EventKind::LoopEnded : EventKind::RunEnded);
    event.subject = m_loop;
    event.detail = static_cast<quint8>(ending);
    event.value = exitCode;
    commit();
}

} // namespace loopscope
