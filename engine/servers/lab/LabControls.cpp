// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/LabRun.h"

namespace loopscope {

namespace {

constexpr std::array<const char *, static_cast<std::size_t>(LabControls::Knob::Count)> knobKeys = {
    "rate", "clients", "ioMilliseconds", "cpuMilliseconds", "threads", "cores", "keepAliveSeconds", "pace", "follow"};

} // namespace

LabControls::LabControls(const Scenario &scenario, ServerModel model)
{
    set(Knob::Rate, scenario.load.rate);
    set(Knob::Clients, scenario.load.clients);
    set(Knob::IoMilliseconds, scenario.extra.ioMilliseconds);
    set(Knob::CpuMilliseconds, scenario.extra.cpuMilliseconds);
    ScenarioMachine machine = scenario.machine;
    const int *threads = machine.threadsOf(model);
    set(Knob::Threads, threads ? *threads : 1);
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

bool LabControls::isWhole(Knob knob)
{
    return knob == Knob::Clients || knob == Knob::Threads || knob == Knob::Cores || knob == Knob::Follow;
}

QStringList LabControls::keysOfScenario()
{
    QStringList keys;
    for (int knob = 0; knob < static_cast<int>(Knob::Pace); ++knob)
        keys.append(keyOf(static_cast<Knob>(knob)));
    return keys;
}

QString LabControls::memberOf(Knob knob)
{
    switch (knob) {
    case Knob::Rate:
    case Knob::Clients:
        return QStringLiteral("load.") + keyOf(knob);
    case Knob::IoMilliseconds:
    case Knob::CpuMilliseconds:
        return QStringLiteral("extra.") + keyOf(knob);
    case Knob::Cores:
    case Knob::KeepAliveSeconds:
        return QStringLiteral("machine.") + keyOf(knob);
    case Knob::Threads:
        return keyOf(knob);
    case Knob::Pace:
    case Knob::Follow:
    case Knob::Count:
        break;
    }
    return {};
}

} // namespace loopscope
