// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LabRecord.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

/// The latency that this share of the answers does not exceed, as if those of a bar were spread evenly over it.
double quantileOf(const std::map<double, LabBar> &bars, qint64 answers, double share)
{
    double before = 0;
    const double rank = share * static_cast<double>(answers);
    for (const auto &[from, bar] : bars) {
        const auto count = static_cast<double>(bar.count);
        if (before + count >= rank && count > 0)
            return bar.from + (bar.to - bar.from) * (rank - before) / count;
        before += count;
    }
    return 0;
}

} // namespace

LabFigures ModelRecord::figures() const
{
    LabFigures figures;
    figures.failures = failures;
    if (newest) {
        figures.memoryBytes = newest->memoryBytes;
        figures.inFlight = newest->inFlight;
        figures.queued = newest->queued;
        figures.threads = newest->threads;
    }
    double seconds = 0;
    double answers = 0;
    double busy = 0;
    for (const LabSample &sample : lastSecond) {
        seconds += sample.interval;
        answers += static_cast<double>(sample.completed);
        busy += sample.cpuCores * sample.interval;
        figures.lastP99 = std::max(figures.lastP99, sample.completed > 0 ? sample.latency.p99 : 0);
    }
    figures.p99 = quantileOf(measuredBars, measuredAnswers, 0.99);
    if (seconds > 0) {
        figures.throughput = answers / seconds;
        figures.cpuCores = busy / seconds;
    }
    if (result && result->seconds > 0) { // else it was stopped while it warmed up
        figures.throughput = result->throughput;
        figures.p99 = result->latency.p99;
        figures.memoryBytes = result->mostMemoryBytes;
        figures.cpuCores = result->cpuCores;
        figures.failures = result->failures.total();
    }
    return figures;
}

std::optional<double> ModelRecord::diedAt() const
{
    if (!result || result->death.isEmpty())
        return std::nullopt;
    return lanes.spanCount() > 0 ? lanes.end() : result->seconds;
}

std::vector<LabBar> ModelRecord::histogram() const
{
    if (result)
        return result->histogram;
    std::vector<LabBar> bars;
    for (const auto &[from, bar] : measuredBars)
        bars.push_back(bar);
    return bars;
}

void LabRecord::clear()
{
    m_models.clear();
    m_verdict.clear();
}

ModelRecord &LabRecord::of(ServerModel model, Truth truth)
{
    for (const auto &record : m_models) {
        if (record->model == model && record->truth == truth)
            return *record;
    }
    m_models.push_back(std::make_unique<ModelRecord>());
    m_models.back()->model = model;
    m_models.back()->truth = truth;
    return *m_models.back();
}

const ModelRecord *LabRecord::find(ServerModel model, Truth truth) const
{
    for (const auto &record : m_models) {
        if (record->model == model && record->truth == truth)
            return record.get();
    }
    return nullptr;
}

void LabRecord::take(const LabSample &sample)
{
    ModelRecord &record = of(sample.model, sample.truth);
    record.series.append(sample);
    record.newest = sample;
    record.newest->histogram.clear(); // is in measuredBars
    record.arrivals += sample.arrivals;
    for (const LabBar &bar : sample.histogram) {
        if (sample.time <= 0)
            break; // of the warm-up
        record.measuredBars.try_emplace(bar.from, LabBar{bar.from, bar.to, 0}).first->second.count += bar.count;
        record.measuredAnswers += bar.count;
    }
    record.failures += sample.failures.total();
    record.lastSecond.push_back(*record.newest);
    std::erase_if(record.lastSecond, [&](const LabSample &each) { return each.time <= sample.time - 1; });
}

void LabRecord::take(const LabLanes &lanes)
{
    ModelRecord &record = of(lanes.model, lanes.truth);
    record.lanes.take(lanes);
    for (const LabUse &use : lanes.uses) {
        LabUse &sum = record.uses.try_emplace(use.thread, LabUse{use.thread, 0, 0}).first->second;
        sum.cpuSeconds += use.cpuSeconds;
        sum.readySeconds += use.readySeconds;
    }
}

void LabRecord::take(const LabRequest &request)
{
    std::map<qint64, LabRequest> &requests = of(request.model, request.truth).requests;
    requests[request.number] = request;
    if (requests.size() > mostRequests)
        requests.erase(requests.begin());
}

void LabRecord::take(const LabResult &result) { of(result.model, result.truth).result = result; }

void LabRecord::take(const LabProblem &problem) { of(problem.model, problem.truth).problem = problem.text; }

std::pair<double, double> LabRecord::times() const
{
    std::pair<double, double> all{0, 0};
    bool isFirst = true;
    for (const auto &record : m_models) {
        if (record->series.size() == 0)
            continue;
        const double begin = record->series.begin();
        const double end = record->series.end();
        all = isFirst ? std::pair(begin, end) : std::pair(std::min(all.first, begin), std::max(all.second, end));
        isFirst = false;
    }
    return all;
}

qint64 LabRecord::nearestRequest(qint64 number) const
{
    qint64 nearest = 0;
    const auto consider = [&](qint64 candidate) {
        if (nearest == 0 || std::abs(candidate - number) < std::abs(nearest - number))
            nearest = candidate;
    };
    for (const auto &record : m_models) {
        const auto after = record->requests.lower_bound(number);
        if (after != record->requests.end())
            consider(after->first);
        if (after != record->requests.begin())
            consider(std::prev(after)->first);
    }
    return nearest;
}

} // namespace loopscope
