// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/CallTree.h"
#include "analysis/profiler/Profile.h"
#include "analysis/profiler/Verdict.h"
#include "recording/RecordingWriter.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

Event made(quint64 time, EventKind kind, SiteId site = 0, quint8 detail = 0)
{
    Event event;
    event.time = time;
    event.kind = kind;
    event.site = site;
    event.detail = detail;
    return event;
}

} // namespace

class CallTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recursionCountsOnce();
    void goingOnIsNoCall();
    void anyEventsAddUp_data();
    void anyEventsAddUp();
    void anyEventsMakeAProfile_data() { anyEventsAddUp_data(); }
    void anyEventsMakeAProfile();
};

void CallTreeTest::recursionCountsOnce()
{
    const auto timeout = static_cast<quint8>(TaskKind::Timeout);
    CallTree tree;
    for (const Event &each : {made(0, EventKind::TaskBegun, 1, timeout), made(1, EventKind::CallEntered, 1),
             made(10, EventKind::CallEntered, 2), made(20, EventKind::CallEntered, 2), made(50, EventKind::CallLeft, 2),
             made(60, EventKind::CallLeft, 2), made(70, EventKind::CallLeft, 1), made(71, EventKind::TaskEnded, 1, timeout)})
        tree.add(each);
    const std::vector<FunctionCost> functions = tree.functions();
    QCOMPARE(functions.size(), std::size_t(2));
    QCOMPARE(functions[0].function, SiteId(2));
    QCOMPARE(functions[0].self, quint64(50));
    QCOMPARE(functions[0].total, quint64(50)); // not 50 + 30
    QCOMPARE(functions[0].calls, quint64(2));
    QCOMPARE(functions[1].self, quint64(21));
    QCOMPARE(functions[1].total, quint64(71));
    QCOMPARE(functions[1].calls, quint64(1)); // the callback's beginning and the call are one
}

void CallTreeTest::goingOnIsNoCall()
{
    CallTree tree;
    for (const Event &each : {made(0, EventKind::TaskBegun, 1, 2), made(0, EventKind::CallEntered, 1), made(5, EventKind::CallLeft, 1),
             made(5, EventKind::TaskEnded, 1, 2), made(9, EventKind::TaskBegun, 1, 8), made(9, EventKind::CallEntered, 1, 1),
             made(12, EventKind::CallLeft, 1), made(12, EventKind::TaskEnded, 1, 8)})
        tree.add(each);
    QCOMPARE(tree.functions().front().total, quint64(8));
    quint64 calls = 0;
    for (const CallNode &node : tree.nodes())
        calls += node.task == 0 ? node.calls : 0;
    QCOMPARE(calls, quint64(1));
}

void CallTreeTest::anyEventsAddUp_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void CallTreeTest::anyEventsAddUp()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    CallTree tree;
    quint64 time = 0;
    constexpr std::array kinds = {EventKind::TaskBegun, EventKind::TaskEnded, EventKind::CallEntered, EventKind::CallEntered,
        EventKind::CallEntered, EventKind::CallLeft, EventKind::CallLeft, EventKind::Statement};
    for (int i = 0; i < 5000; ++i)
        tree.add(made(time += random.bounded(100), kinds[random.bounded(8U)], random.bounded(6U), quint8(random.bounded(17U))));
    const std::vector<CallNode> &nodes = tree.nodes();
    quint64 self = 0;
    for (quint32 node = 0; node < nodes.size(); ++node) {
        self += nodes[node].self;
        quint64 below = nodes[node].self;
        for (const quint32 child : tree.children(node)) {
            QCOMPARE(nodes[child].parent, node);
            QVERIFY(child > node);
            below += nodes[child].total;
        }
        QCOMPARE(nodes[node].total, below);
    }
    QCOMPARE(self, nodes[0].total);
    const CallTree inverted = tree.inverted();
    QCOMPARE(inverted.nodes()[0].total, self);
    quint64 firstRow = 0;
    for (const quint32 child : inverted.children(0))
        firstRow += inverted.nodes()[child].self;
    QCOMPARE(firstRow, self);
    quint64 costs = 0;
    for (const FunctionCost &cost : tree.functions()) {
        costs += cost.self;
        QVERIFY(cost.total >= cost.self);
    }
    QCOMPARE(costs, self);
}

/// Damaged recordings hold anything: no crash, no memory without bound, and all portions give the same.
void CallTreeTest::anyEventsMakeAProfile()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("any.lscope"));
    QString error;
    const auto writer = RecordingWriter::create(path, &error);
    QVERIFY2(writer, qPrintable(error));
    quint64 time = 0;
    for (int i = 0; i < 20'000; ++i) {
        Event any;
        any.time = time += random.bounded(200'000);
        any.kind = static_cast<EventKind>(2 + random.bounded(119));
        any.detail = static_cast<quint8>(random.bounded(20));
        any.subject = random.bounded(50) == 0 ? random.generate() : random.bounded(2000U);
        any.cause = random.bounded(2000U);
        any.site = random.bounded(50) == 0 ? random.generate() : random.bounded(30U);
        any.value = random.bounded(20) == 0 ? qint64(random.generate64()) : qint64(random.bounded(1000));
        any.setPhase(static_cast<Phase>(random.bounded(7)), static_cast<quint16>(random.bounded(3) * 64));
        if (any.kind != EventKind::LoopStarted && any.kind != EventKind::Paused)
            writer->append(any);
    }
    writer->finish();
    RecordingReader reader;
    reader.open(path); // up to the first event of no known kind
    Profile whole;
    whole.update(reader);
    Profile pieces;
    while (pieces.update(reader, 1000)) { }
    QCOMPARE(pieces.eventCount(), whole.eventCount());
    const BlockingReport report(whole, 1'000'000);
    const BlockingReport same(pieces, 1'000'000);
    QCOMPARE(same.heldTime(), report.heldTime());
    QCOMPARE(Verdict(pieces, same).findings().size(), Verdict(whole, report).findings().size());
    quint64 harm = 0;
    for (const Blocker &blocker : report.blockers())
        harm += blocker.harm;
    quint64 waited = 0;
    for (const TaskRun &run : whole.runs().all())
        waited += run.isDrained() ? 0 : run.waited();
    for (const RequestWait &wait : whole.requestWaits())
        waited += wait.to - wait.from;
    QVERIFY(harm <= waited * 2); // holds do not overlap in sound recordings; in damaged ones nested ones may
}

QTEST_GUILESS_MAIN(CallTreeTest)
#include "CallTreeTest.moc"
