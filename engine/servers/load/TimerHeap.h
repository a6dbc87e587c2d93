// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>
#include <vector>

namespace loopscope {

/// Moments at which something is to go on. Forgets nothing: who is no longer interested ignores what comes (`generation`).
class TimerHeap
{
public:
    static constexpr qint64 Never = std::numeric_limits<qint64>::max();

    struct Timer
    {
        qint64 time = 0; ///< ns
        quint32 slot = 0;
        quint32 generation = 0;
    };

    void add(const Timer &timer)
    {
        m_timers.push_back(timer);
        std::push_heap(m_timers.begin(), m_timers.end(), isLater);
    }
    qint64 next() const { return m_timers.empty() ? Never : m_timers.front().time; }
    Timer take()
    {
        std::pop_heap(m_timers.begin(), m_timers.end(), isLater);
        const Timer timer = m_timers.back();
        m_timers.pop_back();
        return timer;
    }

private:
    static bool isLater(const Timer &left, const Timer &right) { return left.time > right.time; }

    std::vector<Timer> m_timers;
};

} // namespace loopscope
