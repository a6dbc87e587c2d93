// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The promise graph, read off at any cursor, is what a promise machine that knows nothing of event numbers said at that moment.
#include "PromiseMachine.h"

#include <QTest>

namespace loopscope {

namespace {

MachineJob stageOf(const PromiseJob &job, quint64 cursor)
{
    if (job.ended < cursor)
        return MachineJob::Over;
    if (job.begun < cursor)
        return MachineJob::Running;
    return job.queued < cursor ? MachineJob::Queued : MachineJob::None;
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
    part.restart(from, [&](SubjectId id) {
        PromiseGraph::Earlier earlier;
        const auto found = whole.find(id);
        if (!found)
            return earlier;
        const PromiseNode &node = whole.nodes()[*found];
        earlier.created = node.created;
        earlier.creation = events[node.created];
        earlier.settled = node.settled;
        if (node.settled != neverHappens)
            earlier.settling = events[node.settled];
        return earlier;
    });
    for (quint64 at = from; at < events.size(); ++at)
        part.add(events[at]);
    size_t earlier = 0;
    for (const PromiseNode &node : part.nodes()) {
        earlier += node.isEarlier ? 1 : 0;
        QCOMPARE(node.isEarlier, node.created < from);
        const PromiseNode &same = whole.nodes()[*whole.find(node.id)];
        QCOMPARE(node.created, same.created);
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
    graph.restart(100, [](SubjectId id) {
        PromiseGraph::Earlier earlier;
        earlier.created = id;
        earlier.creation.kind = id % 3 == 0 ? EventKind::PromiseCreated : EventKind::TaskCreated;
        earlier.creation.subject = id;
        return earlier;
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
