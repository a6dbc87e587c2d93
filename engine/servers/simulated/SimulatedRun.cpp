// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/LabRun.h"

#include "recording/RecordingWriter.h"
#include "runtime/Runtime.h"
#include "script/ScriptCompiler.h"
#include "servers/load/ScenarioLoadPlan.h"
#include "servers/simulated/OffloadHook.h"
#include "servers/simulated/SimulatedServer.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <chrono>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::SimulatedRun", text); }

class SimulatedRun final : public LabRun
{
public:
    SimulatedRun(const Scenario &scenario, ServerModel model, const LabRecording &recording)
        : m_scenario(scenario)
        , m_model(model)
        , m_recording(recording)
    {
    }

    std::optional<LabResult> run(LabSink &sink, const LabControls &controls, QString *problem) override
    {
        *problem = unsupported();
        const std::optional<LoadPlan> plan = problem->isEmpty() ? loadPlanOf(m_scenario, problem) : std::nullopt;
        RunOptions options;
        if (!plan || !setOptions(&options, problem))
            return std::nullopt;
        const auto start = std::chrono::steady_clock::now();
        SimulatedServer server(m_scenario, m_model, *plan, sink, controls);
        options.companion = &server;
        OffloadHook offload(m_scenario.offload, controls);
        options.server = m_model == ServerModel::Workers ? &offload : server.hook();
        options.compiled = std::make_shared<CompiledScripts>(); // of all processes
        const std::unique_ptr<RecordingWriter> writer =
            m_recording.file.isEmpty() ? RecordingWriter::toNowhere() : RecordingWriter::create(m_recording.file, problem);
        if (!writer)
            return std::nullopt;
        if (writer->keepsEvents())
            server.record(*writer, static_cast<quint64>(m_recording.mostEvents));
        Runtime runtime(options, *writer, nullptr);
        const int exitCode = runtime.run();
        *problem = server.problem(exitCode);
        if (!problem->isEmpty())
            return std::nullopt;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        LabResult result = server.result(exitCode, spent.count());
        if (writer->failed())
            result.notes
                << translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "the recording is not whole: %1")).arg(writer->failure());
        return result;
    }

private:
    QString unsupported() const
    {
        const auto refuse = [](const char *text) { return translated(text); };
        if (m_model == ServerModel::Node)
            return refuse(
                QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "Node itself runs in real time only: take the truth 'real' for it."));
        if (m_model == ServerModel::Workers && m_scenario.offload.isEmpty())
            return refuse(QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                "the model 'workers' needs 'offload' in the scenario: the names of functions of the script that run on worker threads."));
        return {};
    }

    bool setOptions(RunOptions *options, QString *problem) const
    {
        options->file = m_scenario.script;
        options->arguments = m_scenario.arguments;
        options->seed = m_scenario.seed;
        options->detail = DetailLevel::Tasks;
        options->muteOutput = true;
        options->maxEvents = 0;
        options->serverModel = keyOf(m_model);
        options->title =
            translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "%1: %2, simulated")).arg(m_scenario.title, nameOf(m_model));
        options->cores = m_scenario.machine.cores;
        options->poolThreads = poolThreads();
        options->latencyProfile = LatencyProfile::ofServers();
        if (m_scenario.latencyProfile.isEmpty())
            return true;
        QFile file(m_scenario.latencyProfile);
        if (!file.open(QIODevice::ReadOnly)) {
            *problem = translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "the latency profile '%1' cannot be read: %2"))
                           .arg(m_scenario.latencyProfile, file.errorString());
            return false;
        }
        const std::optional<LatencyProfile> profile = LatencyProfile::parse(file.readAll(), problem, options->latencyProfile);
        if (!profile) {
            *problem = translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "the latency profile '%1': %2"))
                           .arg(m_scenario.latencyProfile, *problem);
            return false;
        }
        options->latencyProfile = *profile;
        options->latencyProfileFile = m_scenario.latencyProfile;
        return true;
    }

    /// A loop has libuv's four threads for what blocks. In the other models a request's own thread does it: as many as can ask at once, up
    /// to a disk's queue depth.
    int poolThreads() const
    {
        constexpr int loopPool = 4;
        constexpr int most = 256;
        switch (m_model) {
        case ServerModel::ThreadPerRequest:
            return std::clamp(m_scenario.machine.threadLimit, loopPool, most);
        case ServerModel::ThreadPool:
            return std::clamp(m_scenario.machine.poolThreads, loopPool, most);
        case ServerModel::Processes:
            return std::clamp(m_scenario.machine.processes, loopPool, most);
        case ServerModel::Cluster:
            return std::min(m_scenario.machine.loops * loopPool, most);
        default:
            return loopPool;
        }
    }

    const Scenario m_scenario;
    const ServerModel m_model;
    const LabRecording m_recording;
};

} // namespace

std::unique_ptr<LabRun> makeSimulatedRun(const Scenario &scenario, ServerModel model, const LabRecording &recording)
{
    return std::make_unique<SimulatedRun>(scenario, model, recording);
}

} // namespace loopscope
