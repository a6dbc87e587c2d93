// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who started what: scripts whose tree is known, and events at random.
#include "analysis/profiler/AsyncTree.h"
#include "ProfiledScript.h"

#include <QRandomGenerator>

#include <algorithm>
#include <map>

using namespace loopscope;

namespace {

constexpr quint64 ms = 1'000'000;

bool isAbout(quint64 time, quint64 expected) { return time + ms / 2 > expected && time < expected + ms / 2; }

/// Names of functions from the script down to the node that `function` runs in; the first such node.
QStringList pathTo(const QString &function, const ProfiledScript &run, quint32 *node)
{
    const AsyncTree &tree = run.profile.asyncTree();
    for (*node = 1; *node < tree.nodes().size(); ++*node) {
        if (run.text.functionName(tree.nodes()[*node].function) != function)
            continue;
        QStringList names;
        for (const quint32 each : tree.path(*node))
            names.append(run.words.subjectName(tree.nodes()[each].first));
        return names;
    }
    return {};
}

} // namespace

class AsyncTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoStartsIsTheParent_data();
    void whoStartsIsTheParent();
    void itsLikeIsFolded_data();
    void itsLikeIsFolded();
    void placesAreThoseOfTheStart();
    void awaitsAddUp();
    void aServersSockets();
    void anyEventsAddUp_data();
    void anyEventsAddUp();
    void sizeIsBounded();
};

void AsyncTreeTest::whoStartsIsTheParent_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<quint64>("notReady"); // ns
    const auto add = [](const char *name, const QByteArray &script, const QStringList &path, quint64 notReady) {
        QTest::newRow(name) << script << path << notReady;
    };
    const QString script = QStringLiteral("script.js");
    const QString found = QStringLiteral("found");
    add("a timer in a timer", "setTimeout(function outer() { setTimeout(function found() {}, 20); }, 10);\n",
        {script, QStringLiteral("outer"), found}, 20 * ms);
    add("an immediate in a tick", "process.nextTick(function tick() { setImmediate(function found() {}); });\n",
        {script, QStringLiteral("tick"), found}, 0);
    add("who settles the promise is not who starts",
        "new Promise(r => setTimeout(function settle() { r(); }, 30)).then(function found() {});\n", {script, found}, 30 * ms);
    add("reactions of one promise",
        "let r; const p = new Promise(x => { r = x; }); p.then(function first() {});\n"
        "setTimeout(function second() { p.then(function found() {}); }, 10); setTimeout(() => r(), 25);\n",
        {script, QStringLiteral("second"), found}, 15 * ms);
    add("an await goes on",
        "const { setTimeout: sleep } = require('timers/promises');\n"
        "async function found() { await sleep(40); }\nsetTimeout(function start() { found(); }, 5);\n",
        {script, QStringLiteral("start"), found}, 40 * ms);
    add("an interval's later turns",
        "let n = 0; const i = setInterval(function beat() { if (++n === 3) { clearInterval(i);\n"
        "setTimeout(function found() {}, 7); } }, 10);\n",
        {script, QStringLiteral("beat"), found}, 7 * ms);
}

void AsyncTreeTest::whoStartsIsTheParent()
{
    QFETCH(QByteArray, script);
    QFETCH(quint64, notReady);
    const ProfiledScript run(script);
    quint32 node = 0;
    QTEST(pathTo(QStringLiteral("found"), run, &node), "path");
    const AsyncNode &found = run.profile.asyncTree().nodes()[node];
    QCOMPARE(found.own.count, quint64(1));
    QVERIFY2(isAbout(found.own.notReady, notReady), qPrintable(QString::number(found.own.notReady)));
    QCOMPARE(run.reader.event(found.longestEvent).subject, found.first);
}

void AsyncTreeTest::itsLikeIsFolded_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<std::size_t>("nodes"); // with the root and the script
    QTest::addColumn<quint64>("runs"); // of all
    QTest::newRow("a timer that sets itself") << QByteArray(
        "let n = 0; function again() {\n if (++n < 1000) setTimeout(again, 1);\n}\nsetTimeout(again, 1);\n")
                                              << std::size_t(4) << quint64(1001);
    QTest::newRow("ticks") << QByteArray("let n = 0; function tick() {\n if (++n < 3000) process.nextTick(tick);\n}\ntick();\n")
                           << std::size_t(3) << quint64(3000);
    QTest::newRow("two in turn") << QByteArray("let n = 0; function a() { setImmediate(b); }\nfunction b() { if (++n < 500) "
                                               "setTimeout(a, 1); }\na();\n")
                                 << std::size_t(4) << quint64(1 + 500 + 499);
    QTest::newRow("a loop of awaits") << QByteArray("(async function loop() { for (let i = 0; i < 200; i++) await null; })();\n")
                                      << std::size_t(3) << quint64(201);
}

void AsyncTreeTest::itsLikeIsFolded()
{
    QFETCH(QByteArray, script);
    const ProfiledScript run(script);
    const AsyncTree &tree = run.profile.asyncTree();
    QTEST(tree.nodes().size(), "nodes");
    QTEST(tree.totals()[AsyncTree::root].count, "runs");
}

void AsyncTreeTest::placesAreThoseOfTheStart()
{
    const ProfiledScript run("async function load() {\n"
                             "  await null;\n"
                             "}\n"
                             "load().then(function found() {\n" // load() was at its await in between
                             "  setImmediate(function later() {});\n"
                             "});\n");
    quint32 node = 0;
    QCOMPARE(pathTo(QStringLiteral("found"), run, &node).size(), 2);
    QCOMPARE(run.text.asyncPlace(run.profile.asyncTree().nodes()[node]), QStringLiteral("script.js:4"));
    QCOMPARE(pathTo(QStringLiteral("later"), run, &node).size(), 3);
    QCOMPARE(run.text.asyncPlace(run.profile.asyncTree().nodes()[node]), QStringLiteral("script.js:5"));
}

void AsyncTreeTest::awaitsAddUp()
{
    const ProfiledScript run(
        "const { setTimeout: sleep } = require('timers/promises'); const fs = require('fs').promises;\n"
        "async function leaf(n) { await sleep(n); await null; return fs.stat(__filename); }\n"
        "async function work(n) { for (let i = 0; i < n; i++) { await leaf(i); await Promise.all([leaf(1), sleep(3)]); } }\n"
        "for (let i = 0; i < 5; i++) work(i).then(() => work(2));\n");
    std::map<SiteId, quint64> byAwait;
    for (const AsyncNode &node : run.profile.asyncTree().nodes()) {
        if (node.kind == TaskKind::AwaitContinuation)
            byAwait[node.startedAt] += node.own.notReady + node.own.waited;
    }
    QCOMPARE(byAwait.size(), run.profile.awaits().awaits().size());
    QVERIFY(byAwait.size() >= 4);
    for (const AwaitCost &await : run.profile.awaits().awaits())
        QCOMPARE(byAwait[await.await], await.total);
}

void AsyncTreeTest::aServersSockets()
{
    const ProfiledScript run(
        "const http = require('http'); let n = 0;\n"
        "const server = http.createServer((request, response) => setTimeout(function found() { response.end(); }, 5));\n"
        "server.listen(0, () => { for (let i = 0; i < 3; i++) http.get(server.address(), answer => { answer.resume();\n"
        "  answer.on('end', () => { if (++n === 3) server.close(); }); }); });\n");
    quint32 node = 0;
    const QStringList path = pathTo(QStringLiteral("found"), run, &node);
    QCOMPARE(
        path, (QStringList{QStringLiteral("script.js"), QStringLiteral("connection"), QStringLiteral("data"), QStringLiteral("found")}));
    QCOMPARE(run.profile.asyncTree().nodes()[node].own.count, quint64(3));
}

void AsyncTreeTest::anyEventsAddUp_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void AsyncTreeTest::anyEventsAddUp()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    TaskRuns runs;
    LoopMetrics metrics;
    AsyncTree tree;
    quint64 begun = 0;
    quint64 time = 0;
    for (quint64 i = 0; i < 30'000; ++i) {
        constexpr std::array kinds = {EventKind::TaskCreated, EventKind::TaskBegun, EventKind::TaskEnded, EventKind::TaskBegun,
            EventKind::TaskEnded, EventKind::TaskReady, EventKind::TaskRearmed, EventKind::TimerArmed, EventKind::SubjectNamed,
            EventKind::ReactionAdded, EventKind::AwaitSuspended, EventKind::HandleOpened, EventKind::IoSubmitted, EventKind::TaskCancelled};
        Event event;
        event.time = time += random.bounded(1000);
        event.kind = kinds[random.bounded(quint32(kinds.size()))];
        event.detail = static_cast<quint8>(random.bounded(17));
        event.subject = random.bounded(100) == 0 ? random.generate() : random.bounded(500U);
        event.cause = random.bounded(500U);
        event.site = random.bounded(4U);
        event.value = event.kind == EventKind::TimerArmed ? qint64(time + random.bounded(5000)) : qint64(random.bounded(500));
        begun += event.kind == EventKind::TaskBegun ? 1 : 0;
        runs.add(event, i);
        metrics.add(event, runs);
        tree.add(event, i, runs);
    }
    const std::vector<AsyncNode> &nodes = tree.nodes();
    const std::vector<AsyncTimes> totals = tree.totals();
    QCOMPARE(totals[0].count, begun);
    QCOMPARE(totals[0].ran, metrics.busy());
    QVERIFY(nodes.size() > 100);
    for (quint32 node = 1; node < nodes.size(); ++node) {
        QVERIFY(nodes[node].parent < node);
        QVERIFY(nodes[node].longest <= nodes[node].own.notReady + nodes[node].own.waited);
        const std::vector<quint32> path = tree.path(node);
        QVERIFY(path.size() <= AsyncTree::deepest);
        for (const quint32 above : path)
            QVERIFY(above == node || !nodes[above].isSameAs(nodes[node]));
        AsyncTimes sum = nodes[node].own;
        for (const quint32 child : tree.children(node, totals))
            sum += totals[child];
        QCOMPARE(sum, totals[node]);
    }
}

/// Each callback starts two of places that were never seen before.
void AsyncTreeTest::sizeIsBounded()
{
    TaskRuns runs;
    AsyncTree tree;
    quint64 index = 0;
    const auto add = [&](EventKind kind, SubjectId task, SiteId site) {
        Event event;
        event.time = index;
        event.kind = kind;
        event.detail = static_cast<quint8>(TaskKind::Immediate);
        event.subject = task;
        event.site = site;
        runs.add(event, index);
        tree.add(event, index++, runs);
    };
    constexpr SubjectId tasks = 150'000;
    SubjectId last = 1;
    for (SubjectId task = 1; task <= tasks; ++task) {
        add(EventKind::TaskBegun, task, task);
        for (int i = 0; i < 2 && last < tasks; ++i, ++last)
            add(EventKind::TaskCreated, last + 1, last + 1);
        add(EventKind::TaskEnded, task, 0);
    }
    QCOMPARE(tree.nodes().size(), AsyncTree::mostNodes);
    QCOMPARE(tree.totals()[AsyncTree::root].count, quint64(tasks));
}

QTEST_GUILESS_MAIN(AsyncTreeTest)
#include "AsyncTreeTest.moc"
