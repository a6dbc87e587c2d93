// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/modelled/ModelledRun.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <vector>

namespace loopscope {

using Stages = std::vector<ProfileStage>;
using Knob = LabControls::Knob;

constexpr qint64 kMillisecond = 1'000'000;

inline ProfileStage cpu(qint64 time) { return {ProfileStage::Kind::Cpu, time, 0}; }
inline ProfileStage wait(qint64 time) { return {ProfileStage::Kind::Wait, time, 0}; }

inline RequestProfile profileOf(const std::vector<Stages> &samples)
{
    RequestProfile profile;
    profile.addRoute({QStringLiteral("GET /"), 0, 0, 0, 0, {}});
    for (const Stages &stages : samples)
        profile.addSample(stages);
    return profile;
}

inline Scenario plainScenario()
{
    Scenario scenario;
    scenario.script = QStringLiteral("none.js");
    scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
    scenario.load.rate = 1000;
    scenario.load.warmupSeconds = 1;
    scenario.load.seconds = 10;
    scenario.load.timeoutSeconds = 100;
    scenario.machine.contextSwitchMicroseconds = 0;
    scenario.machine.threadStartMicroseconds = 0;
    scenario.machine.backlog = 1'000'000;
    scenario.machine.memoryBytes = 1LL << 40;
    return scenario;
}

/// Keeps what a run tells.
class Listener final : public LabSink
{
public:
    void sample(const LabSample &sample) override
    {
        samples.push_back(sample);
        if (onSample)
            onSample(sample);
    }
    void lanes(const LabLanes &lanes) override
    {
        left += lanes.left;
        spans.insert(spans.end(), lanes.spans.begin(), lanes.spans.end());
    }
    void request(const LabRequest &request) override { requests.push_back(request); }

    std::function<void(const LabSample &)> onSample;
    std::vector<LabSample> samples;
    std::vector<LabSpan> spans;
    qint64 left = 0;
    std::vector<LabRequest> requests;
};

inline LabResult ran(
    const Scenario &scenario, ServerModel model, const RequestProfile &profile, Listener &listener, const LabControls &controls)
{
    QString problem;
    const auto result = makeModelledRun(scenario, model, profile)->run(listener, controls, &problem);
    if (!result)
        qFatal("%s", qPrintable(problem));
    return *result;
}

inline LabResult ran(const Scenario &scenario, ServerModel model, const RequestProfile &profile)
{
    Listener listener;
    return ran(scenario, model, profile, listener, LabControls(scenario, model));
}

inline bool isNear(double value, double expected, double relative) { return std::abs(value - expected) <= relative * std::abs(expected); }

} // namespace loopscope

#define VERIFY_NEAR(value, expected, relative)                                                                                             \
    do {                                                                                                                                   \
        const double told = (value);                                                                                                       \
        QVERIFY2(isNear(told, expected, relative), qPrintable(QStringLiteral("%1, not %2").arg(told).arg(expected)));                      \
    } while (false)
