// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The promise graph, read off at any cursor, is what a promise machine that knows nothing of event numbers said at that moment.
#include "state/PromiseGraph.h"

#include <QTest>

#include <deque>
#include <map>
#include <random>
#include <set>

namespace loopscope {

namespace {

enum class JobStage : quint8 { None, Queued, Running, Over };

/// (from, to, kind, stage of the reaction, stage of the thenable job)
using LinkFact = std::tuple<SubjectId, SubjectId, PromiseLink::Kind, JobStage, JobStage>;

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
        JobStage reaction = JobStage::None;
        JobStage thenable = JobStage::None;
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

    void setStage(size_t number, bool isThenable, JobStage stage)
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
        setStage(link, kind == TaskKind::ThenableJob, JobStage::Queued);
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
        m_links.push_back({from, derived, kind, JobStage::None, JobStage::None, serves});
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
        setStage(job.link, isThenable, JobStage::Running);
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
        setStage(job.link, isThenable, JobStage::Over);
    }

    std::mt19937 m_random;
    SubjectId m_next = 1;
    SubjectId m_running = 0;
    std::map<SubjectId, Promise> m_promises;
    std::vector<SubjectId> m_known;
    std::vector<Link> m_links;
    std::deque<Job> m_queue;
};

JobStage stageOf(const PromiseJob &job, quint64 cursor)
{
    if (job.ended < cursor)
        return JobStage::Over;
    if (job.begun < cursor)
        return JobStage::Running;
    return job.queued < cursor ? JobStage::Queued : JobStage::None;
}

std::multiset<LinkFact> linksAt(const PromiseGraph &graph, quint64 cursor)
{
    std::multiset<LinkFact> facts;
    const auto id = [&](quint32 node) { return node == noNode ? 0 : graph.nodes()[node].id; };
    for (const PromiseLink &link : graph.links()) {
        if (link.made < cursor)
            facts.insert({id(link.from), id(link.to), link.kind, stageOf(link.reaction, cursor), stageOf(link.thenable, cursor)});
    }
    return facts;
}

} // namespace

class PromiseGraphTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheMachine_data();
    void agreesWithTheMachine();
    void stretchKnowsWhatItTouches();
    void takesAnything();
};

void PromiseGraphTest::agreesWithTheMachine_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 30; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void PromiseGraphTest::agreesWithTheMachine()
{
    QFETCH(const quint32, seed);
    const PromiseMachine machine(seed, 3000);
    PromiseGraph graph;
    for (const Event &event : machine.events)
        graph.add(event);
    QCOMPARE(graph.end(), machine.events.size());
    for (const Moment &moment : machine.moments) {
        std::map<SubjectId, PromiseOutcome> promises;
        for (const PromiseNode &node : graph.nodes()) {
            if (!node.isThere(moment.cursor))
                continue;
            promises[node.id] = node.outcome(moment.cursor);
            QCOMPARE(node.isInner, moment.inner.contains(node.id));
        }
        QVERIFY(promises == moment.promises);
        QVERIFY2(linksAt(graph, moment.cursor) == moment.links, qPrintable(QString::number(moment.cursor)));
    }
}

/// A graph that starts in the middle says nothing that the whole one does not.
void PromiseGraphTest::stretchKnowsWhatItTouches()
{
    const PromiseMachine machine(7, 6000);
    const auto &events = machine.events;
    PromiseGraph whole;
    for (const Event &event : events)
        whole.add(event);
    const quint64 from = events.size() / 2;
    PromiseGraph part;
    part.restart(from, [&](SubjectId id) -> std::optional<std::pair<quint64, Event>> {
        const auto node = whole.find(id);
        if (!node)
            return std::nullopt;
        const quint64 created = whole.nodes()[*node].created;
        return std::pair(created, events[created]);
    });
    for (quint64 at = from; at < events.size(); ++at)
        part.add(events[at]);
    size_t earlier = 0;
    for (const PromiseNode &node : part.nodes()) {
        earlier += node.isEarlier ? 1 : 0;
        QCOMPARE(node.isEarlier, node.created < from);
        const PromiseNode &same = whole.nodes()[*whole.find(node.id)];
        QCOMPARE(node.created, same.created);
        if (same.settled >= from)
            QCOMPARE(node.settled, same.settled);
    }
    QVERIFY(earlier > 0);
    const std::multiset<LinkFact> all = linksAt(whole, events.size());
    size_t without = 0;
    for (const PromiseLink &link : part.links()) {
        const LinkFact fact{part.nodes()[link.from].id, part.nodes()[link.to].id, link.kind, stageOf(link.reaction, events.size()),
            stageOf(link.thenable, events.size())};
        // Whose microtask it was may be unknown, but never wrong.
        without += all.contains(fact) ? 0 : 1;
        QVERIFY(all.contains(fact) || part.nodes()[link.from].isEarlier);
    }
    QVERIFY(without < part.links().size() / 2);
}

void PromiseGraphTest::takesAnything()
{
    std::mt19937 random(3);
    PromiseGraph graph;
    graph.restart(100, [](SubjectId id) -> std::optional<std::pair<quint64, Event>> {
        Event event;
        event.kind = id % 3 == 0 ? EventKind::PromiseCreated : EventKind::TaskCreated;
        event.subject = id;
        return std::pair(quint64{id}, event);
    });
    for (int i = 0; i < 200'000; ++i) {
        Event event;
        event.kind = static_cast<EventKind>(random() % 48);
        event.subject = random() % 60;
        event.cause = random() % 60;
        event.detail = static_cast<quint8>(random() % 15);
        event.value = static_cast<qint64>(random() % 60) - 2;
        graph.add(event);
    }
    QVERIFY(!graph.links().empty());
    for (const PromiseLink &link : graph.links()) {
        QVERIFY(link.from == noNode || link.from < graph.nodes().size());
        QVERIFY(link.to == noNode || link.to < graph.nodes().size());
    }
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::PromiseGraphTest)
#include "PromiseGraphTest.moc"
