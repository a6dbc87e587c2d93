// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LatencyHistogram.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double kTwoTo64 = 18446744073709551616.0;

} // namespace

quint64 LatencyHistogram::lowestAt(size_t index)
{
    const size_t half = index >> kHalfBits;
    const unsigned shift = half <= 1 ? 0 : static_cast<unsigned>(half) - 1;
    return (static_cast<quint64>(index) - (static_cast<quint64>(shift) << kHalfBits)) << shift;
}

quint64 LatencyHistogram::highestAt(size_t index)
{
    const quint64 lowest = lowestAt(index);
    return lowest + ((1ULL << shiftOf(lowest)) - 1);
}

void LatencyHistogram::growTo(size_t index)
{
    // Whole powers of two, so that it grows seldom.
    m_counts.resize(((index >> kHalfBits) + 1) << kHalfBits, 0);
}

void LatencyHistogram::recordCorrected(quint64 value, quint64 expectedInterval)
{
    record(value);
    if (expectedInterval == 0)
        return;
    while (value >= 2 * expectedInterval) {
        value -= expectedInterval;
        record(value);
    }
}

void LatencyHistogram::merge(const LatencyHistogram &other)
{
    if (other.m_counts.size() > m_counts.size())
        m_counts.resize(other.m_counts.size(), 0);
    for (size_t i = 0; i < other.m_counts.size(); ++i)
        m_counts[i] += other.m_counts[i];
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_sumHigh += other.m_sumHigh + (m_sum < other.m_sum ? 1U : 0U);
    m_least = std::min(m_least, other.m_least);
    m_most = std::max(m_most, other.m_most);
}

void LatencyHistogram::clear()
{
    if (m_count == 0)
        return;
    // Only what can have been written to.
    const auto end = m_counts.begin() + static_cast<std::ptrdiff_t>(std::min(indexOf(m_most) + 1, m_counts.size()));
    std::fill(m_counts.begin() + static_cast<std::ptrdiff_t>(indexOf(m_least)), end, 0);
    m_count = m_sum = m_sumHigh = m_most = 0;
    m_least = ~0ULL;
}

void LatencyHistogram::restore(const std::vector<Bucket> &buckets, double sum, quint64 least, quint64 most)
{
    clear();
    for (const Bucket &bucket : buckets)
        record(bucket.lowest, bucket.count);
    if (m_count == 0)
        return;
    m_sumHigh = static_cast<quint64>(sum / kTwoTo64);
    m_sum = static_cast<quint64>(sum - static_cast<double>(m_sumHigh) * kTwoTo64);
    // Never outside of their buckets, which `clear` relies on.
    m_least = std::clamp(least, m_least, highestAt(indexOf(m_least)));
    m_most = std::clamp(most, m_most, highestAt(indexOf(m_most)));
}

double LatencyHistogram::sum() const { return static_cast<double>(m_sumHigh) * kTwoTo64 + static_cast<double>(m_sum); }

double LatencyHistogram::mean() const { return m_count == 0 ? 0 : sum() / static_cast<double>(m_count); }

double LatencyHistogram::standardDeviation() const
{
    if (m_count == 0)
        return 0;
    const double average = mean();
    double squares = 0;
    forEachBucket([&](const Bucket &bucket) {
        const double middle = static_cast<double>(bucket.lowest) + static_cast<double>(bucket.highest - bucket.lowest) / 2;
        squares += (middle - average) * (middle - average) * static_cast<double>(bucket.count);
    });
    return std::sqrt(squares / static_cast<double>(m_count));
}

quint64 LatencyHistogram::percentile(double percent) const
{
    if (m_count == 0)
        return 0;
    const double share = std::clamp(percent, 0.0, 100.0) / 100.0;
    // The least whole number of values that is at least this share; the tiny subtrahend keeps 99 % of 100 values from becoming 100.
    const double exact = share * static_cast<double>(m_count);
    const auto wanted = std::clamp<quint64>(static_cast<quint64>(std::ceil(exact - exact * 1e-14)), 1, m_count);
    quint64 passed = 0;
    for (size_t i = indexOf(m_least); i < m_counts.size(); ++i) {
        passed += m_counts[i];
        if (passed >= wanted)
            return std::min(highestAt(i), m_most);
    }
    return m_most;
}

quint64 LatencyHistogram::countUpTo(quint64 value) const
{
    const size_t end = std::min(indexOf(value) + 1, m_counts.size());
    quint64 passed = 0;
    for (size_t i = 0; i < end; ++i)
        passed += m_counts[i];
    return passed;
}

bool LatencyHistogram::isSameAs(const LatencyHistogram &other) const
{
    if (m_count != other.m_count || m_sum != other.m_sum || m_sumHigh != other.m_sumHigh || m_least != other.m_least
        || m_most != other.m_most)
        return false;
    const size_t common = std::min(m_counts.size(), other.m_counts.size());
    // All values are accounted for in the common part, since the largest is the same.
    return std::equal(m_counts.begin(), m_counts.begin() + static_cast<std::ptrdiff_t>(common), other.m_counts.begin());
}

} // namespace loopscope
