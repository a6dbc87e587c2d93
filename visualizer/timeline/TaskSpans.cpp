// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TaskSpans.h"

#include <algorithm>
#include <array>
#include <limits>

namespace loopscope {

namespace {

constexpr quint64 kStillRuns = std::numeric_limits<quint64>::max();
constexpr int kSpansLookedAt = 32;

} // namespace

void TaskSpans::add(const Event &event)
{
    const auto open = [this](TaskKind kind, quint64 from) {
        m_spans.push_back({from & 0xff'ffff'ffff'ffffULL, static_cast<quint8>(kind), kStillRuns});
    };
    const auto closeLast = [this](quint64 end) {
        if (!m_spans.empty() && m_spans.back().end == kStillRuns)
            m_spans.back().end = end;
    };
    if (event.kind == EventKind::TaskBegun) {
        closeLast(m_eventCount);
        m_running.push_back(static_cast<TaskKind>(event.detail));
        open(m_running.back(), m_eventCount);
    } else if (event.kind == EventKind::TaskEnded && !m_running.empty()) {
        closeLast(m_eventCount + 1);
        m_running.pop_back();
        if (!m_running.empty())
            open(m_running.back(), m_eventCount + 1);
    }
    ++m_eventCount;
}

void TaskSpans::clear()
{
    m_spans.clear();
    m_running.clear();
    m_eventCount = 0;
}

std::optional<TaskKind> TaskSpans::mostly(quint64 from, quint64 to) const
{
    auto span = std::partition_point(m_spans.begin(), m_spans.end(), [&](const Span &each) { return each.end <= from; });
    std::array<quint64, 32> covered{};
    quint64 taken = 0;
    for (int looked = 0; span != m_spans.end() && span->begin < to && looked < kSpansLookedAt; ++span, ++looked) {
        const quint64 part = std::min<quint64>(span->end, to) - std::max<quint64>(span->begin, from);
        covered.at(span->kind % covered.size()) += part;
        taken += part;
    }
    const auto most = std::max_element(covered.begin(), covered.end());
    if (taken == 0 || *most == 0)
        return std::nullopt;
    return static_cast<TaskKind>(most - covered.begin());
}

} // namespace loopscope
