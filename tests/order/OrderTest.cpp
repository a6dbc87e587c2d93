// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"
#include "ProgramGenerator.h"
#include "RecordingForm.h"
#include "RecordingRules.h"
#include "recording/RecordingWriter.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int GeneratedPrograms = 60;

Event made(EventKind kind, SubjectId subject = 0, int detail = 0, Phase phase = Phase::None, quint64 time = 0, qint64 value = 0)
{
    Event event;
    event.kind = kind;
    event.subject = subject;
    event.detail = static_cast<quint8>(detail);
    event.time = time;
    event.value = value;
    event.setPhase(phase);
    return event;
}

Event caused(SubjectId cause, Event event)
{
    event.cause = cause;
    return event;
}

Event inLane(quint16 lane, Event event)
{
    event.setPhase(event.phase(), lane);
    return event;
}

/// Hand-written programs that print things that depend on the seed (process ids in file names and the like) are not for comparing bytes.
bool isSuited(const QString &name)
{
    static const QStringList starts{QStringLiteral("order-"), QStringLiteral("timers-"), QStringLiteral("promises-"),
        QStringLiteral("async"), QStringLiteral("forawait-"), QStringLiteral("process-uncaught"), QStringLiteral("process-before-exit"),
        QStringLiteral("esm-"), QStringLiteral("cjs-c"), QStringLiteral("fs-order"), QStringLiteral("stream-")};
    const QString file = QFileInfo(name).fileName();
    return std::any_of(starts.begin(), starts.end(), [&file](const QString &start) { return file.startsWith(start); });
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// What must hold in the recording of any program, whatever it prints.
class OrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void brokenRulesAreFound_data();
    void brokenRulesAreFound();
    void faultsAreFound_data();
    void faultsAreFound();
    void isWellFormed_data() { addRows(m_allPrograms); }
    void isWellFormed();
    void rulesHold_data() { addRows(m_programs); }
    void rulesHold();
    void sameSeedSameBytes_data() { addRows(m_programs); }
    void sameSeedSameBytes();
    void otherSeedSameUnlessFree_data() { addRows(m_programs); }
    void otherSeedSameUnlessFree();
    void freeChoiceGoesBothWays();
    void detailLevelsKeepTheOrder();
    void statementsCostTheSameAtEveryLevel();
    void longCallbacksAreCounted_data();
    void longCallbacksAreCounted();

private:
    static void addRows(const QStringList &programs);
    /// Opens a recording that holds these events.
    void openMade(const std::vector<Event> &events, RecordingReader &reader) const;
    /// Records a run and gives the path; always the same path, as the command line is part of a recording.
    QString record(const QString &program, const QStringList &options = {}) const;

    QTemporaryDir m_folder;
    QStringList m_allPrograms;
    QStringList m_programs; ///< those whose recording says the same every time
};

void OrderTest::initTestCase()
{
    QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
    for (const OracleProgram &program : OracleProgram::all(QStringLiteral(LOOPSCOPE_ORACLE_FOLDER))) {
        m_allPrograms.append(program.path);
        if (isSuited(program.name))
            m_programs.append(program.path);
    }
    QVERIFY(m_programs.size() > 50);
    for (int seed = 1001; seed <= 1000 + GeneratedPrograms; ++seed) {
        QFile file(m_folder.filePath(QStringLiteral("seed-%1.js").arg(seed)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ProgramGenerator(static_cast<std::uint64_t>(seed)).program());
        m_programs.append(file.fileName());
        m_allPrograms.append(file.fileName());
    }
}

void OrderTest::addRows(const QStringList &programs)
{
    QTest::addColumn<QString>("program");
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORDER_EVERY"));
    for (qsizetype i = 0; i < programs.size(); i += every)
        QTest::newRow(qPrintable(QFileInfo(programs[i]).fileName())) << programs[i];
}

QString OrderTest::record(const QString &program, const QStringList &options) const
{
    QString path = m_folder.filePath(QStringLiteral("run.lscope"));
    QFile::remove(path);
    const QStringList arguments = QStringList{QStringLiteral("run"), QStringLiteral("--record"), path} + options + QStringList{program};
    const Outcome outcome = runProcess(loopscopeProgram(), arguments, QFileInfo(program).absolutePath());
    if (!outcome.problem.isEmpty())
        qWarning("%s: %s %s", qPrintable(program), qPrintable(outcome.problem), qPrintable(outcome.standardError.right(500)));
    return path;
}

void OrderTest::brokenRulesAreFound_data()
{
    using Events = std::vector<Event>;
    const auto task = [](TaskKind kind) { return static_cast<int>(kind); };
    const Event iteration = made(EventKind::IterationStarted);
    const Event check = made(EventKind::PhaseEntered, 0, 0, Phase::Check);
    const Event tick = made(EventKind::TaskCreated, 1, task(TaskKind::Tick));
    const Event microtask = made(EventKind::TaskCreated, 2, task(TaskKind::PromiseReaction));
    const Event immediate = made(EventKind::TaskCreated, 3, task(TaskKind::Immediate));
    const Event immediateBegins = made(EventKind::TaskBegun, 3, task(TaskKind::Immediate), Phase::Check);
    const Event timer = made(EventKind::TaskCreated, 4, task(TaskKind::Timeout));

    QTest::addColumn<Events>("events");
    QTest::addColumn<QString>("broken"); // part of the sentence; empty: nothing is broken
    QTest::newRow("nothing") << Events{immediate, iteration, check, immediateBegins,
        made(EventKind::TaskEnded, 3, task(TaskKind::Immediate))}
                             << QString();
    QTest::newRow("tick waits") << Events{immediate, iteration, check, tick, immediateBegins} << QStringLiteral("begins while 1 ticks");
    QTest::newRow("microtask waits") << Events{microtask, iteration} << QStringLiteral("phase starts while 0 ticks and 1 microtasks");
    QTest::newRow("microtask before tick") << Events{tick, microtask, made(EventKind::TaskBegun, 2, task(TaskKind::PromiseReaction))}
                                           << QStringLiteral("begins while 1 ticks wait");
    QTest::newRow("never created") << Events{iteration, check, immediateBegins} << QStringLiteral("never created");
    QTest::newRow("twice") << Events{immediate, iteration, check, immediateBegins, made(EventKind::TaskEnded, 3, task(TaskKind::Immediate)),
        immediateBegins} << QStringLiteral("was cancelled or has run");
    QTest::newRow("cancelled") << Events{immediate, made(EventKind::TaskCancelled, 3), iteration, check, immediateBegins}
                               << QStringLiteral("was cancelled or has run");
    QTest::newRow("never ends") << Events{immediate, iteration, check, immediateBegins} << QStringLiteral("never ended");
    QTest::newRow("wrong phase") << Events{immediate, made(EventKind::TaskBegun, 3, task(TaskKind::Immediate), Phase::Poll)}
                                 << QStringLiteral("in phase 4");
    QTest::newRow("phase order") << Events{iteration, check, made(EventKind::PhaseEntered, 0, 0, Phase::Poll)}
                                 << QStringLiteral("after phase 5");
    QTest::newRow("early timer") << Events{timer, made(EventKind::TimerArmed, 4, 0, Phase::None, 0, 9'000'000), iteration,
        made(EventKind::TaskBegun, 4, task(TaskKind::Timeout), Phase::Timers, 7'000'000)}
                                 << QStringLiteral("early");
    QTest::newRow("time") << Events{made(EventKind::IterationStarted, 0, 0, Phase::None, 50), iteration}
                          << QStringLiteral("time went back");
}

void OrderTest::brokenRulesAreFound()
{
    QFETCH(std::vector<Event>, events);
    QFETCH(QString, broken);
    RecordingReader reader;
    openMade(events, reader);
    const QString found = RecordingRules(reader).firstBrokenRule();
    QVERIFY2(broken.isEmpty() ? found.isEmpty() : found.contains(broken), qPrintable(found));
}

void OrderTest::openMade(const std::vector<Event> &events, RecordingReader &reader) const
{
    const QString path = m_folder.filePath(QStringLiteral("made.lscope"));
    QString error;
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(path, &error);
    QVERIFY2(writer, qPrintable(error));
    writer->append(made(EventKind::RunStarted));
    for (const Event &event : events)
        writer->append(event);
    writer->append(made(EventKind::RunEnded, 0, 0, Phase::None, events.back().time));
    writer->finish();
    QVERIFY(reader.open(path));
}

void OrderTest::faultsAreFound_data()
{
    using Events = std::vector<Event>;
    const int kind = static_cast<int>(TaskKind::Script);
    const Event created = made(EventKind::TaskCreated, 1, kind);
    const Event begun = made(EventKind::TaskBegun, 1, kind);
    const Event ended = made(EventKind::TaskEnded, 1, kind);
    const Event inner = caused(1, made(EventKind::TaskCreated, 2, kind));
    const Event innerBegun = caused(1, made(EventKind::TaskBegun, 2, kind));
    const Event promise = caused(1, made(EventKind::PromiseCreated, 3, 1));
    const Event fulfilled = caused(1, made(EventKind::PromiseFulfilled, 3));
    const Event request = made(EventKind::IoStarted, 4, 0, Phase::None, 0, 1);

    QTest::addColumn<Events>("events");
    QTest::addColumn<QString>("fault"); // part of the sentence; empty: all is well
    const auto row = [](const char *name, const Events &events, const char *fault) {
        QTest::newRow(name) << events << QString::fromLatin1(fault);
    };
    row("nothing", {created, begun, promise, fulfilled, ended}, "");
    row("time", {made(EventKind::IterationStarted, 0, 0, Phase::None, 9, 1), made(EventKind::TaskCreated, 1)}, "time goes back");
    row("twice", {created, created}, "created twice");
    row("never created", {begun}, "never created");
    row("no cause", {created, begun, made(EventKind::PromiseCreated, 3, 1)}, "cause is 0, but task 1 runs");
    row("unknown cause", {caused(7, created)}, "cause 7 was never created");
    row("outside", {created, promise}, "while no task runs");
    row("other cause", {created, caused(1, inner), begun, made(EventKind::TaskBegun, 2, kind)}, "as something else");
    row("crossed", {created, inner, begun, innerBegun, ended}, "not the innermost");
    row("never ended", {created, begun}, "never ended");
    row("ended twice", {created, begun, ended, ended}, "not the innermost");
    row("settled twice", {created, begun, promise, fulfilled, fulfilled}, "settled twice");
    row("resumed", {created, begun, promise, caused(1, made(EventKind::AwaitResumed, 3, 0, Phase::None, 0, 3))}, "not suspended");
    row("statement", {created, begun, caused(1, made(EventKind::Statement))}, "in no call");
    row("no text", {created, made(EventKind::SubjectNamed, 1)}, "has no text");
    row("request", {inLane(1, request)}, "never submitted");
    row("lane", {inLane(2, created)}, "main lane");
    row("wait", {made(EventKind::PollWaitStarted)}, "starts to wait");
}

void OrderTest::faultsAreFound()
{
    QFETCH(std::vector<Event>, events);
    QFETCH(QString, fault);
    RecordingReader reader;
    openMade(events, reader);
    const QString found = RecordingForm(reader).firstFault();
    QVERIFY2(fault.isEmpty() ? found.isEmpty() : found.contains(fault), qPrintable(found));
}

void OrderTest::isWellFormed()
{
    QFETCH(QString, program);
    RecordingReader reader;
    QVERIFY2(reader.open(record(program, {QStringLiteral("--detail"), QStringLiteral("statements")})), qPrintable(reader.problem()));
    QVERIFY2(reader.incompleteness().isEmpty(), qPrintable(reader.incompleteness()));
    const QString fault = RecordingForm(reader).firstFault();
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void OrderTest::rulesHold()
{
    QFETCH(QString, program);
    RecordingReader reader;
    QVERIFY2(reader.open(record(program)), qPrintable(reader.problem()));
    QVERIFY2(reader.problem().isEmpty(), qPrintable(reader.problem()));
    QVERIFY(reader.isComplete());
    const QString broken = RecordingRules(reader).firstBrokenRule();
    QVERIFY2(broken.isEmpty(), qPrintable(broken));
}

void OrderTest::sameSeedSameBytes()
{
    QFETCH(QString, program);
    const QByteArray first = contentOf(record(program, {QStringLiteral("--seed"), QStringLiteral("5")}));
    const QByteArray second = contentOf(record(program, {QStringLiteral("--seed"), QStringLiteral("5")}));
    QVERIFY(first.size() > 64);
    QCOMPARE(first.size(), second.size());
    for (qsizetype i = 0; i < first.size(); ++i) {
        if (first[i] != second[i])
            QFAIL(qPrintable(QStringLiteral("the recordings differ at byte %1, unit %2").arg(i).arg(i / 32)));
    }
}

void OrderTest::otherSeedSameUnlessFree()
{
    QFETCH(QString, program);
    RecordingReader first;
    QVERIFY(first.open(record(program, {QStringLiteral("--seed"), QStringLiteral("5")})));
    const RecordingRules firstRules(first);
    const QStringList firstOrder = firstRules.order();
    const bool isFree = firstRules.hasFreedom();
    RecordingReader second;
    QVERIFY(second.open(record(program, {QStringLiteral("--seed"), QStringLiteral("6")})));
    if (isFree)
        QSKIP("Node itself may go either way in this program");
    QCOMPARE(RecordingRules(second).order(), firstOrder);
}

void OrderTest::freeChoiceGoesBothWays()
{
    QFile file(m_folder.filePath(QStringLiteral("free.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("setTimeout(() => console.log('timeout'), 0);\nsetImmediate(() => console.log('immediate'));\n");
    file.close();
    QSet<QString> outputs;
    for (int seed = 1; seed <= 16; ++seed) {
        RecordingReader reader;
        QVERIFY(reader.open(record(file.fileName(), {QStringLiteral("--seed"), QString::number(seed)})));
        QVERIFY2(RecordingRules(reader).hasFreedom(), "the free choice is not marked");
        outputs.insert(RecordingRules(reader).order().join(u'\n'));
    }
    QCOMPARE(outputs.size(), 2);
}

void OrderTest::detailLevelsKeepTheOrder()
{
    for (qsizetype i = 0; i < m_programs.size(); i += 9) {
        QStringList orders;
        for (const char *detail : {"tasks", "calls", "statements"}) {
            RecordingReader reader;
            QVERIFY(reader.open(record(m_programs[i], {QStringLiteral("--detail"), QString::fromLatin1(detail)})));
            orders.append(RecordingRules(reader).order().join(u'\n'));
        }
        QCOMPARE(orders[1], orders[0]);
        QCOMPARE(orders[2], orders[0]);
    }
}

void OrderTest::statementsCostTheSameAtEveryLevel()
{
    QFile file(m_folder.filePath(QStringLiteral("busy.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "let n = 0;\nfor (let i = 0; i < 5000; ++i) { n += i; }\nsetTimeout(() => { while (Date.now() < 1e15 && ++n % 999); }, 3);\n");
    file.close();
    QSet<quint64> endings;
    for (const char *detail : {"tasks", "calls", "statements"}) {
        RecordingReader reader;
        QVERIFY(reader.open(record(file.fileName(), {QStringLiteral("--detail"), QString::fromLatin1(detail)})));
        endings.insert(reader.event(reader.eventCount() - 1).time);
    }
    QCOMPARE(endings.size(), 1);
    QVERIFY2(*endings.begin() > 3'000'000, "virtual time does not move");
}

void OrderTest::longCallbacksAreCounted_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("isCapped");
    QTest::addColumn<qint64>("statements");
    const QStringList capped{QStringLiteral("--callback-cap"), QStringLiteral("1000")};
    const QStringList statements{QStringLiteral("--detail"), QStringLiteral("statements")};
    QTest::newRow("calls") << capped << true << qint64(0);
    QTest::newRow("statements") << capped + statements << true << qint64(200'004);
    QTest::newRow("all statements") << statements << false << qint64(200'004);
}

void OrderTest::longCallbacksAreCounted()
{
    QFETCH(QStringList, options);
    QFETCH(bool, isCapped);
    QFETCH(qint64, statements);
    QFile file(m_folder.filePath(QStringLiteral("long.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("function next(n) { return n + 1; }\nfor (let i = 0; i < 100000;) i = next(i);\nsetTimeout(() => next(1), 5);\n");
    file.close();
    RecordingReader reader;
    QVERIFY(reader.open(record(file.fileName(), options)));
    const QString fault = RecordingForm(reader).firstFault();
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
    qint64 recorded[2] = {0, 0}; // statements, calls
    qint64 leftOut[2] = {0, 0};
    for (quint64 i = 0; i < reader.eventCount(); ++i) {
        const Event event = reader.event(i);
        if (event.kind == EventKind::Statement || (event.kind == EventKind::CallEntered && (event.detail & CallSampled) == 0))
            ++recorded[event.kind == EventKind::CallEntered ? 1 : 0];
        else if (event.kind == EventKind::StatementsCapped)
            leftOut[event.detail] += event.value;
    }
    QCOMPARE(recorded[0] + leftOut[0], statements);
    QCOMPARE(recorded[1] + leftOut[1], qint64(100'003)); // with the bodies of the file and of the timer's callback
    QCOMPARE(leftOut[1] > 0, isCapped);
    QVERIFY(!isCapped || recorded[0] + recorded[1] < 1010);
}

QTEST_GUILESS_MAIN(OrderTest)
#include "OrderTest.moc"
