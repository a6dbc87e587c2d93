// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "BatchMeans.h"

#include "StudentT.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace loopscope {

BatchMeans::BatchMeans(int leastBatches)
    : m_mostBatches(2 * static_cast<size_t>(std::max(leastBatches, 2)))
{
    m_batches.reserve(m_mostBatches);
}

void BatchMeans::closeBatch()
{
    m_batches.push_back(m_sum);
    m_sum = 0;
    m_inBatch = 0;
    if (m_batches.size() < m_mostBatches)
        return;
    for (size_t i = 0; i < m_batches.size() / 2; ++i)
        m_batches[i] = m_batches[2 * i] + m_batches[2 * i + 1];
    m_batches.resize(m_batches.size() / 2);
    m_batchSize *= 2;
}

double BatchMeans::mean() const
{
    return count() == 0 ? 0 : std::accumulate(m_batches.begin(), m_batches.end(), m_sum) / static_cast<double>(count());
}

double BatchMeans::meanOfBatches() const
{
    return std::accumulate(m_batches.begin(), m_batches.end(), 0.0) / static_cast<double>(m_batches.size());
}

double BatchMeans::squares() const
{
    const double average = meanOfBatches();
    return std::accumulate(m_batches.begin(), m_batches.end(), 0.0,
        [average](double sum, double batch) { return sum + (batch - average) * (batch - average); });
}

double BatchMeans::halfWidth(double confidence) const
{
    if (m_batches.size() < 2)
        return std::numeric_limits<double>::infinity();
    const int degrees = static_cast<int>(m_batches.size()) - 1;
    const double variance = squares() / degrees / static_cast<double>(m_batches.size());
    return StudentT::factor(confidence, degrees) * std::sqrt(variance) / static_cast<double>(m_batchSize);
}

double BatchMeans::correlation() const
{
    const double all = m_batches.size() < 3 ? 0 : squares();
    if (all <= 0)
        return 0;
    const double average = meanOfBatches();
    double products = 0;
    for (size_t i = 1; i < m_batches.size(); ++i)
        products += (m_batches[i - 1] - average) * (m_batches[i] - average);
    return products / all;
}

} // namespace loopscope
