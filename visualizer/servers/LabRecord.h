// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/FigureSeries.h"
#include "servers/LaneModel.h"
#include "servers/lab/LabEvents.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// What a card shows of its model: of the last second while it runs, of the whole run when it is over; latencies are of the whole run so
/// far.
struct LabFigures
{
    double throughput = 0; ///< good answers a second
    double p99 = 0; ///< seconds, of all answers of the measured part; while it runs from bars, an eighth off at most; 0: no answer yet
    double lastP99 = 0; ///< seconds, the worst of the last second's samples; 0: no answer in it
    qint64 memoryBytes = 0; ///< of a whole run: at most
    double cpuCores = 0;
    int inFlight = 0;
    int queued = 0;
    std::array<int, 4> threads = {}; ///< by ThreadState
    qint64 failures = 0; ///< since the beginning
};

/// All that was told of one model under one truth.
struct ModelRecord
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    FigureSeries series;
    LaneModel lanes;
    std::map<qint64, LabRequest> requests; ///< by number; at most LabRecord::mostRequests, the latest
    std::optional<LabSample> newest;
    std::optional<LabResult> result;
    QString problem; ///< why there is no result; empty if all is well
    qint64 arrivals = 0; ///< so far, the warm-up's, too: the number of the newest request
    qint64 failures = 0;
    std::vector<LabSample> lastSecond;
    std::map<double, LabBar> measuredBars; ///< by where they begin: of all samples of the measured part
    qint64 measuredAnswers = 0; ///< in those bars
    std::map<int, LabUse> uses; ///< by thread: what was told of real threads so far, summed up

    /// Latencies of all answers so far; of a run that is over in finer bars.
    std::vector<LabBar> histogram() const;
    qint64 answers() const { return result ? result->completed : measuredAnswers; }
    bool isOver() const { return result.has_value() || !problem.isEmpty(); }
    /// Seconds of the run at which the server died, if it did.
    std::optional<double> diedAt() const;
    LabFigures figures() const;
};

/// What one run of the lab told, model by model in the order in which they were asked for. Needs no window; one thread.
class LabRecord
{
public:
    static constexpr std::size_t mostRequests = 20'000;

    void clear();
    /// Makes the place of a model before anything is told of it, so that places do not depend on who speaks first.
    void expect(ServerModel model, Truth truth) { of(model, truth); }
    void take(const LabSample &sample);
    void take(const LabLanes &lanes);
    void take(const LabRequest &request);
    void take(const LabResult &result);
    void take(const LabProblem &problem);
    void setVerdict(const QString &verdict) { m_verdict = verdict; }

    const std::vector<std::unique_ptr<ModelRecord>> &models() const { return m_models; }
    /// Null if nothing is known of it.
    const ModelRecord *find(ServerModel model, Truth truth) const;
    const QString &verdict() const { return m_verdict; }
    bool isEmpty() const { return m_models.empty(); }
    /// Seconds of the run that all samples span; {0, 0} without samples.
    std::pair<double, double> times() const;
    /// Requests that at least one model told of, nearest to `number`; 0 if there are none.
    qint64 nearestRequest(qint64 number) const;

private:
    ModelRecord &of(ServerModel model, Truth truth);

    std::vector<std::unique_ptr<ModelRecord>> m_models; ///< pointers: views keep them while others come
    QString m_verdict;
};

} // namespace loopscope
