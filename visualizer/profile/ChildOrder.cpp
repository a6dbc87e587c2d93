// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ChildOrder.h"

#include <algorithm>
#include <numeric>

namespace loopscope {

ChildOrder::ChildOrder(const std::vector<quint32> &parents, const std::vector<quint64> &weights)
    : m_begin(parents.size() + 1)
    , m_order(parents.empty() ? 0 : parents.size() - 1)
{
    for (std::size_t node = 1; node < parents.size(); ++node)
        ++m_begin[parents[node] + 1];
    std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
    std::vector<quint32> next(m_begin);
    for (std::size_t node = 1; node < parents.size(); ++node)
        m_order[next[parents[node]]++] = static_cast<quint32>(node);
    for (std::size_t node = 0; node < parents.size(); ++node)
        std::stable_sort(m_order.begin() + m_begin[node], m_order.begin() + m_begin[node + 1],
            [&](quint32 left, quint32 right) { return weights[left] > weights[right]; });
}

} // namespace loopscope
