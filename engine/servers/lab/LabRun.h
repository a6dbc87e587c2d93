// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/Scenario.h"

#include <QtGlobal>

#include <array>
#include <atomic>
#include <memory>

namespace loopscope {

/// Hears of a run; called on the thread of run().
class LabSink
{
public:
    virtual ~LabSink() = default;
    virtual void sample(const LabSample &sample) = 0;
    virtual void lanes(const LabLanes &lanes) = 0;
    virtual void request(const LabRequest &request) = 0;
};

/// What a person can turn while a run goes on. Any thread may write and read. A value that the run does not know (cores of a real machine)
/// is ignored, and LabResult::notes says so.
class LabControls
{
public:
    enum class Knob : quint8 {
        Rate, ///< ScenarioLoad::rate
        Clients,
        IoMilliseconds, ///< ScenarioExtra
        CpuMilliseconds,
        Threads, ///< of the pool, or the limit of threads, processes, loops or workers
        Cores,
        KeepAliveSeconds, ///< ScenarioMachine; not while a run goes on, only before it: the value of a run's LabControls is 0
        Pace, ///< virtual seconds a second; 0: as fast as it goes. Not of real runs
        Follow, ///< number of the request to follow
        Count
    };

    explicit LabControls(const Scenario &scenario, ServerModel model);
    double value(Knob knob) const { return m_values[static_cast<std::size_t>(knob)].load(std::memory_order_relaxed); }
    void set(Knob knob, double value) { m_values[static_cast<std::size_t>(knob)].store(value, std::memory_order_relaxed); }
    /// "rate", "clients", "ioMilliseconds", "cpuMilliseconds", "threads", "cores", "keepAliveSeconds", "pace", "follow"
    static std::optional<Knob> knobOf(const QString &key);
    static QString keyOf(Knob knob);
    /// A number of things.
    static bool isWhole(Knob knob);
    /// Of those that stand for something in a scenario.
    static QStringList keysOfScenario();
    /// What the knob stands for there: "load.rate"; "threads" for those of all models; null of pace and follow.
    static QString memberOf(Knob knob);

    /// The run is to end at once, and to give what it has.
    void stop() { m_isStopped.store(true, std::memory_order_relaxed); }
    bool isStopped() const { return m_isStopped.load(std::memory_order_relaxed); }

private:
    std::array<std::atomic<double>, static_cast<std::size_t>(Knob::Count)> m_values = {};
    std::atomic<bool> m_isStopped = false;
};

/// The recording of a run in virtual time: its script's events, and what its threads and all requests do (docs/recording-format.md).
struct LabRecording
{
    QString file; ///< empty: none
    int mostEvents = 3'000'000; ///< it ends there, the run goes on; 0: without limit
};

/// One model under one truth. run() blocks until the end and gives the result; `problem` has a sentence instead if there can be none (the
/// script never listens, the port is in use, ...). Samples come about ten times a second of the run's time, lanes with them. Each request
/// that LabControls follows is told once it is over, with as many requests around it as are cheap to tell.
class LabRun
{
public:
    virtual ~LabRun() = default;
    virtual std::optional<LabResult> run(LabSink &sink, const LabControls &controls, QString *problem) = 0;
};

/// A run of a model, not yet begun; what is wrong is run()'s to say. The scenario's values are in their ranges and its files are there.
/// Each run has a process of its own, and may take its main thread. Defined in engine/servers/live/RealRun.cpp, simulated/SimulatedRun.cpp
/// and modelled/ModelledRun.cpp.
std::unique_ptr<LabRun> makeRealRun(const Scenario &scenario, ServerModel model);
std::unique_ptr<LabRun> makeSimulatedRun(const Scenario &scenario, ServerModel model, const LabRecording &recording = {});
std::unique_ptr<LabRun> makeModelledRun(const Scenario &scenario, ServerModel model);

} // namespace loopscope
