// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <memory>
#include <set>
#include <unordered_map>

namespace loopscope {

struct TimerList;

/// A timer, as far as the loop knows it. Plain data, because it is part of an object of JavaScript's heap (runtime/TimerObjects.h): whoever
/// holds it calls init(), and keeps it in memory while it waits or runs (see TimerLists::forEach). Times are whole ms of loop time.
struct Timer
{
    void init()
    {
        list = nullptr;
        previous = next = nullptr;
        start = 0;
    }
    bool isWaiting() const { return list != nullptr; }

    TimerList *list; ///< null unless it waits
    Timer *previous;
    Timer *next;
    quint64 start;
};

/// Who runs timers.
class TimerClient
{
public:
    virtual ~TimerClient() = default;
    /// Runs the callback. The timer has left its list already; an interval puts itself back. False if the callback threw.
    virtual bool fire(Timer &timer) = 0;
    /// Drains ticks and microtasks between two callbacks of one phase (Node's runNextTicks).
    virtual void runNextTicks() = 0;
};

/// Timers as Node keeps them (lib/internal/timers.js): one list for each duration, in the order of insertion, and a queue of the lists by
/// the moment at which their first timer may be due. So timers of one duration fire in the order in which they were armed, a list is looked
/// at only when it may be due, and insertion costs the same however many timers wait.
class TimerLists
{
public:
    TimerLists();
    ~TimerLists();

    /// Appends `timer` to the list of its duration, counted from `start`; a timer that waits already moves there.
    /// True if a new list was made that is due before all others were.
    bool insert(Timer &timer, quint64 duration, quint64 start);
    /// Takes a timer out, if it waits. As in Node, an empty list goes with its last timer only if that kept the loop alive.
    void remove(Timer &timer, bool dropsEmptyList);

    /// Runs a timer that waits, whether it is due or not. False if the callback threw.
    bool runOne(Timer &timer, TimerClient &client);

    /// Visits every timer that waits, and the one whose turn it is.
    template<typename Visitor>
    void forEach(Visitor visit) const;

    enum class Outcome : quint8 { Done, Threw };
    /// Runs what is due at `loopTime`. Stops at once when a callback throws: call again, as Node does, if the run goes on.
    Outcome process(quint64 loopTime, TimerClient &client);
    /// After process() is Done: when the next list may be due; ~0 if none waits.
    quint64 nextExpiry() const { return m_nextExpiry; }

private:
    struct EarlierFirst
    {
        bool operator()(const TimerList *left, const TimerList *right) const;
    };
    TimerList &listOf(quint64 duration, quint64 start, bool *isEarliest);
    Outcome runList(TimerList &list, quint64 loopTime, TimerClient &client);
    void dropList(TimerList &list);

    std::unordered_map<quint64, std::unique_ptr<TimerList>> m_lists; ///< by duration
    std::set<TimerList *, EarlierFirst> m_queue;
    TimerList *m_recent = nullptr; ///< the list used last: most timers have its duration
    TimerList *m_running = nullptr;
    std::unique_ptr<TimerList> m_dropped; ///< the running list, if it was dropped meanwhile
    Timer *m_current = nullptr; ///< whose turn it is
    quint64 m_nextListId = 0;
    quint64 m_nextExpiry = ~0ULL;
};

/// One list: timers of one duration.
struct TimerList
{
    quint64 duration = 0;
    quint64 expiry = 0; ///< when its first timer may be due
    quint64 id = 0; ///< breaks ties: the list queued first
    Timer *first = nullptr;
    Timer *last = nullptr;

    void append(Timer &timer);
    void unlink(Timer &timer);
};

template<typename Visitor>
void TimerLists::forEach(Visitor visit) const
{
    for (const auto &[duration, list] : m_lists) {
        for (Timer *timer = list->first; timer; timer = timer->next)
            visit(*timer);
    }
    if (m_current)
        visit(*m_current);
}

} // namespace loopscope
