// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>
#include <vector>

namespace loopscope {

/// What is to happen when, in a model: a heap with four children a node (the four share a line of the cache), 16 bytes an event. Events of
/// the same moment come in the order in which they were added. Both operations take O(log n).
class EventHeap
{
public:
    enum class Kind : quint8 {
        Think, ///< a client has thought; its number
        Arrive, ///< a request comes to the server; its slot
        Wake, ///< what a request waited for is there; its slot
        Core, ///< a core has done what it was to do; its number
    };
    struct Event
    {
        qint64 time;
        quint32 order;
        quint32 what;

        Kind kind() const { return static_cast<Kind>(what >> kIndexBits); }
        quint32 index() const { return what & kMostIndex; }
    };
    static constexpr unsigned kIndexBits = 28;
    static constexpr quint32 kMostIndex = (1U << kIndexBits) - 1;
    static constexpr qint64 kNever = std::numeric_limits<qint64>::max();

    qint64 nextTime() const { return m_events.empty() ? kNever : m_events.front().time; }
    size_t size() const { return m_events.size(); }

    void add(qint64 time, Kind kind, quint32 index)
    {
        const Event event{time, m_order++, (static_cast<quint32>(kind) << kIndexBits) | index};
        size_t place = m_events.size();
        m_events.push_back(event);
        while (place > 0) {
            const size_t parent = (place - 1) / 4;
            if (!isBefore(event, m_events[parent]))
                break;
            m_events[place] = m_events[parent];
            place = parent;
        }
        m_events[place] = event;
    }

    Event takeFirst()
    {
        const Event first = m_events.front();
        const Event last = m_events.back();
        m_events.pop_back();
        const size_t count = m_events.size();
        size_t place = 0;
        for (size_t child = 1; child < count; child = 4 * place + 1) {
            const size_t end = std::min(child + 4, count);
            size_t least = child;
            for (size_t other = child + 1; other < end; ++other) {
                if (isBefore(m_events[other], m_events[least]))
                    least = other;
            }
            if (!isBefore(m_events[least], last))
                break;
            m_events[place] = m_events[least];
            place = least;
        }
        if (count > 0)
            m_events[place] = last;
        return first;
    }

private:
    static bool isBefore(const Event &left, const Event &right)
    {
        // The difference, since the order begins anew after 2^32 events.
        return left.time != right.time ? left.time < right.time : static_cast<qint32>(left.order - right.order) < 0;
    }

    std::vector<Event> m_events;
    quint32 m_order = 0;
};

} // namespace loopscope
