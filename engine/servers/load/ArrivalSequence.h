// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ArrivalPlan.h"

#include <limits>

namespace loopscope {

/// The arrivals of an open plan, one after the other. A rate that changes with time is handled by the time-rescaling theorem (Lewis and
/// Shedler 1976; Cinlar, Introduction to Stochastic Processes, 4.7): arrival k comes when the integral of the rate has grown by a gap
/// that depends on k and the seed alone (exponential with mean 1, or 1). So a rate that is changed while it runs stretches time, and
/// arrival k stays the same request. Used on one thread.
class ArrivalSequence
{
public:
    static constexpr qint64 Never = std::numeric_limits<qint64>::max();

    explicit ArrivalSequence(const ArrivalPlan &plan);

    /// Of the next arrival, ns since the start; Never if there is none (any more).
    qint64 time() const { return m_time; }
    /// Of the next arrival, from 1.
    quint64 number() const { return m_number; }
    /// What the next arrival of a replay asks for (ReplayedArrival::target); else -1.
    qint32 target() const;
    void advance();
    /// From `moment` (ns) on, `rate` requests a second, whatever the plan says; bursts keep their size and come more or less often. 0: no
    /// more. Arrivals that were already taken are not changed. No effect on a replay.
    void setRate(double rate, qint64 moment);

private:
    /// The rate from a moment on, until the next piece: rate + slope x (seconds since).
    struct Piece
    {
        double from = 0; ///< seconds
        double rate = 0; ///< of gaps, a second
        double slope = 0;
    };
    void findTime();
    void nextGap();

    ArrivalPlan::Kind m_kind;
    std::shared_ptr<const std::vector<ReplayedArrival>> m_replay;
    CounterRandom m_random;
    std::vector<Piece> m_pieces;
    double m_from = 0; ///< seconds: where the current gap begins
    double m_gap = 0; ///< by how much the integral of the rate grows until the next arrival
    double m_seconds = 0; ///< m_time, not rounded
    int m_burstSize = 1; ///< arrivals at the end of a gap
    int m_leftOfBurst = 0;
    quint64 m_gaps = 0; ///< begun so far
    quint64 m_number = 1;
    qint64 m_time = Never;
};

} // namespace loopscope
