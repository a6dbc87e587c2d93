// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// What the threads of one server did, from its beginning to now: one lane a thread; the lane of a thread that has ended is taken by one
/// that starts later, so that there are as many lanes as threads lived at once. Millions of spans are kept in 8 bytes each, with sums
/// in between, so that any stretch of time folds into any number of pixels at a cost that depends on the pixels. Needs no window; one
/// thread.
class LaneModel
{
public:
    /// What of a pixel's time a thread spent in each state, 0 to 1 each; what is missing from 1 is not known.
    struct Shares
    {
        float idle = 0;
        float running = 0;
        float ready = 0;
        float blocked = 0;
    };
    struct Found
    {
        ThreadState state = ThreadState::Idle;
        double from = 0; ///< seconds of the run
        double to = 0;
        qint64 request = 0; ///< 0: none
    };

    /// Spans kept of all lanes together; then the older half of each lane goes. 8 bytes each.
    static constexpr std::size_t mostSpans = 32'000'000;

    void take(const LabLanes &lanes);
    int laneCount() const { return static_cast<int>(m_lanes.size()); }
    std::size_t spanCount() const { return m_spanCount; }
    /// Seconds of the run from the first span to the last; both 0 without spans.
    double begin() const { return m_spanCount > 0 ? m_origin : 0; }
    double end() const { return m_end; }
    /// Up to here every lane is told.
    double toldUpTo() const { return m_toldUpTo; }
    /// Some lane has had several threads, so that a lane is no thread's own.
    bool hasReusedLanes() const { return m_hasReusedLanes; }
    /// The thread whose lane it is or, if there were several, was last.
    int threadOf(int lane) const { return m_lanes[static_cast<std::size_t>(lane)].thread; }
    /// Seconds that a lane was in each state, by ThreadState, from its beginning on.
    std::array<double, 4> secondsByState(int lane) const;
    /// Spans that the run did not tell, since there were too many.
    qint64 left() const { return m_left; }
    /// Of one lane, pixel after pixel from `from` on, `secondsPerPixel` each.
    void fold(int lane, double from, double secondsPerPixel, std::span<Shares> pixels) const;
    /// What a thread did at a moment.
    std::optional<Found> at(int lane, double time) const;

private:
    static constexpr std::size_t sumEvery = 16;
    static constexpr unsigned unknown = 5; ///< beside the ThreadStates: nothing was told of this time
    static constexpr quint64 lastRequest = (1ULL << 27) - 1;

    /// Begins where the one before it ends.
    struct Span
    {
        quint64 end : 34; ///< microseconds since m_origin: 4.7 hours
        quint64 request : 27; ///< 0: none, or a number that does not fit
        quint64 state : 3;
    };
    static_assert(sizeof(Span) == 8);
    using Sums = std::array<quint64, 4>; ///< microseconds by ThreadState

    struct Lane
    {
        int thread = 0;
        quint64 begin = 0; ///< microseconds since m_origin
        std::vector<Span> spans;
        std::vector<Sums> sums; ///< before each sumEvery-th span
        quint64 end() const { return spans.empty() ? begin : spans.back().end; }
        void append(quint64 end, unsigned state, quint64 request);
        void dropOlderHalf();
    };

    /// Reads a lane's sums up to ever later moments.
    class Reader;

    quint64 ticksOf(double seconds) const;
    /// The lane of a thread, which begins `from` if it is not known; -1: there are too many.
    int laneOf(int thread, double from);
    void append(const LabSpan &span);
    void dropOlderHalves();

    std::vector<Lane> m_lanes;
    std::unordered_map<int, int> m_laneOfThread;
    std::set<int> m_freeLanes;
    bool m_hasReusedLanes = false;
    double m_origin = 0;
    double m_end = 0;
    double m_toldUpTo = 0;
    std::size_t m_spanCount = 0;
    qint64 m_left = 0;
};

} // namespace loopscope
