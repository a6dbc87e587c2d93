// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "runtime/RunCompanion.h"
#include "servers/lab/LabRun.h"
#include "servers/simulated/LaneBook.h"
#include "servers/simulated/RequestBook.h"
#include "servers/simulated/ServerIo.h"
#include "servers/simulated/ServerTrace.h"
#include "servers/simulated/SimulatedLoad.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace loopscope {

class ProcessHook;
class ProcessIo;
class ThreadOrder;

/// What surrounds a script that runs as a server in virtual time: its clients, the threads of its model, and the measuring of both. Takes
/// part in one run. Times are ns of run time.
class SimulatedServer final : public RunCompanion, public ServerWatcher
{
public:
    /// All have to live longer.
    SimulatedServer(const Scenario &scenario, ServerModel model, const LoadPlan &plan, LabSink &sink, const LabControls &controls);
    /// Before the run: puts what threads and requests do into its recording. `mostEvents`: as ServerTrace.
    void record(RecordingWriter &writer, quint64 mostEvents);
    ~SimulatedServer() override;

    /// After the run, which ended with `exitCode`.
    LabResult result(int exitCode, double wallSeconds);
    /// Why there is no result: the script never listened. Null if it did.
    QString problem(int exitCode) const;

    /// Behind the script, in processes; null in other models.
    ServerHook *hook() const;

    // RunCompanion
    std::unique_ptr<IoProvider> adopt(std::unique_ptr<IoProvider> provider) override;
    void join(const Parts &parts) override;
    void joinBeside(int loop, Tracer &tracer) override;
    quint64 networkTime(quint64 now) const override;
    void attend() override;
    bool contain(const QString &reason) override;

    // ServerWatcher
    void listens(const Endpoint &endpoint) override;
    void accepted(const ServedConnection &connection) override;
    quint64 requestOn(quint32 client, bool *isHead) override;
    quint64 taken(const ServedConnection &connection) override;
    void answered(const ServedConnection &connection, quint64 time) override;
    quint64 afterAnswer() const override;
    void asked(StrandId strand, const QString &label) override;
    quint64 waitBefore() const override;
    void arrived(quint64 number, quint64 time) override;

private:
    void setCosts(Tracer &tracer) const;
    void joinThreads(const Parts &parts);
    void listensAt(const Endpoint &endpoint);
    void watch(Tracer &tracer, std::function<void(const Event &)> see);
    void wakeUp(int thread, Clock &clock, const Event &waitEnded);
    void watchClients();
    void begun(quint64 now);
    void turnKnobs(quint64 now);
    void tick(quint64 now);
    void keepPace(quint64 now);
    void finish(quint64 now);
    void publish(LoadSample &&sample);
    LabSample toSample(const LoadSample &sample, quint64 now);
    /// Threads and processes that serve: without the one that accepts, which is in no figure but `cpuCores`, as in real runs.
    int servingThreads() const { return std::max(0, m_lanes.threads() - (m_threads ? 1 : 0)); }
    qint64 memory() const;
    void countMost(int queued);

    // --- the lanes of an event loop ---
    void sawEvent(const Event &event);
    void began(SubjectId task, SubjectId cause, quint64 time);
    StrandId ownerOf(SubjectId task, SubjectId cause);
    qint64 requestOf(StrandId strand);

    const Scenario &m_scenario;
    const ServerModel m_model;
    const LoadPlan &m_plan;
    LabSink &m_sink;
    const LabControls &m_controls;
    LabControls m_known; ///< the knobs as they were looked at last
    LoadRecorder m_recorder;
    LoadSample m_total;
    LaneBook m_lanes;
    RequestBook m_requests;
    ServerIo *m_io = nullptr;
    ProcessIo *m_firstIo = nullptr; ///< of the first process
    std::unique_ptr<ProcessHook> m_firstHook; ///< null: no processes
    std::unique_ptr<ProcessHook> m_hook; ///< of the others
    Clock *m_clock = nullptr;
    Tracer *m_tracer = nullptr; ///< of the main engine
    std::unique_ptr<ServerTrace> m_trace; ///< null: nothing is recorded
    std::function<void()> m_stop;
    std::unique_ptr<SimulatedLoad> m_clients; ///< from join() on
    std::unique_ptr<ThreadOrder> m_threads; ///< null: the phases of an event loop
    bool m_isOver = false;
    bool m_wasStopped = false;
    bool m_neverListened = false;
    bool m_isEndless = false; ///< a thread's callback
    QString m_reason; ///< of the error that nobody caught last
    std::unordered_set<quint64> m_taken; ///< requests that the server has begun to read and that are not over
    std::unordered_map<SubjectId, StrandId> m_owners; ///< of tasks that wait or run
    std::vector<SubjectId> m_running; ///< tasks, the innermost last
    quint64 m_nextTick = 0;

    // of the last sample
    quint64 m_sampledAt = 0;
    quint64 m_sampledBusy = 0;
    qint64 m_sampledSwitches = 0;
    int m_mostQueued = 0;
    qint64 m_mostMemory = 0;
    quint64 m_busyAtStart = 0; ///< of the measured part
    qint64 m_switchesAtStart = 0;
    quint64 m_busyAtEnd = 0;
    qint64 m_switchesAtEnd = 0;
    qint64 m_lostAtStart = 0; ///< requests, with threads that died in the warm-up

    double m_pace = -1;
    std::chrono::steady_clock::time_point m_paceWall;
    quint64 m_paceFrom = 0;
};

} // namespace loopscope
