// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabRun.h"
#include "servers/live/LaneWatch.h"
#include "servers/live/LiveServer.h"
#include "servers/live/ServerUsage.h"
#include "servers/live/ThreadUsage.h"
#include "servers/load/LoadGenerator.h"

namespace loopscope {

/// A model under the truth *real*: the script serves in processes and threads of this machine, and is asked over its sockets.
class RealRun final : public LabRun
{
public:
    RealRun(const Scenario &scenario, ServerModel model);
    std::optional<LabResult> run(LabSink &sink, const LabControls &controls, QString *problem) override;

private:
    void fitIdleConnections(LoadPlan &plan);
    void turnKnobs(const LabControls &controls);
    void tell(LabSink &sink, const LoadSample &stretch);
    LabResult result(bool wasStopped, double wallSeconds);
    void beginMeasuring();
    std::vector<LabUse> uses();
    void setUsage(LabResult &result) const;
    void tellRequests(LabSink &sink, qint64 followed);
    LabRequest requestOf(const LoadRecord &record, const LaneWatch::Way *way) const;
    QStringList notes() const;

    const Scenario m_scenario;
    const ServerModel m_model;
    LiveServer m_server;
    std::unique_ptr<LoadGenerator> m_load;
    std::unique_ptr<LaneWatch> m_lanes;
    ServerUsage m_usage;
    std::unique_ptr<ThreadUsage> m_threadUsage;
    std::vector<ThreadUsage::Figures> m_toldThreads; ///< as they were told last
    std::vector<ThreadUsage::Figures> m_threadsAtStart; ///< of the measured part
    std::vector<quint64> m_begunAtStart; ///< requests, by lane
    std::map<int, ServerUsage::Process> m_processesAtStart;
    ServerUsage::Figures m_lastUsage;
    ServerUsage::Figures m_usageAtStart; ///< of the measured part
    ServerUsage::Figures m_usageAtEnd;
    double m_dispatcherAtStart = 0;
    double m_lastDispatcher = 0;
    double m_rate;
    double m_clients;
    double m_threads;
    int m_mostQueued = 0;
    int m_mostThreads = 0;
    int m_mostInFlight = 0;
    qint64 m_mostMemory = 0;
    qint64 m_resetBefore = 0; ///< requests of the warm-up
    qint64 m_inFlightAtDeath = 0;
    bool m_isMeasuring = false;
    QStringList m_notes;
};

} // namespace loopscope
