// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <bit>
#include <vector>

namespace loopscope {

/// How many durations of which length there were: whole ns, to three significant digits, over the whole range of 64 bits. Count, sum, least
/// and most are exact.
///
/// The buckets are those of HdrHistogram (Gil Tene, http://hdrhistogram.org) with a unit of 1 ns: values below 2048 have a bucket of
/// their own; from there on each power of two is divided into 1024 buckets of equal width, so that a bucket is never wider than 1/1024 of
/// what it holds. Memory is what the largest value needs (8 KiB for each power of two from 2048 up: 176 KiB for a second, at most 432 KiB).
/// `record` takes a few ns. Not to be used by two threads at once: give each its own and merge.
class LatencyHistogram
{
public:
    /// Values from `lowest` to `highest`, both of them included.
    struct Bucket
    {
        quint64 lowest = 0;
        quint64 highest = 0;
        quint64 count = 0;

        friend bool operator==(const Bucket &, const Bucket &) = default;
    };

    void record(quint64 value) { record(value, 1); }
    void record(quint64 value, quint64 times)
    {
        const size_t index = indexOf(value);
        if (index >= m_counts.size())
            growTo(index);
        m_counts[index] += times;
        account(value, times);
    }
    /// Corrects for coordinated omission as HdrHistogram does: who waited longer than `expectedInterval` for an answer did not send what
    /// was due meanwhile; those requests count as well, with what they would have waited. An interval of 0 corrects nothing.
    void recordCorrected(quint64 value, quint64 expectedInterval);
    void merge(const LatencyHistogram &other);
    /// Forgets the values, keeps the memory.
    void clear();
    /// Takes the place of what was recorded: what was written with `forEachBucket`, `sum`, `least` and `most`. Buckets may come in any
    /// order; a value of `lowest` says which bucket is meant.
    void restore(const std::vector<Bucket> &buckets, double sum, quint64 least, quint64 most);

    bool isEmpty() const { return m_count == 0; }
    quint64 count() const { return m_count; }
    /// In ns. Exact up to 2^53; beyond, rounded once.
    double sum() const;
    /// All of these are 0 if nothing was recorded.
    double mean() const;
    quint64 least() const { return m_count == 0 ? 0 : m_least; }
    quint64 most() const { return m_most; }
    /// From the middles of the buckets.
    double standardDeviation() const;
    /// The value that `percent` of all values (0 to 100) do not exceed: the highest of its bucket, but no more than the largest value.
    quint64 percentile(double percent) const;
    /// How many values are at most `value`, to the width of its bucket.
    quint64 countUpTo(quint64 value) const;

    /// Calls `visit(const Bucket &)` for every bucket that is not empty, from the lowest up.
    template<typename Visit>
    void forEachBucket(Visit &&visit) const
    {
        for (size_t i = 0; i < m_counts.size(); ++i) {
            if (m_counts[i] != 0)
                visit(Bucket{lowestAt(i), highestAt(i), m_counts[i]});
        }
    }

    /// The same values; how much memory either holds does not matter.
    friend bool operator==(const LatencyHistogram &left, const LatencyHistogram &right) { return left.isSameAs(right); }

private:
    static constexpr unsigned kHalfBits = 10; ///< a power of two is divided into 2^10 buckets
    static constexpr quint64 kBelow = (1ULL << (kHalfBits + 1)) - 1; ///< the largest value with a bucket of its own

    static unsigned shiftOf(quint64 value) { return static_cast<unsigned>(std::bit_width(value | kBelow)) - (kHalfBits + 1); }
    static size_t indexOf(quint64 value)
    {
        const unsigned shift = shiftOf(value);
        return (static_cast<size_t>(shift) << kHalfBits) + static_cast<size_t>(value >> shift);
    }
    static quint64 lowestAt(size_t index);
    static quint64 highestAt(size_t index);
    void account(quint64 value, quint64 times)
    {
        if (times == 0)
            return;
        m_count += times;
        m_least = value < m_least ? value : m_least;
        m_most = value > m_most ? value : m_most;
        addToSum(value, times);
    }
    void addToSum(quint64 value, quint64 times)
    {
        // A product beyond 64 bits is that of billions of seconds-long values recorded in one call: added piece by piece.
        while (times > 1 && value != 0 && times > ~0ULL / value) {
            addToSum(value, times / 2);
            times -= times / 2;
        }
        const quint64 product = value * times;
        m_sum += product;
        m_sumHigh += m_sum < product ? 1U : 0U;
    }
    void growTo(size_t index);
    bool isSameAs(const LatencyHistogram &other) const;

    std::vector<quint64> m_counts;
    quint64 m_count = 0;
    quint64 m_sum = 0;
    quint64 m_sumHigh = 0; ///< of 128 bits
    quint64 m_least = ~0ULL;
    quint64 m_most = 0;
};

} // namespace loopscope
