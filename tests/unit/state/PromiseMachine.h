// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/PromiseGraph.h"

#include <deque>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <vector>

namespace loopscope {

enum class MachineJob : quint8 { None, Queued, Running, Over };

/// (from, to, kind, stage of the reaction, stage of the thenable job)
using LinkFact = std::tuple<SubjectId, SubjectId, PromiseLink::Kind, MachineJob, MachineJob>;

struct Moment
{
    size_t cursor = 0;
    std::map<SubjectId, PromiseOutcome> promises;
    std::multiset<LinkFact> links;
    std::set<SubjectId> inner;
};

/// Runs random programs of promises after ECMAScript, with lists only, and writes down what a runtime records.
class PromiseMachine
{
public:
    PromiseMachine(quint32 seed, size_t atLeast)
        : m_random(seed)
    {
        while (events.size() < atLeast) {
            const SubjectId task = m_next++;
            emitEvent(EventKind::TaskBegun, task, static_cast<quint8>(TaskKind::Script));
            run(task, TaskKind::Script, [&] { act(6); });
            while (!m_queue.empty())
                runJob();
        }
        note();
    }

    std::vector<Event> events;
    std::vector<Moment> moments;

private:
    struct Link
    {
        SubjectId from;
        SubjectId to;
        PromiseLink::Kind kind;
        MachineJob reaction = MachineJob::None;
        MachineJob thenable = MachineJob::None;
        int serves = -1; ///< the link whose reaction this one's is, too
    };
    struct Job
    {
        SubjectId task;
        TaskKind kind;
        size_t link;
    };
    struct Promise
    {
        PromiseOutcome outcome = PromiseOutcome::Pending;
        bool isResolved = false;
        bool isInner = false;
        PromiseOrigin origin = PromiseOrigin::Constructor;
        std::vector<size_t> reactions; ///< links that wait
    };

    quint32 below(size_t limit) { return static_cast<quint32>(m_random() % limit); }

    Event &emitEvent(EventKind kind, SubjectId subject, quint8 detail = 0, qint64 value = 0)
    {
        if (below(12) == 0)
            note();
        Event event;
        event.kind = kind;
        event.subject = subject;
        event.detail = detail;
        event.value = value;
        event.cause = m_running;
        event.time = events.size();
        return events.emplace_back(event);
    }

    void note()
    {
        Moment moment;
        moment.cursor = events.size();
        for (const auto &[id, promise] : m_promises) {
            moment.promises[id] = promise.outcome;
            if (promise.isInner)
                moment.inner.insert(id);
        }
        for (const Link &link : m_links)
            moment.links.insert({link.from, link.to, link.kind, link.reaction, link.thenable});
        moments.push_back(std::move(moment));
    }

    template<typename Body>
    void run(SubjectId task, TaskKind kind, Body &&body)
    {
        m_running = task;
        body();
        m_running = 0;
        emitEvent(EventKind::TaskEnded, task, static_cast<quint8>(kind)).cause = 0;
    }

    SubjectId create(PromiseOrigin origin, SubjectId from = 0, bool isInner = false)
    {
        const SubjectId id = m_next++;
        emitEvent(EventKind::PromiseCreated, id, static_cast<quint8>(origin), from);
        m_promises[id].isInner = isInner;
        m_promises[id].origin = origin;
        m_known.push_back(id);
        return id;
    }

    void setStage(size_t number, bool isThenable, MachineJob stage)
    {
        Link &link = m_links[number];
        (isThenable ? link.thenable : link.reaction) = stage;
        if (!isThenable && link.serves >= 0)
            m_links[static_cast<size_t>(link.serves)].reaction = stage;
    }

    void queue(size_t link, TaskKind kind, SubjectId cause)
    {
        const SubjectId task = m_next++;
        emitEvent(EventKind::TaskCreated, task, static_cast<quint8>(kind)).cause = cause;
        setStage(link, kind == TaskKind::ThenableJob, MachineJob::Queued);
        m_queue.push_back({task, kind, link});
    }

    void react(size_t link)
    {
        Promise &from = m_promises[m_links[link].from];
        const TaskKind kind = m_links[link].kind == PromiseLink::Kind::Await ? TaskKind::AwaitContinuation : TaskKind::PromiseReaction;
        if (from.outcome == PromiseOutcome::Pending)
            from.reactions.push_back(link);
        else
            queue(link, kind, m_links[link].from);
    }

    size_t then(SubjectId from, PromiseOrigin origin, ReactionKind reaction, PromiseLink::Kind kind, int serves = -1)
    {
        const SubjectId derived = create(origin, from, serves >= 0);
        emitEvent(EventKind::ReactionAdded, from, static_cast<quint8>(reaction), derived);
        m_links.push_back({from, derived, kind, MachineJob::None, MachineJob::None, serves});
        const size_t number = m_links.size() - 1;
        react(number);
        return number;
    }

    void settle(SubjectId id, PromiseOutcome outcome)
    {
        emitEvent(outcome == PromiseOutcome::Rejected ? EventKind::PromiseRejected : EventKind::PromiseFulfilled, id);
        Promise &promise = m_promises[id];
        promise.isResolved = true;
        promise.outcome = outcome;
        for (const size_t link : std::exchange(promise.reactions, {}))
            react(link);
    }

    void resolve(SubjectId id)
    {
        if (m_promises[id].isResolved)
            return;
        const SubjectId other = any();
        if (below(3) == 0 && other != id) {
            m_promises[id].isResolved = true;
            emitEvent(EventKind::PromiseAdopted, id, 0, other);
            m_links.push_back({other, id, PromiseLink::Kind::Adopt});
            queue(m_links.size() - 1, TaskKind::ThenableJob, id);
        } else {
            settle(id, below(3) == 0 ? PromiseOutcome::Rejected : PromiseOutcome::Fulfilled);
        }
    }

    void await(SubjectId function, SubjectId promise)
    {
        emitEvent(EventKind::AwaitSuspended, function, 0, promise);
        m_links.push_back({promise, function, PromiseLink::Kind::Await});
        react(m_links.size() - 1);
    }

    SubjectId any() { return m_known[below(m_known.size())]; }

    void combine()
    {
        const SubjectId all = create(PromiseOrigin::All);
        for (quint32 count = 1 + below(3); count > 0; --count) {
            SubjectId element = any();
            if (element == all)
                continue;
            emitEvent(EventKind::PromiseAwaitedAll, all, 0, element);
            m_links.push_back({element, all, PromiseLink::Kind::Combine});
            then(element, PromiseOrigin::Then, ReactionKind::Then, PromiseLink::Kind::Then, static_cast<int>(m_links.size() - 1));
        }
    }

    void act(quint32 most)
    {
        create(PromiseOrigin::Constructor);
        for (quint32 count = below(most); count > 0; --count) {
            switch (below(8)) {
            case 0:
            case 1:
                create(PromiseOrigin::Constructor);
                break;
            case 2:
                then(any(), PromiseOrigin::Then, ReactionKind::Then, PromiseLink::Kind::Then);
                break;
            case 3:
                then(any(), PromiseOrigin::Catch, ReactionKind::Catch, PromiseLink::Kind::Catch);
                break;
            case 4:
                combine();
                break;
            case 5: {
                const SubjectId function = create(PromiseOrigin::AsyncFunction);
                m_promises[function].isResolved = true; // by its function only
                await(function, any());
                break;
            }
            default:
                if (const SubjectId id = any(); m_promises[id].origin == PromiseOrigin::Constructor)
                    resolve(id);
                break;
            }
        }
    }

    void runJob()
    {
        const Job job = m_queue.front();
        m_queue.pop_front();
        const Link link = m_links[job.link];
        const bool isThenable = job.kind == TaskKind::ThenableJob;
        emitEvent(EventKind::TaskBegun, job.task, static_cast<quint8>(job.kind)).cause = isThenable ? link.to : link.from;
        setStage(job.link, isThenable, MachineJob::Running);
        run(job.task, job.kind, [&] {
            if (isThenable) {
                then(link.from, PromiseOrigin::Then, ReactionKind::Then, PromiseLink::Kind::Then, static_cast<int>(job.link));
            } else if (link.kind == PromiseLink::Kind::Await) {
                emitEvent(EventKind::AwaitResumed, link.to, 0, link.from);
                if (below(2) == 0)
                    await(link.to, any());
                else
                    settle(link.to, PromiseOutcome::Fulfilled);
            } else if (link.serves >= 0) {
                const Link served = m_links[static_cast<size_t>(link.serves)];
                if (m_promises[served.to].outcome == PromiseOutcome::Pending)
                    settle(served.to, m_promises[link.from].outcome);
                settle(link.to, PromiseOutcome::Fulfilled);
            } else {
                if (below(3) == 0 && events.size() < 20000)
                    act(3);
                resolve(link.to);
            }
        });
        setStage(job.link, isThenable, MachineJob::Over);
    }

    std::mt19937 m_random;
    SubjectId m_next = 1;
    SubjectId m_running = 0;
    std::map<SubjectId, Promise> m_promises;
    std::vector<SubjectId> m_known;
    std::vector<Link> m_links;
    std::deque<Job> m_queue;
};

} // namespace loopscope
