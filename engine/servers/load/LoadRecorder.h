// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadFigures.h"
#include "servers/load/LoadPlan.h"

#include <functional>
#include <vector>

namespace loopscope {

/// Counts what happens on one thread of a load, and hands it on stretch by stretch. Its stretches end at multiples of
/// LoadPlan::sampleSeconds, and where the measured part ends. Used on one thread; `publish` is called on it.
class LoadRecorder
{
public:
    LoadRecorder(const LoadPlan &plan, std::function<void(LoadSample &&)> publish);

    /// Whatever is told next happens at `now`, ns since the measured part began; never less than before.
    void passTime(qint64 now)
    {
        while (now >= m_sample.to)
            closeStretch();
        m_sample.inFlightTime += static_cast<double>(m_inFlight) * static_cast<double>(now - m_now);
        m_now = now;
    }
    /// A request that was meant to be made at `intended`, which is now or lies before.
    void arrived(qint64 intended)
    {
        ++m_sample.arrivals;
        m_sample.inFlightTime += static_cast<double>(m_now - intended);
        m_intended += static_cast<quint64>(intended);
        if (++m_inFlight > m_sample.mostInFlight)
            m_sample.mostInFlight = m_inFlight;
    }
    /// `record.ended` is now.
    void ended(const LoadRecord &record);
    /// The same where latencies are those of deliveries.
    void endedWithoutLatency(const LoadRecord &record);
    /// A client heard a message that was meant to be sent, and was sent, at these moments.
    void delivered(qint64 intended, qint64 sent);
    /// A client heard a message that nobody of this load had sent.
    void heard() { ++m_sample.deliveries; }
    /// A connection that was to stay was refused or lost.
    void lost() { ++m_sample.lostConnections; }
    void setIdle(quint64 connections) { m_idle = connections; }
    void sent(size_t bytes) { m_sample.bytesSent += bytes; }
    void received(size_t bytes) { m_sample.bytesReceived += bytes; }
    void opened()
    {
        ++m_sample.opened;
        ++m_connections;
    }
    void closed() { --m_connections; }
    void setWaiting(size_t requests) { m_waiting = requests; }
    /// When passTime() hands on the stretch that goes on now.
    qint64 stretchEnd() const { return m_sample.to; }
    quint64 inFlight() const { return m_inFlight; }
    /// Hands on the last stretch, which ends now.
    void finish();

    /// LoadPlan::mostRecords of this thread at most.
    std::vector<LoadRecord> takeRecords() { return std::move(m_records); }

private:
    /// How long those in flight have been it by now, in request-nanoseconds.
    double sojournsSoFar() const { return static_cast<double>(static_cast<qint64>(m_inFlight * static_cast<quint64>(m_now) - m_intended)); }
    void closeStretch();
    void beginStretch(qint64 from);

    const std::function<void(LoadSample &&)> m_publish;
    const qint64 m_stretch; ///< ns
    const qint64 m_measuredEnd; ///< ns
    const quint64 m_expectedInterval; ///< ns
    const size_t m_mostRecords;
    LoadSample m_sample; ///< `to` is where it is to end
    qint64 m_now;
    quint64 m_inFlight = 0;
    quint64 m_intended = 0; ///< sum of the moments at which those in flight were meant to be made; wraps around, differences do not
    quint64 m_waiting = 0;
    quint64 m_connections = 0;
    quint64 m_idle = 0;
    std::vector<LoadRecord> m_records;
};

} // namespace loopscope
