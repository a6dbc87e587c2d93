// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabJson.h"
#include "servers/lab/LabRun.h"

#include <QThread>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// Runs on a thread of its own: there is one engine a thread.
inline std::optional<LabResult> runOnThread(const Scenario &scenario, ServerModel model, LabSink &sink, const LabControls &controls,
    QString *problem, const LabRecording &recording = {})
{
    std::optional<LabResult> result;
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { result = makeSimulatedRun(scenario, model, recording)->run(sink, controls, problem); }));
    constexpr uint stackSize = 256U << 20U; // as the runtime's own threads have
    thread->setStackSize(stackSize);
    thread->start();
    thread->wait();
    return result;
}

/// Keeps what a run tells.
class Told final : public LabSink
{
public:
    std::vector<LabSample> samples;
    std::vector<LabSpan> spans;
    std::vector<LabRequest> requests;
    QByteArray all; ///< every line, as it is told

    void sample(const LabSample &sample) override
    {
        samples.push_back(sample);
        all += LabJson::line(LabMessage(sample));
    }
    void lanes(const LabLanes &lanes) override
    {
        spans.insert(spans.end(), lanes.spans.begin(), lanes.spans.end());
        all += LabJson::line(LabMessage(lanes));
    }
    void request(const LabRequest &request) override
    {
        requests.push_back(request);
        all += LabJson::line(LabMessage(request));
    }
};

} // namespace loopscope
