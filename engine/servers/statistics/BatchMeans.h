// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace loopscope {

/// The mean of correlated observations (waiting times of successive customers) with a confidence interval, by the method of batch means
/// (Law and Carson 1979; Law, Simulation Modeling and Analysis, 9.5.3): consecutive observations are averaged in batches long enough to be
/// all but independent, and the interval is Student's t over the batches. There are always between `leastBatches` and twice as many whole
/// batches: when there are twice as many, neighbours are joined, so that nobody needs to know beforehand how many observations come.
class BatchMeans
{
public:
    /// Batches from 2; with fewer than 20 the intervals are wide, with many the batches may stay dependent.
    explicit BatchMeans(int leastBatches = 20);

    void add(double observation)
    {
        m_sum += observation;
        if (++m_inBatch == m_batchSize)
            closeBatch();
    }

    quint64 count() const { return static_cast<quint64>(m_batches.size()) * m_batchSize + m_inBatch; }
    /// Of all observations; 0 if there are none.
    double mean() const;
    /// Half the width of the interval that holds the true mean with probability `confidence`: mean() +- halfWidth(). Over whole batches.
    /// Infinite with fewer than two.
    double halfWidth(double confidence = 0.95) const;
    int batches() const { return static_cast<int>(m_batches.size()); }
    /// Correlation of neighbouring batches, -1 to 1: well above 0 says that the run is too short for its interval to be believed. 0 with
    /// fewer than three.
    double correlation() const;

private:
    void closeBatch();
    double meanOfBatches() const;
    double squares() const;

    size_t m_mostBatches;
    std::vector<double> m_batches; ///< their sums
    quint64 m_batchSize = 1;
    quint64 m_inBatch = 0;
    double m_sum = 0; ///< of the batch that is open
};

} // namespace loopscope
