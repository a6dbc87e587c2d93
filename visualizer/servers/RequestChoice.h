// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace loopscope {

class LabRecord;
struct ModelRecord;

/// Which of the requests that a run told are worth following: picked by what they were like, not by their number. Needs no window; one
/// thread. 0 stands for none.
class RequestChoice
{
public:
    explicit RequestChoice(const LabRecord &record);

    /// Requests with an answer that every model told which told any: these can be compared.
    const std::vector<qint64> &toldByAll() const { return m_common; }
    /// The one whose latency is greater than that of `share` (0 to 1) of the others under a model: 0.5 the median, 1 the slowest.
    qint64 atShare(const ModelRecord &model, double share) const;
    /// The one whose slowest model took the most times as long as its quickest.
    qint64 mostDifferent() const;
    /// The one whose latency under a model is nearest to `seconds`.
    qint64 nearest(const ModelRecord &model, double seconds) const;
    /// The slowest of those that arrived from one moment of the run to another, under any model.
    qint64 slowestOf(double from, double to) const;

private:
    double latencyOf(const ModelRecord &model, qint64 number) const;

    const LabRecord &m_record;
    std::vector<qint64> m_common;
};

} // namespace loopscope
