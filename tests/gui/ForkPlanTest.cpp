// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans for forks, made from real recordings and carried out with the real runner.
#include "session/ForkPlan.h"
#include "analysis/RecordingComparison.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

namespace {

const QByteArray script = "const fs = require('fs');\n"
                          "setTimeout(function ping() { console.log('ping'); }, 20);\n"
                          "setTimeout(function soon() { console.log('soon'); }, 0);\n"
                          "setImmediate(function later() { console.log('later'); });\n"
                          "fs.readFile(__filename, function read() { console.log('read'); });\n"
                          "fs.readFile(__filename, function again() { console.log('again'); });\n"
                          "Promise.resolve(1).then(function one() {});\n";

/// A recording with what plans are made from.
struct Recorded
{
    RecordingReader reader;
    std::unique_ptr<StateTimeline> timeline;
    std::unique_ptr<EventText> text;

    ForkPlanner planner() const { return {reader, timeline->index(), *text}; }
    /// The cursor behind the first event that is told so.
    quint64 find(const QString &words) const
    {
        for (quint64 event = 0; event < reader.eventCount(); ++event) {
            if (text->what(event).contains(words))
                return event + 1;
        }
        return 0;
    }
    SubjectId subjectOf(const QString &words) const { return reader.event(find(words) - 1).subject; }
};

} // namespace

class ForkPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSameAgainIsTheSame_data();
    void theSameAgainIsTheSame();
    void delaysAreKnown_data();
    void delaysAreKnown();
    void anotherDelayComesTrue();
    void changesAddUp();
    void theOtherOrderIsTakenAtAFreeChoiceOnly();
    void titlesSayWhatWasChanged_data();
    void titlesSayWhatWasChanged();
    void theWallClockIsNotRepeatable();

private:
    std::unique_ptr<Recorded> record(const QStringList &options = {}, const QStringList &arguments = {});
    std::unique_ptr<Recorded> carryOut(const ForkPlan &plan) { return record(plan.options, plan.arguments); }

    QTemporaryDir m_folder;
    QString m_script;
    int m_count = 0;
};

void ForkPlanTest::initTestCase()
{
    m_script = m_folder.filePath(QStringLiteral("script.js"));
    QFile file(m_script);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
}

std::unique_ptr<Recorded> ForkPlanTest::record(const QStringList &options, const QStringList &arguments)
{
    const QString path = m_folder.filePath(QStringLiteral("%1.lscope").arg(++m_count));
    const QString runner = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    QProcess process;
    process.start(runner,
        QStringList{QStringLiteral("run"), m_script, QStringLiteral("--record"), path} + options + QStringList{QStringLiteral("--")}
            + arguments);
    process.waitForFinished();
    auto recorded = std::make_unique<Recorded>();
    if (!recorded->reader.open(path))
        qFatal("%s %s", qPrintable(recorded->reader.problem()), process.readAllStandardError().constData());
    recorded->timeline = std::make_unique<StateTimeline>(recorded->reader);
    while (recorded->timeline->isBehind())
        recorded->timeline->update(100'000);
    recorded->text = std::make_unique<EventText>(recorded->reader, recorded->timeline->index());
    return recorded;
}

void ForkPlanTest::theSameAgainIsTheSame_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("as the runner does") << QStringList();
    QTest::newRow("tasks only") << QStringList{QStringLiteral("--detail"), QStringLiteral("tasks")};
    QTest::newRow("few statements a callback") << QStringList{
        QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("--callback-cap"), QStringLiteral("3")};
    QTest::newRow("as a module") << QStringList{QStringLiteral("--module"), QStringLiteral("--seed"), QStringLiteral("9")};
    QTest::newRow("another seed") << QStringList{QStringLiteral("--seed"), QStringLiteral("18446744073709551615")};
}

void ForkPlanTest::theSameAgainIsTheSame()
{
    QFETCH(QStringList, options);
    const auto first = record(options, {QStringLiteral("--an"), QStringLiteral("argument")});
    const ForkPlan plan = first->planner().again(5, script);
    QCOMPARE(plan.until, 5U);
    QCOMPARE(plan.arguments, (QStringList{QStringLiteral("--an"), QStringLiteral("argument")}));
    const auto second = carryOut(plan);
    // Not only what a comparison calls the same: every event.
    QCOMPARE(second->reader.eventCount(), first->reader.eventCount());
    for (quint64 event = 0; event < first->reader.eventCount(); ++event) {
        const Event one = first->reader.event(event);
        const Event other = second->reader.event(event);
        QVERIFY2(std::memcmp(&one, &other, sizeof one) == 0, qPrintable(first->text->what(event)));
    }
}

void ForkPlanTest::delaysAreKnown_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isRequest");
    QTest::addColumn<double>("milliseconds");
    QTest::newRow("a timer") << QStringLiteral("timeout `ping` created") << true << false << 20.0;
    QTest::newRow("a timer of no time") << QStringLiteral("timeout `soon` created") << true << false << 1.0; // as Node has it
    QTest::newRow("a timer that runs") << QStringLiteral("timeout `ping` begun") << true << false << 20.0;
    QTest::newRow("a request") << QStringLiteral("submitted") << true << true << -1.0;
    QTest::newRow("the callback of a request") << QStringLiteral("I/O callback `read` of `readFile script.js` begun") << true << true
                                               << -1.0;
    QTest::newRow("an immediate") << QStringLiteral("immediate `later` created") << false << false << 0.0;
    QTest::newRow("a promise") << QStringLiteral("promise 1") << false << false << 0.0;
    QTest::newRow("nothing") << QStringLiteral("run started") << false << false << 0.0;
}

void ForkPlanTest::delaysAreKnown()
{
    QFETCH(QString, event);
    QFETCH(bool, isThere);
    QFETCH(bool, isRequest);
    QFETCH(double, milliseconds);
    const auto recorded = record();
    const quint64 at = recorded->find(event);
    const auto delay = recorded->planner().delayOf(at == 0 ? 0 : recorded->reader.event(at - 1).subject);
    QCOMPARE(delay.has_value(), isThere);
    if (!isThere)
        return;
    QCOMPARE(delay->isRequest, isRequest);
    QVERIFY(delay->milliseconds);
    if (milliseconds >= 0)
        QCOMPARE(*delay->milliseconds, milliseconds);
    else
        QVERIFY(*delay->milliseconds > 0 && *delay->milliseconds < 1000);
}

void ForkPlanTest::anotherDelayComesTrue()
{
    const auto first = record();
    const auto delay = first->planner().delayOf(first->subjectOf(QStringLiteral("timeout `ping` created")));
    QVERIFY(delay);
    const ForkPlan plan = first->planner().withDelay(*delay, 3, 7);
    QCOMPARE(plan.title, QStringLiteral("Fork: `ping` after 3 ms instead of 20 ms"));
    const auto second = carryOut(plan);
    QVERIFY(second->find(QStringLiteral("timeout `ping` due at 3.000 ms")) > 0);
    RecordingComparison comparison(first->reader, second->reader);
    comparison.update();
    QVERIFY(comparison.parting());
    QCOMPARE(second->text->what(comparison.parting()->right), QStringLiteral("timeout `ping` due at 3.000 ms"));
}

void ForkPlanTest::changesAddUp()
{
    const auto first = record();
    const auto timer = first->planner().delayOf(first->subjectOf(QStringLiteral("timeout `ping` created")));
    const auto second = carryOut(first->planner().withDelay(*timer, 3, 7));
    const auto request = second->planner().delayOf(second->subjectOf(QStringLiteral("submitted")));
    QVERIFY(request);
    const auto third = carryOut(second->planner().withDelay(*request, 12.5, 7));
    QVERIFY(third->find(QStringLiteral("timeout `ping` due at 3.000 ms")) > 0);
    const auto changed = third->planner().delayOf(request->subject);
    QVERIFY(changed && changed->milliseconds);
    QCOMPARE(*changed->milliseconds, 12.5);
    // And a fork of that without a change of its own keeps both.
    const auto fourth = carryOut(third->planner().again(7, script));
    RecordingComparison comparison(third->reader, fourth->reader);
    comparison.update();
    QVERIFY(comparison.isSame());
}

void ForkPlanTest::theOtherOrderIsTakenAtAFreeChoiceOnly()
{
    const auto first = record();
    QVERIFY(!first->planner().withOtherOrder(first->timeline->stateAt(0)));
    QVERIFY(!first->planner().withOtherOrder(first->timeline->stateAt(3)));
    const quint64 choice = first->find(QStringLiteral("free choice"));
    QVERIFY(choice > 0);
    const auto plan = first->planner().withOtherOrder(first->timeline->stateAt(choice));
    QVERIFY(plan);
    const auto second = carryOut(*plan);
    RecordingComparison comparison(first->reader, second->reader);
    comparison.update();
    QVERIFY(comparison.parting());
    QCOMPARE(quint64{comparison.parting()->left} + 1, choice);
}

void ForkPlanTest::titlesSayWhatWasChanged_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("title");
    QTest::newRow("nothing") << script << QStringLiteral("Fork at event 7");
    QTest::newRow("a line") << QByteArray(script).replace("20);", "30);") << QStringLiteral("Fork: line 2 changed");
    QTest::newRow("a line more") << QByteArray(script).replace("setImmediate", "console.log(1);\nsetImmediate")
                                 << QStringLiteral("Fork: line 4 changed");
    QTest::newRow("lines") << QByteArray(script).replace("console", "process.stdout || console")
                           << QStringLiteral("Fork: 5 lines changed, from line 2");
    QTest::newRow("a line less") << QByteArray(script).replace("Promise.resolve(1).then(function one() {});\n", "")
                                 << QStringLiteral("Fork: lines removed");
}

void ForkPlanTest::titlesSayWhatWasChanged()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, title);
    QCOMPARE(record()->planner().again(7, text).title, title);
}

void ForkPlanTest::theWallClockIsNotRepeatable()
{
    const auto first = record({QStringLiteral("--clock"), QStringLiteral("wall")});
    QVERIFY(!first->planner().isRepeatable());
    const auto second = carryOut(first->planner().again(7, script));
    QVERIFY(!second->planner().isRepeatable());
    QVERIFY(record()->planner().isRepeatable());
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::ForkPlanTest)
#include "ForkPlanTest.moc"
