// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/LoopState.h"

#include <array>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace loopscope {

/// What the state must be at a cursor, kept by the simplest means: lists that are searched from the front.
struct ExpectedState
{
    quint64 cursor = 0;
    quint64 time = 0;
    quint64 iteration = 0;
    Phase phase = Phase::None;
    std::array<std::vector<SubjectId>, loopQueueCount> queues;
    std::set<SubjectId> ready;
    std::vector<SubjectId> running;
    std::vector<SiteId> frames; ///< function of every frame
    std::set<SubjectId> unsettled;
    std::set<SubjectId> inFlight;
    std::map<quint32, SubjectId> threads;
    size_t consoleTexts = 0;
};

/// Makes up a run: events in an order in which a real loop could have made them, and what they add up to.
class RandomRun
{
public:
    RandomRun(quint32 seed, size_t atLeast);

    std::vector<Event> events;
    std::vector<ExpectedState> expected; ///< at every 50th cursor or so

private:
    struct Task
    {
        TaskKind kind;
        SiteId function;
        quint64 due = 0;
        SubjectId request = 0;
    };

    quint32 below(quint32 limit) { return static_cast<quint32>(m_random() % limit); }
    Event &add(EventKind kind, SubjectId subject = 0, quint8 detail = 0);
    SubjectId create(TaskKind kind);
    void arm(SubjectId task);
    void submit();
    void runTask(SubjectId task);
    void act();
    void call(int depth);
    void drain();
    void promiseAct();
    void serveRequests();
    void runPhase(Phase phase);
    std::vector<SubjectId> &queue(LoopQueue queue) { return m_now.queues[static_cast<size_t>(queue)]; }
    void forget(SubjectId task);

    std::mt19937 m_random;
    SubjectId m_nextSubject = 1;
    quint64 m_time = 0;
    std::map<SubjectId, Task> m_tasks;
    std::vector<SubjectId> m_waitingRequests;
    std::map<SubjectId, SubjectId> m_callbackOf; ///< request -> task
    ExpectedState m_now;
};

} // namespace loopscope
