// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "TaggedCustomer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loopscope {

namespace {

constexpr double kMostWork = 2e8; ///< states times steps

} // namespace

TaggedCustomer::TaggedCustomer(std::vector<State> states)
    : m_states(std::move(states))
{
    for (const State &state : m_states) {
        m_now.push_back(state.probability);
        m_rate = std::max(m_rate, state.up + state.down + state.leave);
    }
    m_left.push_back(std::accumulate(m_now.begin(), m_now.end(), 0.0));
}

void TaggedCustomer::step()
{
    std::vector<double> next(m_now.size(), 0.0);
    for (size_t i = 0; i < m_now.size(); ++i) {
        const State &state = m_states[i];
        const double share = m_now[i] / m_rate;
        next[i] += share * (m_rate - state.up - state.down - state.leave);
        if (i + 1 < m_now.size())
            next[i + 1] += share * state.up;
        else
            next[i] += share * state.up; // where the states were cut off
        if (i > 0)
            next[i - 1] += share * state.down;
    }
    m_now = std::move(next);
    m_left.push_back(std::accumulate(m_now.begin(), m_now.end(), 0.0));
}

bool TaggedCustomer::growTo(size_t steps)
{
    if (static_cast<double>(steps) * static_cast<double>(m_states.size()) > kMostWork)
        return false;
    while (m_left.size() <= steps)
        step();
    return true;
}

double TaggedCustomer::tail(double time)
{
    // Poisson probabilities from the middle outwards, until they are too small to matter.
    const double mean = m_rate * time;
    const double spread = 10 * std::sqrt(mean) + 40;
    const auto from = static_cast<size_t>(std::max(0.0, std::floor(mean - spread)));
    const auto to = static_cast<size_t>(mean + spread);
    if (!growTo(to))
        return -1;
    double probability =
        mean > 0 ? std::exp(static_cast<double>(from) * std::log(mean) - mean - std::lgamma(static_cast<double>(from) + 1)) : 1;
    double sum = 0;
    for (size_t k = from; k <= to && probability >= 0; ++k) {
        sum += probability * m_left[k];
        probability *= mean / static_cast<double>(k + 1);
    }
    return sum;
}

std::optional<double> TaggedCustomer::quantile(double share)
{
    if (m_rate <= 0)
        return std::nullopt;
    const double wanted = 1 - share;
    double low = 0;
    double high = 1 / m_rate;
    for (;; high *= 2) {
        const double left = tail(high);
        if (left < 0)
            return std::nullopt;
        if (left < wanted)
            break;
        low = high;
    }
    while (high - low > 1e-9 * high) {
        const double middle = (low + high) / 2;
        (tail(middle) > wanted ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace loopscope
