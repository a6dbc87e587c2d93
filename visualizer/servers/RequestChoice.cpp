// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RequestChoice.h"

#include "servers/LabRecord.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope {

RequestChoice::RequestChoice(const LabRecord &record)
    : m_record(record)
{
    bool isFirst = true;
    for (const auto &model : record.models()) {
        if (model->requests.empty())
            continue;
        std::vector<qint64> answered;
        for (const auto &[number, request] : model->requests) {
            if (request.latency > 0 && (isFirst || std::binary_search(m_common.begin(), m_common.end(), number)))
                answered.push_back(number);
        }
        m_common = std::move(answered);
        isFirst = false;
    }
}

double RequestChoice::latencyOf(const ModelRecord &model, qint64 number) const
{
    const auto found = model.requests.find(number);
    return found != model.requests.end() ? found->second.latency : -1;
}

qint64 RequestChoice::atShare(const ModelRecord &model, double share) const
{
    std::vector<qint64> sorted;
    std::copy_if(m_common.begin(), m_common.end(), std::back_inserter(sorted), [&](qint64 number) { return latencyOf(model, number) > 0; });
    if (sorted.empty())
        return 0;
    std::stable_sort(
        sorted.begin(), sorted.end(), [&](qint64 left, qint64 right) { return latencyOf(model, left) < latencyOf(model, right); });
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::llround(place))];
}

qint64 RequestChoice::mostDifferent() const
{
    qint64 best = 0;
    double most = 0;
    for (const qint64 number : m_common) {
        double least = std::numeric_limits<double>::infinity();
        double greatest = 0;
        for (const auto &model : m_record.models()) {
            const double latency = latencyOf(*model, number);
            if (latency <= 0)
                continue;
            least = std::min(least, latency);
            greatest = std::max(greatest, latency);
        }
        if (const double ratio = greatest / least; ratio > most) {
            most = ratio;
            best = number;
        }
    }
    return best;
}

qint64 RequestChoice::nearest(const ModelRecord &model, double seconds) const
{
    qint64 best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (const qint64 number : m_common) {
        const double latency = latencyOf(model, number);
        if (latency > 0 && std::abs(std::log(latency / seconds)) < least) {
            least = std::abs(std::log(latency / seconds));
            best = number;
        }
    }
    return best;
}

qint64 RequestChoice::slowestOf(double from, double to) const
{
    qint64 best = 0;
    double most = 0;
    for (const auto &model : m_record.models()) {
        for (const qint64 number : m_common) {
            const auto found = model->requests.find(number);
            if (found == model->requests.end() || found->second.arrival < from || found->second.arrival > to
                || found->second.latency <= most)
                continue;
            most = found->second.latency;
            best = number;
        }
    }
    return best;
}

} // namespace loopscope
