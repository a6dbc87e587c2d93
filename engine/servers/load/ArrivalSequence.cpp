// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ArrivalSequence.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr quint64 arrivalStream = 1; ///< of CounterRandom

} // namespace

ArrivalSequence::ArrivalSequence(const ArrivalPlan &plan)
    : m_kind(plan.kind)
    , m_replay(plan.replay)
    , m_random(plan.seed, arrivalStream)
{
    switch (plan.kind) {
    case ArrivalPlan::Kind::Closed:
        return;
    case ArrivalPlan::Kind::Even:
    case ArrivalPlan::Kind::Poisson:
        m_pieces.push_back({0, plan.rate, 0});
        break;
    case ArrivalPlan::Kind::Bursts:
        m_burstSize = plan.burstSize;
        m_pieces.push_back({0, 1 / plan.burstSeconds, 0});
        break;
    case ArrivalPlan::Kind::Ramp:
        m_pieces.push_back({0, plan.rate, (plan.rateEnd - plan.rate) / plan.rampSeconds});
        m_pieces.push_back({plan.rampSeconds, plan.rateEnd, 0});
        break;
    case ArrivalPlan::Kind::Replay:
        m_time = m_replay->front().time;
        return;
    }
    nextGap();
}

qint32 ArrivalSequence::target() const
{
    return m_kind == ArrivalPlan::Kind::Replay && m_time != Never ? (*m_replay)[m_number - 1].target : -1;
}

void ArrivalSequence::advance()
{
    ++m_number;
    if (m_kind == ArrivalPlan::Kind::Replay) {
        m_time = m_number <= m_replay->size() ? (*m_replay)[m_number - 1].time : Never;
    } else if (m_leftOfBurst > 1) {
        --m_leftOfBurst;
    } else {
        m_from = m_seconds;
        nextGap();
    }
}

void ArrivalSequence::setRate(double rate, qint64 moment)
{
    if (m_pieces.empty())
        return;
    const double from = static_cast<double>(moment) / 1e9;
    while (m_pieces.size() > 1 && m_pieces.back().from >= from)
        m_pieces.pop_back();
    if (m_pieces.back().from >= from)
        m_pieces.pop_back();
    m_pieces.push_back({from, rate / m_burstSize, 0});
    if (m_leftOfBurst == m_burstSize)
        findTime(); // else a burst is under way
}

void ArrivalSequence::nextGap()
{
    const bool isRandom = m_kind == ArrivalPlan::Kind::Poisson || m_kind == ArrivalPlan::Kind::Ramp;
    m_gap = isRandom ? m_random.exponential(m_gaps) : m_gaps == 0 ? 0 : 1;
    ++m_gaps;
    m_leftOfBurst = m_burstSize;
    findTime();
}

/// Walks over the pieces until the integral of the rate since m_from is m_gap.
void ArrivalSequence::findTime()
{
    double left = m_gap;
    m_time = Never;
    for (size_t i = 0; i < m_pieces.size(); ++i) {
        const Piece &piece = m_pieces[i];
        const bool isLast = i + 1 == m_pieces.size();
        const double begin = std::max(m_from, piece.from);
        if (!isLast && m_pieces[i + 1].from <= begin)
            continue;
        const double rate = std::max(0.0, piece.rate + piece.slope * (begin - piece.from));
        // rate x + slope x^2 / 2 = left, in the form that does not cancel for small slopes.
        const double root = rate * rate + 2 * piece.slope * left;
        const double denominator = root < 0 ? 0 : rate + std::sqrt(root);
        const double end = denominator > 0 ? begin + 2 * left / denominator : HUGE_VAL;
        if (isLast ? end < 9e9 : end <= m_pieces[i + 1].from) {
            m_seconds = end;
            m_time = std::llround(end * 1e9);
            return;
        }
        if (isLast)
            return;
        const double width = m_pieces[i + 1].from - begin;
        left -= rate * width + piece.slope * width * width / 2;
        left = std::max(left, 0.0);
    }
}

} // namespace loopscope
