// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/PredictionTruth.h"

#include "../analysis/RecordedScript.h"

#include <map>
#include <memory>

using namespace loopscope;

namespace {

using Ask = LessonQuestion::Ask;

const char ordered[] = R"(
setTimeout(() => console.log('timeout'), 10);
setImmediate(() => console.log('immediate'));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('then'));
console.log('script');
)";

const char kinds[] = R"(
function outer() { inner(); }
function inner() { console.log('deep'); }
outer();
const net = require('net');
setImmediate(function imm() {
  process.nextTick(function tick2() {}); process.nextTick(function tick1() {});
  Promise.resolve().then(function then1() {}); queueMicrotask(function micro() { setTimeout(function late() {}, 5); });
  const server = net.createServer(); server.listen(8000, function up() { server.close(function shut() {}); });
  require('fs').stat(__filename, function read() {});
});
console.log('end');
)";

const char closing[] = R"(
const net = require('net');
const server = net.createServer((socket) => socket.resume());
server.listen(8000, function up() {
  const client = net.connect(8000, function on() { client.destroy(); setImmediate(function imm() {}); server.close(); });
});
)";

LessonMoment moment(const char *event, const char *name, int nth = 1)
{
    LessonMoment at;
    at.event = QLatin1String(event);
    at.name = QLatin1String(name);
    at.nth = nth;
    at.line = 7;
    return at;
}

QStringList split(const char *names) { return QString::fromLatin1(names).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

} // namespace

class PredictionTruthTest : public QObject
{
    Q_OBJECT

    std::map<QByteArray, std::unique_ptr<RecordedScript>> m_runs;
    const RecordedScript &run(const QByteArray &script)
    {
        auto &recorded = m_runs[script];
        if (!recorded)
            recorded = std::make_unique<RecordedScript>(script);
        return *recorded;
    }
    QString m_problems;
    std::optional<PredictionTruth> find(const LessonQuestion &question, const QByteArray &script)
    {
        QList<LessonProblem> problems;
        const auto truth = PredictionTruth::find(question, run(script).reader, QStringLiteral("/x/lesson.json"), problems);
        m_problems.clear();
        for (const LessonProblem &problem : problems)
            m_problems += problem.text() + QLatin1Char('\n');
        return truth;
    }

private Q_SLOTS:
    void orders_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("items");
        QTest::addColumn<QString>("order");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *script, const char *items, const char *order, const char *problem) {
            QTest::newRow(name) << QByteArray(script) << QString::fromLatin1(items) << QString::fromLatin1(order)
                                << QString::fromLatin1(problem);
        };
        row("all lines", ordered, "", "script tick then immediate timeout", "");
        row("some lines", ordered, "timeout tick script", "script tick timeout", "");
        row("never printed", ordered, "timeout tik", "", "lesson.json:3: the run never prints 'tik'. Did you mean 'tick'?");
        row("printed twice", "console.log('a'); console.log('b'); console.log('a');", "", "", "lesson.json:3: the run prints 'a' 2 times");
        row("printed twice but not asked", "console.log('a'); console.log('b'); console.log('a'); console.log('c');", "c b", "b c", "");
        row("one line", "console.log('a');", "", "", "fewer than two lines");
        row("too many", "for (let i = 0; i < 500; ++i) console.log(i);", "", "", "prints 500 lines");
    }
    void orders()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, items);
        QFETCH(QString, order);
        QFETCH(QString, problem);
        LessonQuestion question;
        question.line = 3;
        question.items = items.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const auto truth = find(question, script);
        QCOMPARE(truth.has_value(), problem.isEmpty());
        QVERIFY2(m_problems.contains(problem), qPrintable(m_problems));
        if (!truth)
            return;
        QCOMPARE(truth->order.join(QLatin1Char(' ')), order);
        QCOMPARE(truth->events.size(), truth->order.size());
        for (qsizetype index = 0; index < truth->order.size(); ++index)
            QVERIFY(run(script).words.what(truth->events[index]).startsWith(QStringLiteral("stdout: ") + truth->order[index]));
    }

    void queues_data()
    {
        QTest::addColumn<QString>("queue");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("items");
        QTest::addColumn<QString>("order");
        const auto row = [](const char *queue, const char *event, const char *name, const char *items, const char *order) {
            QTest::newRow((QByteArray(queue) + " at " + event + ' ' + name).constData())
                << QString::fromLatin1(queue) << QString::fromLatin1(event) << QString::fromLatin1(name) << QString::fromLatin1(items)
                << QString::fromLatin1(order);
        };
        row("ticks", "ended", "imm", "tick1 tick2 then1 imm", "tick2 tick1");
        row("ticks", "begun", "tick2", "tick1 tick2", "tick1");
        row("microtasks", "ended", "imm", "micro then1 tick1", "then1 micro");
        row("timers", "ended", "imm", "late tick1", "");
        row("timers", "ended", "micro", "late tick1", "late");
        row("immediates", "printed", "end", "imm late", "imm");
        row("immediates", "begun", "imm", "imm late", "");
        row("poll", "ended", "imm", "read late", "read");
        row("stack", "printed", "deep", "inner outer script.js late", "inner outer script.js");
        row("stack", "begun", "tick1", "tick1 imm", "tick1");
        row("stack", "ended", "tick1", "tick1 imm", "");
    }
    void queues()
    {
        QFETCH(QString, event);
        QFETCH(QString, name);
        QFETCH(QString, items);
        LessonQuestion question;
        question.ask = Ask::Queue;
        question.queue = *static_cast<QString *>(QTest::qData("queue", QMetaType::QString));
        question.at = moment(qPrintable(event), qPrintable(name));
        question.items = items.split(QLatin1Char(' '));
        const auto truth = find(question, kinds);
        QVERIFY2(truth, qPrintable(m_problems));
        QCOMPARE(truth->order.join(QLatin1Char(' ')), *static_cast<QString *>(QTest::qData("order", QMetaType::QString)));
        QVERIFY(!truth->events.isEmpty() && truth->events.size() == std::max<qsizetype>(1, truth->order.size()));
    }

    void closingQueue()
    {
        LessonQuestion question;
        question.ask = Ask::Queue;
        question.queue = QStringLiteral("closing");
        question.at = moment("ended", "imm");
        question.items = split("close imm");
        const auto truth = find(question, closing);
        QVERIFY2(truth, qPrintable(m_problems));
        QCOMPARE(truth->order, split("close"));
    }

    void namesThatAreTwiceInAQueueAreProblems()
    {
        LessonQuestion question;
        question.line = 3;
        question.ask = Ask::Queue;
        question.queue = QStringLiteral("ticks");
        question.at = moment("ended", "script.js");
        question.items = split("a b");
        QVERIFY(!find(question, "for (let i = 0; i < 2; ++i) process.nextTick(function a() {});"));
        QVERIFY2(m_problems.contains(QLatin1String("lesson.json:3: 'a' is there more than once")), qPrintable(m_problems));
    }

    void next_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("next");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *event, const char *name, const char *next, const char *rule) {
            QTest::newRow((QByteArray(event) + ' ' + name).constData())
                << QString::fromLatin1(event) << QString::fromLatin1(name) << QString::fromLatin1(next) << QString::fromLatin1(rule);
        };
        row("created", "script.js", "script.js", "script-first");
        row("printed", "end", "imm", "check-after-poll");
        row("begun", "imm", "tick2", "ticks-first");
        row("begun", "tick2", "tick1", "ticks-first");
        row("ended", "tick1", "then1", "microtasks-first");
        row("ended", "then1", "micro", "microtasks-first");
        row("completed", "stat*", "read", "poll-finished-io");
        row("ended", "read", "late", "timer-due");
    }
    void next()
    {
        QFETCH(QString, event);
        QFETCH(QString, name);
        LessonQuestion question;
        question.ask = Ask::Next;
        question.at = moment(qPrintable(event), qPrintable(name));
        question.items = split("script.js imm tick1 tick2 then1 micro read late");
        const auto truth = find(question, kinds);
        QVERIFY2(truth, qPrintable(m_problems));
        QTEST(truth->next, "next");
        QTEST(truth->rule, "rule");
        QVERIFY(run(kinds).words.what(truth->events.first()).contains(QStringLiteral("`%1`").arg(truth->next)));
    }

    void closingIsLast()
    {
        LessonQuestion question;
        question.ask = Ask::Next;
        question.at = moment("ended", "imm");
        question.items = split("close imm");
        const auto truth = find(question, closing);
        QVERIFY2(truth, qPrintable(m_problems));
        QCOMPARE(truth->next, QStringLiteral("close"));
        QCOMPARE(truth->rule, QStringLiteral("closing-last"));
    }

    void nextProblems()
    {
        LessonQuestion question;
        question.line = 3;
        question.ask = Ask::Next;
        question.items = split("a b");
        question.at = moment("begun", "nobody");
        QVERIFY(!find(question, kinds));
        QVERIFY2(m_problems.contains(QLatin1String("lesson.json:7: the moment does not come")), qPrintable(m_problems));
        question.at = moment("printed", "end");
        QVERIFY(!find(question, kinds));
        QVERIFY2(m_problems.contains(QLatin1String("lesson.json:3: 'imm' runs next, and is none of the items")), qPrintable(m_problems));
        question.at = moment("run-ended", "");
        QVERIFY(!find(question, kinds));
        QVERIFY2(m_problems.contains(QLatin1String("no callback runs after")), qPrintable(m_problems));
    }

    void choices_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<int>("choice");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *first, const char *second, int choice, const char *problem) {
            QTest::newRow(name) << QString::fromLatin1(first) << QString::fromLatin1(second) << choice << QString::fromLatin1(problem);
        };
        row("first", "prints() == 5", "prints() == 4", 0, "");
        row("second", "prints() == 4", "printed('tick')", 1, "");
        row("both", "prints() == 5", "printed('tick')", -1, "lesson.json:3: 2 hold for the run");
        row("none", "prints() == 4", "printed('no')", -1, "lesson.json:8: none of the choices holds for the run; here prints() is 5.");
        row("bad", "prints() == 4", "printd('no')", -1, "lesson.json:9: in the condition, column 1");
    }
    void choices()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, problem);
        LessonQuestion question;
        question.line = 3;
        question.ask = Ask::Choice;
        question.choices = {{QStringLiteral("A"), {first, 8}, {}}, {QStringLiteral("B"), {second, 9}, {}}};
        const auto truth = find(question, ordered);
        QCOMPARE(truth.has_value(), problem.isEmpty());
        QVERIFY2(m_problems.contains(problem), qPrintable(m_problems));
        if (truth)
            QTEST(truth->choice, "choice");
    }

    void emptyRecordingDecidesNothing()
    {
        RecordingReader reader;
        QList<LessonProblem> problems;
        for (const Ask ask : {Ask::Order, Ask::Queue, Ask::Next, Ask::Choice}) {
            LessonQuestion question;
            question.ask = ask;
            QVERIFY(!PredictionTruth::find(question, reader, {}, problems));
        }
        QCOMPARE(problems.size(), 4);
    }
};

QTEST_GUILESS_MAIN(PredictionTruthTest)
#include "PredictionTruthTest.moc"
