// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/TimerLists.h"

#include <algorithm>

namespace loopscope {

void TimerList::append(Timer &timer)
{
    timer.list = this;
    timer.previous = last;
    timer.next = nullptr;
    (last ? last->next : first) = &timer;
    last = &timer;
}

void TimerList::unlink(Timer &timer)
{
    (timer.previous ? timer.previous->next : first) = timer.next;
    (timer.next ? timer.next->previous : last) = timer.previous;
    timer.list = nullptr;
    timer.previous = timer.next = nullptr;
}

bool TimerLists::EarlierFirst::operator()(const TimerList *left, const TimerList *right) const
{
    return left->expiry != right->expiry ? left->expiry < right->expiry : left->id < right->id;
}

TimerLists::TimerLists() = default;

TimerLists::~TimerLists() = default;

bool TimerLists::insert(Timer &timer, quint64 duration, quint64 start)
{
    if (timer.list)
        timer.list->unlink(timer);
    timer.start = start;
    bool isEarliest = false;
    listOf(duration, start, &isEarliest).append(timer);
    return isEarliest;
}

TimerList &TimerLists::listOf(quint64 duration, quint64 start, bool *isEarliest)
{
    if (m_recent && m_recent->duration == duration)
        return *m_recent;
    std::unique_ptr<TimerList> &slot = m_lists[duration];
    if (!slot) {
        slot = std::make_unique<TimerList>();
        slot->duration = duration;
        slot->expiry = start + duration;
        slot->id = m_nextListId++;
        m_queue.insert(slot.get());
        *isEarliest = m_nextExpiry > slot->expiry;
        m_nextExpiry = std::min(m_nextExpiry, slot->expiry);
    }
    m_recent = slot.get();
    return *slot;
}

void TimerLists::remove(Timer &timer, bool dropsEmptyList)
{
    TimerList *list = timer.list;
    if (!list)
        return;
    list->unlink(timer);
    if (dropsEmptyList && !list->first)
        dropList(*list);
}

bool TimerLists::runOne(Timer &timer, TimerClient &client)
{
    TimerList *list = timer.list;
    list->unlink(timer);
    if (!list->first)
        dropList(*list);
    m_current = &timer;
    const bool returned = client.fire(timer);
    m_current = nullptr;
    return returned;
}

void TimerLists::dropList(TimerList &list)
{
    if (m_recent == &list)
        m_recent = nullptr;
    m_queue.erase(&list);
    auto node = m_lists.extract(list.duration);
    if (m_running == &list)
        m_dropped = std::move(node.mapped());
}

TimerLists::Outcome TimerLists::process(quint64 loopTime, TimerClient &client)
{
    m_nextExpiry = ~0ULL;
    bool ranAList = false;
    while (!m_queue.empty()) {
        TimerList *list = *m_queue.begin();
        if (list->expiry > loopTime) {
            m_nextExpiry = list->expiry;
            return Outcome::Done;
        }
        if (ranAList) {
            client.runNextTicks();
            // They may have emptied the list, and dropped it with that.
            if (m_queue.empty() || *m_queue.begin() != list)
                continue;
        }
        ranAList = true;
        m_running = list;
        const Outcome outcome = runList(*list, loopTime, client);
        m_running = nullptr;
        m_current = nullptr;
        m_dropped.reset();
        if (outcome == Outcome::Threw)
            return outcome;
    }
    m_nextExpiry = ~0ULL;
    return Outcome::Done;
}

TimerLists::Outcome TimerLists::runList(TimerList &list, quint64 loopTime, TimerClient &client)
{
    bool ranATimer = false;
    while (list.first) {
        m_current = list.first;
        Timer &timer = *m_current;
        if (loopTime < timer.start + list.duration) {
            // Too early for this one: the list moves to where it belongs.
            m_queue.erase(&list);
            list.expiry = std::max(timer.start + list.duration, loopTime + 1);
            list.id = m_nextListId++;
            m_queue.insert(&list);
            return Outcome::Done;
        }
        if (ranATimer)
            client.runNextTicks();
        ranATimer = true;
        // Its turn it is, whatever the drain did to it: as in Node, one that was started again there runs now all the same.
        if (timer.list)
            timer.list->unlink(timer);
        if (!client.fire(timer))
            return Outcome::Threw;
    }
    if (!m_dropped)
        dropList(list);
    return Outcome::Done;
}

} // namespace loopscope
