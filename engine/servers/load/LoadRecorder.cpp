// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadRecorder.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

/// Rounded down, also below 0.
qint64 multipleBelow(qint64 value, qint64 step) { return (value >= 0 ? value : value - step + 1) / step * step; }

} // namespace

LoadRecorder::LoadRecorder(const LoadPlan &plan, std::function<void(LoadSample &&)> publish)
    : m_publish(std::move(publish))
    , m_stretch(std::llround(plan.sampleSeconds * 1e9))
    , m_measuredEnd(std::llround(plan.seconds * 1e9))
    , m_expectedInterval(plan.arrivals.isOpen() ? 0 : static_cast<quint64>(std::llround(plan.expectedInterval * 1e9)))
    , m_mostRecords(static_cast<size_t>(plan.mostRecords / static_cast<quint64>(plan.threads)))
    , m_now(-std::llround(plan.warmupSeconds * 1e9))
{
    beginStretch(m_now);
}

void LoadRecorder::beginStretch(qint64 from)
{
    m_sample = {};
    m_sample.from = from;
    m_sample.to = multipleBelow(from, m_stretch) + m_stretch;
    if (from < m_measuredEnd)
        m_sample.to = std::min(m_sample.to, m_measuredEnd);
    m_sample.mostInFlight = m_inFlight;
    m_sample.sojournTime = -sojournsSoFar(); // which lie before it
}

void LoadRecorder::closeStretch()
{
    const qint64 end = m_sample.to;
    m_sample.inFlightTime += static_cast<double>(m_inFlight) * static_cast<double>(end - m_now);
    m_now = end;
    finish();
    beginStretch(end);
}

void LoadRecorder::finish()
{
    m_sample.to = m_now;
    m_sample.inFlight = m_inFlight;
    m_sample.sojournTime += sojournsSoFar();
    m_sample.waiting = m_waiting;
    m_sample.connections = m_connections;
    m_sample.idleConnections = m_idle;
    m_publish(std::move(m_sample));
}

void LoadRecorder::delivered(qint64 intended, qint64 sent)
{
    ++m_sample.deliveries;
    m_sample.latency.record(static_cast<quint64>(std::max<qint64>(m_now - intended, 0)));
    m_sample.uncorrected.record(static_cast<quint64>(std::max<qint64>(m_now - sent, 0)));
}

void LoadRecorder::ended(const LoadRecord &record)
{
    endedWithoutLatency(record);
    if (record.failure != LoadFailure::Count)
        return;
    m_sample.latency.recordCorrected(static_cast<quint64>(std::max<qint64>(record.ended - record.intended, 0)), m_expectedInterval);
    m_sample.uncorrected.record(static_cast<quint64>(std::max<qint64>(record.ended - record.sent, 0)));
}

void LoadRecorder::endedWithoutLatency(const LoadRecord &record)
{
    --m_inFlight;
    m_intended -= static_cast<quint64>(record.intended);
    m_sample.sojournTime += static_cast<double>(record.ended - record.intended);
    if (record.failure != LoadFailure::Count)
        ++m_sample.failures[static_cast<size_t>(record.failure)];
    else
        ++m_sample.completed;
    if (m_records.size() < m_mostRecords)
        m_records.push_back(record);
}

} // namespace loopscope
