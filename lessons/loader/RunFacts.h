// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/EventText.h"

#include <map>
#include <set>
#include <vector>

namespace loopscope {

/// A stretch of something that can go on more than once at a time: events from `begin` to before `end`.
struct Overlap
{
    quint64 begin = 0;
    quint64 end = 0;
};
/// The most of them that go on at once.
quint64 mostAtOnce(const std::vector<Overlap> &stretches);

/// Counts what the profiler has no figures for, in one pass over the events of a recording. Any sequence of events can be taken in.
/// Memory: some 100 bytes a request and a call of an async function.
class RunFacts
{
public:
    /// `words` must know the whole recording.
    explicit RunFacts(const EventText &words)
        : m_words(words)
    {
    }

    void add(const Event &event, quint64 index);

    /// An I/O request of the main loop. Event numbers; `never` where it did not come to it.
    struct Request
    {
        SubjectId id = 0;
        quint64 submitted = 0;
        quint64 started = never;
        quint64 completed = never;
        quint64 thread = 0; ///< of the pool, from 1; 0: the kernel does it
        bool hadToWait = false; ///< its thread did another's work first
    };
    /// A call of an async function, until its promise is settled.
    struct AsyncCall
    {
        SiteId function = 0;
        Overlap stretch;
    };
    static constexpr quint64 never = ~0ULL;

    const std::vector<Request> &requests() const { return m_requests; }
    const std::vector<AsyncCall> &asyncCalls() const { return m_asyncCalls; }
    /// Recorded calls, by the function's site.
    const std::map<SiteId, quint64> &calls() const { return m_calls; }
    quint64 mostPromises() const { return m_mostPromises; } ///< of the script that were not settled at once
    quint64 pendingPromises() const { return m_pending.size(); }
    quint64 awaits() const { return m_awaits; }
    quint64 workers() const { return m_workers; }
    quint64 children() const { return m_children; }
    quint64 messages() const { return m_messages; }
    quint64 freeChoices() const { return m_freeChoices; }
    /// Requests of clients that a server of the script answered.
    const std::set<SubjectId> &answered() const { return m_answered; }

private:
    void addPromise(const Event &event, quint64 index);
    void addRequest(const Event &event, quint64 index);

    const EventText &m_words;
    std::vector<Request> m_requests;
    std::map<SubjectId, std::size_t> m_openRequests;
    std::map<quint64, quint64> m_threadFree; ///< by thread: the event at which it completed something last
    std::vector<AsyncCall> m_asyncCalls;
    std::map<SubjectId, std::size_t> m_openCalls;
    std::map<SiteId, quint64> m_calls;
    std::set<SubjectId> m_pending;
    quint64 m_mostPromises = 0;
    quint64 m_awaits = 0;
    quint64 m_workers = 0;
    quint64 m_children = 0;
    quint64 m_messages = 0;
    quint64 m_freeChoices = 0;
    std::set<SubjectId> m_answered;
};

} // namespace loopscope
