// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"
#include "ProgramGenerator.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Explainer.h"
#include "state/StateTimeline.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace loopscope;
using Topic = Explanation::Topic;

namespace {

constexpr int GeneratedPrograms = 20;

/// One of everything that waits.
const QByteArray program = "const fs = require('fs');\n"
                           "process.on('exit', function bye() {});\n"
                           "setTimeout(function ping() { clearTimeout(late); }, 20);\n"
                           "const late = setTimeout(function never() {}, 50);\n"
                           "setImmediate(function later() {\n"
                           "  setImmediate(function evenLater() {});\n"
                           "});\n"
                           "fs.readFile(__filename, function show() {});\n"
                           "process.nextTick(function tick() {});\n"
                           "Promise.resolve().then(function react() {});\n"
                           "async function load() {\n"
                           "  await null;\n"
                           "  return 1;\n"
                           "}\n"
                           "load().then(function loaded() {});\n"
                           "async function wrap() { return load(); }\n"
                           "wrap();\n"
                           "Promise.reject(new Error('lost')).catch(function caught() {});\n"
                           "setTimeout(function ask() { setInterval(function again() { clearInterval(this); }, 5); }, 30);\n";

/// A recording with all that explains it.
struct Recorded
{
    explicit Recorded(const QString &path)
        : isOpen(reader.open(path))
        , timeline(reader)
        , text(reader, timeline.index())
        , explainer(reader, timeline.index(), text)
    {
        timeline.update();
    }

    RecordingReader reader;
    bool isOpen;
    StateTimeline timeline;
    EventText text;
    Explainer explainer;
};

QString withoutLinks(QString text)
{
    static const QRegularExpression link(QStringLiteral("\\[((?:`[^`]*`|[^\\]`])*)\\]\\((?:site|event):\\d+\\)"));
    return text.replace(link, QStringLiteral("\\1"));
}

/// The answers of one topic, a line each, links as their words.
QString answers(const std::vector<Explanation> &all, Topic topic)
{
    QStringList texts;
    for (const Explanation &each : all) {
        if (each.topic == topic)
            texts.append(withoutLinks(each.text));
    }
    return texts.join(QLatin1Char('\n'));
}

/// Every marked link must lead somewhere in this recording.
QString brokenLink(const QString &text, const Recorded &recorded)
{
    static const QRegularExpression target(QStringLiteral("\\]\\((site|event):(\\d+)\\)"));
    for (auto matches = target.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        const quint64 number = match.captured(2).toULongLong();
        const bool leads = match.captured(1) == QLatin1String("site") ? recorded.reader.place(static_cast<SiteId>(number)).isValid()
                                                                      : number < recorded.reader.eventCount();
        if (!leads)
            return match.captured(0);
    }
    return {};
}

/// True if an event from `first` up to `end` adds to what waits, takes from it or lets it become ready.
bool changesWhatWaits(const RecordingReader &reader, quint64 first, quint64 end)
{
    for (quint64 index = first; index < end; ++index) {
        switch (reader.event(index).kind) {
        case EventKind::TaskCreated:
        case EventKind::TaskReady:
        case EventKind::TaskCancelled:
        case EventKind::TaskRearmed:
        case EventKind::TimerArmed:
        case EventKind::IoCompleted:
        case EventKind::PhaseEntered:
            return true;
        default:
            break;
        }
    }
    return false;
}

} // namespace

/// What the why panel says about recordings of real programs.
class ExplanationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyMomentHasItsRule();
    void moments_data();
    void moments();
    void choicesAreNamed();
    void forecastsComeTrue();
    void forecasts_data();
    void forecasts();
    void itemsAreExplained();

private:
    QString record(const QString &program) const;
    QString recordText(const QByteArray &text, const QString &name) const;
    QString faultAt(Recorded &recorded, quint64 cursor) const;

    QTemporaryDir m_folder;
};

void ExplanationTest::initTestCase()
{
    QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
}

QString ExplanationTest::record(const QString &program) const
{
    QString path = m_folder.filePath(QStringLiteral("run.lscope"));
    QFile::remove(path);
    const QStringList arguments{QStringLiteral("run"), QStringLiteral("--detail"), QStringLiteral("statements"),
        QStringLiteral("--max-events"), QStringLiteral("20000"), QStringLiteral("--record"), path, program};
    runProcess(loopscopeProgram(), arguments, QFileInfo(program).absolutePath());
    return path;
}

QString ExplanationTest::recordText(const QByteArray &text, const QString &name) const
{
    QFile file(m_folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    file.close();
    return record(file.fileName());
}

/// What is wrong with the answers after `cursor` events; empty if nothing is.
QString ExplanationTest::faultAt(Recorded &recorded, quint64 cursor) const
{
    const auto all = recorded.explainer.explain(recorded.timeline.stateAt(cursor), Explainer::Depth::Mechanism);
    for (const Topic topic : {Topic::JustNow, Topic::Because, Topic::Mechanism}) {
        if (answers(all, topic).isEmpty())
            return QStringLiteral("no answer of topic %1").arg(static_cast<int>(topic));
    }
    for (const Explanation &each : all) {
        static const QRegularExpression placeholder(QStringLiteral("%L?\\d"));
        const bool isCode = each.text.contains(QLatin1Char('`')); // which may hold anything
        if (!each.text.endsWith(QLatin1Char('.')))
            return QStringLiteral("no sentence: ") + each.text;
        if (!isCode && each.text.contains(placeholder))
            return QStringLiteral("a place was not filled: ") + each.text;
        if (const QString link = brokenLink(each.text, recorded); !link.isEmpty())
            return QStringLiteral("leads nowhere: ") + link;
    }
    return {};
}

void ExplanationTest::everyMomentHasItsRule()
{
    QStringList programs;
    for (const OracleProgram &program : OracleProgram::all(QStringLiteral(LOOPSCOPE_ORACLE_FOLDER)))
        programs.append(program.path);
    QVERIFY(programs.size() > 200);
    for (int seed = 1; seed <= GeneratedPrograms; ++seed) {
        QFile file(m_folder.filePath(QStringLiteral("seed-%1.js").arg(seed)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ProgramGenerator(static_cast<std::uint64_t>(seed)).program());
        programs.append(file.fileName());
    }
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORDER_EVERY"));
    QSet<quint32> seen;
    for (qsizetype i = 0; i < programs.size(); i += every) {
        Recorded recorded(record(programs[i]));
        QVERIFY2(recorded.isOpen, qPrintable(programs[i]));
        QSet<quint32> here; // each kind of moment once a program is enough: the templates are the same
        for (quint64 index = 0; index < recorded.reader.eventCount(); ++index) {
            const Event event = recorded.reader.event(index);
            const auto created = recorded.timeline.index().history(event.subject).created;
            const quint32 subjectKind = created ? recorded.reader.event(*created).detail : 0;
            const quint32 key = static_cast<quint32>(event.kind) << 16U | static_cast<quint32>(event.detail) << 8U | subjectKind;
            if (here.contains(key))
                continue;
            here.insert(key);
            const QString fault = faultAt(recorded, index + 1);
            QVERIFY2(fault.isEmpty(),
                qPrintable(QStringLiteral("%1, event %2 (%3): %4").arg(programs[i]).arg(index).arg(recorded.text.what(index), fault)));
        }
        seen.unite(here);
    }
    QVERIFY2(every > 1 || seen.size() > 100, qPrintable(QString::number(seen.size())));
}

/// A moment of `program` is found by its row in the event list; the texts are those of the why panel.
void ExplanationTest::moments_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("justNow");
    QTest::addColumn<QString>("because");
    QTest::addColumn<QString>("askedBy");
    QTest::addColumn<QString>("next");
    QTest::newRow("tick")
        << QStringLiteral("tick `tick` begun") << QStringLiteral("The tick `tick` runs now.")
        << QStringLiteral("The nextTick queue is emptied after every callback, before promise reactions and before the loop goes on.")
        << QStringLiteral("Line 9, while the script `golden.js` ran, just now.")
        << QStringLiteral("`tick` is called. When `tick` has ended, `react` runs: microtasks come before the loop goes on.");
    QTest::newRow("reaction queued") << QStringLiteral("promise reaction `loaded` created")
                                     << QStringLiteral(
                                            "The promise of `load` is fulfilled, so its reaction `loaded` joined the microtask queue.")
                                     << QStringLiteral("The promise is settled, so its handler joined the microtask queue.")
                                     << QStringLiteral("Line 15, through the promise of `load`, just now.")
                                     << QStringLiteral(
                                            "`load` is left. When `load` has ended, `load` runs: microtasks come before the loop goes on.");
    QTest::newRow("await goes on") << QStringLiteral("await continuation `load` begun")
                                   << QStringLiteral("`load` goes on after its `await`.")
                                   << QStringLiteral(
                                          "The nextTick queue is empty, so microtasks run until none is left; only then the loop goes on.")
                                   << QStringLiteral("Line 12, through the promise that `Promise.resolve` made at line 12, just now.")
                                   << QStringLiteral("When `load` has ended, `load` runs: microtasks come before the loop goes on.");
    QTest::newRow("promise returned")
        << QStringLiteral("promise 15 of async function `wrap` follows promise 16")
        << QStringLiteral(
               "The promise of `wrap` was resolved with another promise, the promise of `load`: from now on it follows that one.")
        << QStringLiteral("A promise that is resolved with another one takes over its state, whatever that becomes.") << QString()
        << QStringLiteral("When `golden.js` has ended, `tick` runs: the nextTick queue comes first.");
    QTest::newRow("job of a followed promise")
        << QStringLiteral("thenable job `adopt a promise` begun")
        << QStringLiteral("The job that makes the promise of `wrap` follow another promise runs now.")
        << QStringLiteral("The nextTick queue is empty, so microtasks run until none is left; only then the loop goes on.")
        << QStringLiteral("Line 12, through the promise of `wrap`, just now.")
        << QStringLiteral("When the job that follows a promise has ended, `caught` runs: microtasks come before the loop goes on.");
    QTest::newRow("immediate") << QStringLiteral("immediate `later` begun") << QStringLiteral("The immediate `later` runs now.")
                               << QStringLiteral("The check phase runs what `setImmediate` queued before the phase began, in that order.")
                               << QStringLiteral("Line 5, while the script `golden.js` ran, 0.002 ms ago.")
                               << QStringLiteral("`later` is called. When `later` has ended, `evenLater` runs: made in the check phase, it "
                                                 "has to wait for the next iteration's.");
    QTest::newRow("immediate made by an immediate")
        << QStringLiteral("immediate `evenLater` created") << QStringLiteral("The immediate `evenLater` was set at line 6.")
        << QStringLiteral(
               "The check phase runs only what waited when it began: an immediate made by an immediate runs in the next iteration.")
        << QStringLiteral("Line 6, while the immediate `later` ran, just now.")
        << QStringLiteral("`later` is left. When `later` has ended, `evenLater` runs: made in the check phase, it has to wait for the next "
                          "iteration's.");
    QTest::newRow("poll") << QStringLiteral("poll waits for at most 20.000 ms") << QStringLiteral("Poll waits for I/O, at most 20.0 ms.")
                          << QStringLiteral("Nothing is ready: the loop sleeps until I/O completes or the next timer is due.") << QString()
                          << QStringLiteral("`show` is the next callback: poll runs it as soon as its request is done.");
    QTest::newRow("request done") << QStringLiteral("I/O callback `show` of `readFile golden.js` ready")
                                  << QStringLiteral("The request `readFile golden.js` is done, so its callback `show` can run.")
                                  << QStringLiteral("Its request is done; its callback waits for the poll phase.")
                                  << QStringLiteral("Line 8, for the request `readFile golden.js`, 1.3 ms ago.")
                                  << QStringLiteral("Poll wakes up. `show` is the next callback: poll runs the callbacks of finished I/O.");
    QTest::newRow("I/O callback")
        << QStringLiteral("I/O callback `show` of `readFile golden.js` begun") << QStringLiteral("The I/O callback `show` runs now.")
        << QStringLiteral("Its request is done, and the poll phase runs callbacks of finished I/O.")
        << QStringLiteral("Line 8, for the request `readFile golden.js`, 1.3 ms ago.")
        << QStringLiteral(
               "`show` is called. When `show` has ended, `ping` runs: nothing else is ready before its time comes, 18.7 ms from now.");
    QTest::newRow("timer")
        << QStringLiteral("timeout `ping` begun") << QStringLiteral("The timeout `ping` runs now.")
        << QStringLiteral("Its time has come, and the timers phase runs all timers that are due.")
        << QStringLiteral("Line 3, while the script `golden.js` ran, 20.3 ms ago.")
        << QStringLiteral(
               "`ping` is called. When `ping` has ended, `ask` runs: nothing else is ready before its time comes, 9.7 ms from now.");
    QTest::newRow("cancelled")
        << QStringLiteral("timeout `never` cancelled") << QStringLiteral("The timeout `never` was cancelled at line 3.")
        << QStringLiteral("It was cleared before it ran, so it never will.")
        << QStringLiteral("Line 4, while the script `golden.js` ran, 20.3 ms ago.")
        << QStringLiteral(
               "`ping` is left. When `ping` has ended, `ask` runs: nothing else is ready before its time comes, 9.7 ms from now.");
    QTest::newRow("interval") << QStringLiteral("interval `again` begun") << QStringLiteral("The interval `again` runs now.")
                              << QStringLiteral("Its time has come, and the timers phase runs all timers that are due.")
                              << QStringLiteral("Line 19, while the timeout `ask` ran, 5.0 ms ago.")
                              << QStringLiteral("`again` is called.");
    QTest::newRow("exit") << QStringLiteral("process event `exit` begun") << QStringLiteral("`process` emits `exit`; its handlers run now.")
                          << QStringLiteral(
                                 "The process is about to end: its handlers run to their end, and what they schedule never runs.")
                          << QString() << QStringLiteral("`bye` is called.");
    QTest::newRow("end") << QStringLiteral("run ended: finished, exit code 0") << QStringLiteral("The run ended: finished, exit code 0.")
                         << QStringLiteral("Nothing keeps the loop alive any more.") << QString()
                         << QStringLiteral("Nothing: the run is over.");
}

void ExplanationTest::moments()
{
    QFETCH(QString, what);
    QFETCH(QString, justNow);
    QFETCH(QString, because);
    QFETCH(QString, askedBy);
    QFETCH(QString, next);
    Recorded recorded(recordText(program, QStringLiteral("golden.js")));
    QVERIFY(recorded.isOpen);
    quint64 cursor = 0;
    for (quint64 index = 0; index < recorded.reader.eventCount() && cursor == 0; ++index) {
        if (recorded.text.what(index) == what)
            cursor = index + 1;
    }
    QVERIFY2(cursor > 0, qPrintable(what));
    const auto all = recorded.explainer.explain(recorded.timeline.stateAt(cursor));
    QCOMPARE(answers(all, Topic::JustNow), justNow);
    QCOMPARE(answers(all, Topic::Because), because);
    QCOMPARE(answers(all, Topic::AskedBy), askedBy);
    QCOMPARE(answers(all, Topic::Next), next);
}

/// Where Node may go either way, that is said at the choice and of what it let run first, and of nothing else.
void ExplanationTest::choicesAreNamed()
{
    Recorded recorded(recordText(
        "setTimeout(function a() {}, 0);\nsetImmediate(function b() {});\nsetTimeout(function c() {}, 9);\n", QStringLiteral("choice.js")));
    QVERIFY(recorded.isOpen);
    const RecordingIndex &index = recorded.timeline.index();
    const quint64 choice = index.next(0, Landmark::FreeChoice).value();
    const auto said = [&](quint64 cursor) {
        return answers(recorded.explainer.explain(recorded.timeline.stateAt(cursor)), Topic::FreeChoice);
    };
    QVERIFY(said(choice).contains(QStringLiteral("either way")));
    const quint64 first = index.next(choice, Landmark::TaskBegun).value();
    QVERIFY2(said(first).contains(QStringLiteral("the other way round")), qPrintable(said(first)));
    QCOMPARE(said(index.next(first, Landmark::TaskBegun).value()), QString());
    QCOMPARE(said(1), QString());
    // Where the timer has been due for long when the loop begins, there is none.
    Recorded late(recordText("setTimeout(function a() {}, 0);\nsetImmediate(function b() {});\nconst end = Date.now() + 10;\n"
                             "while (Date.now() < end);\n",
        QStringLiteral("late.js")));
    QVERIFY(late.isOpen);
    QVERIFY(!late.timeline.index().next(0, Landmark::FreeChoice));
}

/// What the rules foretell at every moment of real programs is what then happens, unless something new was asked for or came meanwhile.
void ExplanationTest::forecastsComeTrue()
{
    using Turn = Forecast::Turn;
    QSet<int> seen;
    quint64 kept = 0;
    const auto all = OracleProgram::all(QStringLiteral(LOOPSCOPE_ORACLE_FOLDER));
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORDER_EVERY"));
    for (size_t i = 0; i < all.size(); i += static_cast<size_t>(every)) {
        Recorded recorded(record(all[i].path));
        QVERIFY2(recorded.isOpen, qPrintable(all[i].path));
        const RecordingIndex &index = recorded.timeline.index();
        const quint64 count = std::min<quint64>(recorded.reader.eventCount(), 2000);
        for (quint64 cursor = 1; cursor < count; ++cursor) {
            const Forecast forecast = recorded.explainer.forecast(recorded.timeline.stateAt(cursor));
            const std::optional<quint64> begun = index.next(cursor, Landmark::TaskBegun);
            if (!begun || forecast.task == 0 || forecast.turn == Turn::Waits || changesWhatWaits(recorded.reader, cursor, *begun - 1))
                continue;
            seen.insert(static_cast<int>(forecast.turn));
            ++kept;
            QVERIFY2(recorded.reader.event(*begun - 1).subject == forecast.task,
                qPrintable(QStringLiteral("%1, event %2 (%3): foretold %4, turn %5; then %6")
                               .arg(all[i].path)
                               .arg(cursor - 1)
                               .arg(recorded.text.what(cursor - 1), recorded.text.subjectName(forecast.task))
                               .arg(static_cast<int>(forecast.turn))
                               .arg(recorded.text.what(*begun - 1))));
        }
    }
    QVERIFY2(every > 1 || (seen.size() >= 6 && kept > 5000), qPrintable(QStringLiteral("%1, %2").arg(seen.size()).arg(kept)));
}

/// A moment at the head of a live run: what is not recorded yet is told by the rules.
void ExplanationTest::forecasts_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("turn");
    using Turn = Forecast::Turn;
    QTest::newRow("script that asked for nothing") << QStringLiteral("script `golden.js` begun") << int(Turn::NothingWaits);
    QTest::newRow("script") << QStringLiteral("timeout `ping` created") << int(Turn::LoopBegins);
    QTest::newRow("tick") << QStringLiteral("tick `tick` begun") << int(Turn::Microtask);
    QTest::newRow("between microtasks") << QStringLiteral("promise reaction `loaded` ended") << int(Turn::Microtask);
    QTest::newRow("timer") << QStringLiteral("timeout `ping` begun") << int(Turn::AfterTimers);
    QTest::newRow("poll") << QStringLiteral("poll waits for at most 20.000 ms") << int(Turn::Waits);
    QTest::newRow("immediate") << QStringLiteral("immediate `later` begun") << int(Turn::AfterCheck);
    QTest::newRow("I/O callback") << QStringLiteral("I/O callback `show` of `readFile golden.js` begun") << int(Turn::AfterPoll);
}

void ExplanationTest::forecasts()
{
    QFETCH(QString, what);
    QFETCH(int, turn);
    Recorded recorded(recordText(program, QStringLiteral("golden.js")));
    for (quint64 index = 0; index < recorded.reader.eventCount(); ++index) {
        if (recorded.text.what(index) == what) {
            QCOMPARE(int(recorded.explainer.forecast(recorded.timeline.stateAt(index + 1)).turn), turn);
            return;
        }
    }
    QFAIL("no such moment");
}

/// A timer, a request and a promise that wait; the chain of a reaction leads back to the script.
void ExplanationTest::itemsAreExplained()
{
    Recorded recorded(recordText(program, QStringLiteral("golden.js")));
    QVERIFY(recorded.isOpen);
    const auto explained = [&](const QString &what, Topic topic) {
        for (quint64 index = 0; index < recorded.reader.eventCount(); ++index) {
            if (recorded.text.what(index) == what)
                return answers(
                    recorded.explainer.explainItem(recorded.reader.event(index).subject, recorded.timeline.stateAt(index + 1)), topic);
        }
        return QStringLiteral("no such moment");
    };
    QCOMPARE(explained(QStringLiteral("timeout `ping` created"), Topic::Item), QStringLiteral("The timeout `ping` waits."));
    QCOMPARE(explained(QStringLiteral("timeout `ping` due at 20.000 ms"), Topic::Waiting),
        QStringLiteral("Its time comes at 20.0 ms, 20.0 ms from now."));
    QCOMPARE(explained(QStringLiteral("file request `readFile golden.js` submitted"), Topic::Waiting),
        QStringLiteral("It waits for a free thread of the pool."));
    QCOMPARE(explained(QStringLiteral("file request `readFile golden.js` started on pool thread 1"), Topic::Waiting),
        QStringLiteral("Thread 1 of the pool works on it, since 0.00 ms."));
    const QStringList chain = explained(QStringLiteral("promise reaction `loaded` created"), Topic::Chain).split(QLatin1Char('\n'));
    QVERIFY2(chain.size() >= 4, qPrintable(chain.join(QLatin1Char('\n'))));
    QVERIFY2(chain.constFirst().contains(QStringLiteral("`loaded` joined the microtask queue")), qPrintable(chain.constFirst()));
    QVERIFY2(chain.constLast().contains(QStringLiteral("script `golden.js`")), qPrintable(chain.constLast()));
}

QTEST_GUILESS_MAIN(ExplanationTest)
#include "ExplanationTest.moc"
