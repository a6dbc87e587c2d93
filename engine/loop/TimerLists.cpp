// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/TimerLists.h"

#include <algorithm>

namespace loopscope {

struct TimerList
{
    quint64 duration = 0;
    quint64 expiry = 0; ///< when its first timer may be due
    quint64 id = 0; ///< breaks ties: the list queued first
    Timer *first = nullptr;
    Timer *last = nullptr;

    void append(Timer &timer)
    {
        timer.m_list = this;
        timer.m_previous = last;
        timer.m_next = nullptr;
        (last ? last->m_next : first) = &timer;
        last = &timer;
    }
    void unlink(Timer &timer)
    {
        (timer.m_previous ? timer.m_previous->m_next : first) = timer.m_next;
        (timer.m_next ? timer.m_next->m_previous : last) = timer.m_previous;
        timer.m_list = nullptr;
        timer.m_previous = timer.m_next = nullptr;
    }
};

Timer::~Timer()
{
    if (m_list)
        m_list->unlink(*this);
}

bool TimerLists::EarlierFirst::operator()(const TimerList *left, const TimerList *right) const
{
    return left->expiry != right->expiry ? left->expiry < right->expiry : left->id < right->id;
}

TimerLists::TimerLists() = default;

TimerLists::~TimerLists()
{
    for (auto &[duration, list] : m_lists) {
        while (list->first)
            list->unlink(*list->first);
    }
}

bool TimerLists::insert(Timer &timer, quint64 duration, quint64 start)
{
    timer.m_start = start;
    std::unique_ptr<TimerList> &slot = m_lists[duration];
    bool isEarliest = false;
    if (!slot) {
        slot = std::make_unique<TimerList>();
        slot->duration = duration;
        slot->expiry = start + duration;
        slot->id = m_nextListId++;
        m_queue.insert(slot.get());
        if (m_nextExpiry > slot->expiry) {
            m_nextExpiry = slot->expiry;
            isEarliest = true;
        }
    }
    slot->append(timer);
    return isEarliest;
}

void TimerLists::remove(Timer &timer)
{
    TimerList *list = timer.m_list;
    list->unlink(timer);
    if (!list->first)
        dropList(*list);
}

void TimerLists::dropList(TimerList &list)
{
    m_queue.erase(&list);
    m_lists.erase(list.duration);
}

TimerLists::Outcome TimerLists::process(quint64 loopTime, const std::function<void()> &betweenCallbacks)
{
    m_nextExpiry = ~0ULL;
    bool ranAList = false;
    while (!m_queue.empty()) {
        TimerList &list = **m_queue.begin();
        if (list.expiry > loopTime) {
            m_nextExpiry = list.expiry;
            return Outcome::Done;
        }
        if (ranAList) {
            betweenCallbacks();
            // They may have emptied the list, and dropped it with that.
            if (m_queue.empty() || *m_queue.begin() != &list)
                continue;
        }
        ranAList = true;
        if (runList(list, loopTime, betweenCallbacks) == Outcome::Threw)
            return Outcome::Threw;
    }
    m_nextExpiry = ~0ULL;
    return Outcome::Done;
}

TimerLists::Outcome TimerLists::runList(TimerList &list, quint64 loopTime, const std::function<void()> &betweenCallbacks)
{
    const quint64 duration = list.duration;
    // The list lives as long as the map holds it: a callback may empty it, drop it, and even make a new one for the same duration.
    const auto stillThere = [this, duration, &list] {
        const auto found = m_lists.find(duration);
        return found != m_lists.end() && found->second.get() == &list;
    };
    bool ranATimer = false;
    while (list.first) {
        Timer &timer = *list.first;
        if (loopTime < timer.m_start + duration) {
            // Too early for this one: the list moves to where it belongs.
            m_queue.erase(&list);
            list.expiry = std::max(timer.m_start + duration, loopTime + 1);
            list.id = m_nextListId++;
            m_queue.insert(&list);
            return Outcome::Done;
        }
        if (ranATimer) {
            betweenCallbacks();
            if (!stillThere())
                return Outcome::Done;
            if (list.first != &timer) {
                ranATimer = false; // the drain just done serves the next timer too
                continue;
            }
        }
        ranATimer = true;
        list.unlink(timer);
        const bool returned = timer.fire(loopTime);
        if (!stillThere())
            return returned ? Outcome::Done : Outcome::Threw;
        if (!returned)
            return Outcome::Threw;
    }
    dropList(list);
    return Outcome::Done;
}

} // namespace loopscope
