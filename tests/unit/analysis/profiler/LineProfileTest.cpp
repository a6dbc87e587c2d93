// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What each line cost, in scripts whose lines are known.
#include "analysis/profiler/LineProfile.h"
#include "ProfiledScript.h"

using namespace loopscope;

class LineProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statements();
    void callsOnly();
    void timeBelongsToOneLine_data();
    void timeBelongsToOneLine();
    void ofAWorkersLoop();

private:
    const QByteArray m_script = "const { setTimeout: sleep } = require('timers/promises');\n" // 1
                                "function work(n) {\n" // 2
                                "  let s = 0;\n" // 3
                                "  for (let i = 0; i < n; i++)\n" // 4
                                "    s += i;\n" // 5
                                "  return s;\n" // 6
                                "}\n" // 7
                                "async function main() {\n" // 8
                                "  work(10);\n" // 9
                                "  await sleep(30);\n" // 10
                                "  await Promise.all([sleep(5), sleep(9)]); work(1000);\n" // 11
                                "}\n" // 12
                                "main();\n"; // 13
};

void LineProfileTest::statements()
{
    const ProfiledScript run(m_script, {QStringLiteral("--detail"), QStringLiteral("statements")});
    const std::vector<SourceCost> costs = sourceCosts(run.profile, run.reader);
    QCOMPARE(costs.size(), std::size_t(1));
    QVERIFY(costs[0].source->path.endsWith(QStringLiteral("script.js")));
    const auto line = [&](quint32 number) { return costs[0].lines.contains(number) ? costs[0].lines.at(number) : LineCost(); };
    QCOMPARE(line(2).calls, quint64(2));
    QCOMPARE(line(3).times, quint64(2));
    QCOMPARE(line(5).times, quint64(1010));
    QCOMPARE(line(6).times, quint64(2));
    QCOMPARE(line(8).calls, quint64(1)); // going on is no call
    QVERIFY(line(10).awaited > 29'000'000 && line(10).awaited < 31'000'000);
    QVERIFY(line(11).awaited > 8'000'000 && line(11).awaited < 11'000'000);
    QCOMPARE(line(7), LineCost());
    for (const quint32 other : {1U, 3U, 9U, 11U, 13U})
        QVERIFY(line(4).self + line(5).self > 10 * line(other).self);
}

void LineProfileTest::callsOnly()
{
    const ProfiledScript run(m_script);
    const std::vector<SourceCost> costs = sourceCosts(run.profile, run.reader);
    QCOMPARE(costs.size(), std::size_t(1));
    quint64 times = 0;
    for (const auto &[number, cost] : costs[0].lines) {
        QVERIFY(number == 1 || number == 2 || number == 8 || number == 10 || number == 11); // where functions begin, and awaits
        times += cost.times;
    }
    QCOMPARE(times, quint64(0));
    QCOMPARE(costs[0].lines.at(2).calls, quint64(2));
    QVERIFY(costs[0].lines.at(2).self * 10 > costs[0].total.self * 9);
    QVERIFY(costs[0].lines.at(10).awaited > 29'000'000);
}

void LineProfileTest::timeBelongsToOneLine_data()
{
    QTest::addColumn<QString>("detail");
    for (const char *detail : {"tasks", "calls", "statements"})
        QTest::newRow(detail) << QString::fromLatin1(detail);
}

/// All lines together: what functions took in all.
void LineProfileTest::timeBelongsToOneLine()
{
    QFETCH(QString, detail);
    const ProfiledScript run(
        "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\nfib(12);\n" + m_script, {QStringLiteral("--detail"), detail});
    quint64 ofFunctions = 0;
    for (const FunctionCost &function : run.profile.callTree().functions())
        ofFunctions += run.reader.place(function.function).isValid() ? function.self : 0;
    quint64 ofLines = 0;
    for (const SourceCost &source : sourceCosts(run.profile, run.reader)) {
        LineCost sum;
        for (const auto &[number, cost] : source.lines)
            sum += cost;
        QCOMPARE(sum, source.total);
        ofLines += source.total.self;
    }
    QCOMPARE(ofLines, ofFunctions);
}

void LineProfileTest::ofAWorkersLoop()
{
    const ProfiledScript run("const { Worker, isMainThread } = require('worker_threads');\n"
                             "if (isMainThread) new Worker(__filename);\n"
                             "else for (let i = 0; i < 500; i++)\n"
                             "  Math.sqrt(i);\n",
        {QStringLiteral("--detail"), QStringLiteral("statements")});
    Profile worker(1);
    worker.update(run.reader);
    const auto times = [&](const Profile &profile) {
        quint64 sum = 0;
        for (const SourceCost &source : sourceCosts(profile, run.reader))
            sum += source.lines.contains(4) ? source.lines.at(4).times : 0;
        return sum;
    };
    QCOMPARE(times(run.profile), quint64(0));
    QCOMPARE(times(worker), quint64(500));
}

QTEST_GUILESS_MAIN(LineProfileTest)
#include "LineProfileTest.moc"
