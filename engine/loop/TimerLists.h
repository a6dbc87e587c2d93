// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <memory>
#include <set>
#include <unordered_map>

namespace loopscope {

struct TimerList;

/// A timer that waits. Times are whole ms of loop time.
class Timer
{
public:
    Timer() = default;
    virtual ~Timer();
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;

    /// Runs the callback. The timer has left its list already; an interval puts itself back. False if the callback threw.
    virtual bool fire(quint64 loopTime) = 0;

    bool isWaiting() const { return m_list != nullptr; }
    quint64 start() const { return m_start; }

private:
    friend class TimerLists;
    friend struct TimerList;
    TimerList *m_list = nullptr;
    Timer *m_previous = nullptr;
    Timer *m_next = nullptr;
    quint64 m_start = 0;
};

/// Timers as Node keeps them (lib/internal/timers.js): one list for each duration, in the order of insertion, and a queue of the lists by
/// the moment at which their first timer may be due. So timers of one duration fire in the order in which they were armed, a list is looked
/// at only when it may be due, and insertion costs the same however many timers wait.
class TimerLists
{
public:
    TimerLists();
    ~TimerLists();

    /// Appends `timer` to the list of its duration, counted from `start`. True if a new list was made that is due before all others were.
    bool insert(Timer &timer, quint64 duration, quint64 start);
    /// Takes a waiting timer out.
    void remove(Timer &timer);
    bool isEmpty() const { return m_queue.empty(); }

    enum class Outcome : quint8 { Done, Threw };
    /// Runs what is due at `loopTime`. `betweenCallbacks` drains ticks and microtasks between two callbacks.
    /// Stops at once when a callback throws: call again, as Node does, if the run goes on.
    Outcome process(quint64 loopTime, const std::function<void()> &betweenCallbacks);
    /// After process() is Done: when the next list may be due; ~0 if none waits.
    quint64 nextExpiry() const { return m_nextExpiry; }

private:
    struct EarlierFirst
    {
        bool operator()(const TimerList *left, const TimerList *right) const;
    };
    Outcome runList(TimerList &list, quint64 loopTime, const std::function<void()> &betweenCallbacks);
    void dropList(TimerList &list);

    std::unordered_map<quint64, std::unique_ptr<TimerList>> m_lists; ///< by duration
    std::set<TimerList *, EarlierFirst> m_queue;
    quint64 m_nextListId = 0;
    quint64 m_nextExpiry = ~0ULL;
};

} // namespace loopscope
