// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/LabRun.h"

namespace loopscope {

namespace {

constexpr std::array<const char *, static_cast<std::size_t>(LabControls::Knob::Count)> knobKeys = {
    "rate", "clients", "ioMilliseconds", "cpuMilliseconds", "threads", "cores", "pace", "follow"};

double threadsOf(const ScenarioMachine &machine, ServerModel model)
{
    switch (model) {
    case ServerModel::Workers:
        return machine.workers;
    case ServerModel::Cluster:
        return machine.loops;
    case ServerModel::ThreadPerRequest:
        return machine.threadLimit;
    case ServerModel::ThreadPool:
        return machine.poolThreads;
    case ServerModel::Processes:
        return machine.processes;
    case ServerModel::EventLoop:
    case ServerModel::Node:
        break;
    }
    return 1;
}

} // namespace

LabControls::LabControls(const Scenario &scenario, ServerModel model)
{
    set(Knob::Rate, scenario.load.rate);
    set(Knob::Clients, scenario.load.clients);
    set(Knob::IoMilliseconds, scenario.extra.ioMilliseconds);
    set(Knob::CpuMilliseconds, scenario.extra.cpuMilliseconds);
    set(Knob::Threads, threadsOf(scenario.machine, model));
    set(Knob::Cores, scenario.machine.cores);
}

std::optional<LabControls::Knob> LabControls::knobOf(const QString &key)
{
    for (std::size_t index = 0; index < knobKeys.size(); ++index) {
        if (key == QLatin1String(knobKeys[index]))
            return static_cast<Knob>(index);
    }
    return std::nullopt;
}

QString LabControls::keyOf(Knob knob) { return QLatin1String(knobKeys[static_cast<std::size_t>(knob)]); }

} // namespace loopscope
