// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"
#include "ProgramGenerator.h"
#include "RecordingRules.h"
#include "recording/RecordingWriter.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int GeneratedPrograms = 60;

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
    void rulesHold_data() { addRows(); }
    void rulesHold();
    void sameSeedSameBytes_data() { addRows(); }
    void sameSeedSameBytes();
    void otherSeedSameUnlessFree_data() { addRows(); }
    void otherSeedSameUnlessFree();
    void freeChoiceGoesBothWays();
    void detailLevelsKeepTheOrder();
    void statementsCostTheSameAtEveryLevel();

private:
    void addRows() const;
    /// Records a run and gives the path; always the same path, as the command line is part of a recording.
    QString record(const QString &program, const QStringList &options = {}) const;

    QTemporaryDir m_folder;
    QStringList m_programs;
};

void OrderTest::initTestCase()
{
    QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
    for (const OracleProgram &program : OracleProgram::all(QStringLiteral(LOOPSCOPE_ORACLE_FOLDER))) {
        if (isSuited(program.name))
            m_programs.append(program.path);
    }
    QVERIFY(m_programs.size() > 50);
    for (int seed = 1001; seed <= 1000 + GeneratedPrograms; ++seed) {
        QFile file(m_folder.filePath(QStringLiteral("seed-%1.js").arg(seed)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ProgramGenerator(static_cast<std::uint64_t>(seed)).program());
        m_programs.append(file.fileName());
    }
}

void OrderTest::addRows() const
{
    QTest::addColumn<QString>("program");
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORDER_EVERY"));
    for (qsizetype i = 0; i < m_programs.size(); i += every)
        QTest::newRow(qPrintable(QFileInfo(m_programs[i]).fileName())) << m_programs[i];
}

QString OrderTest::record(const QString &program, const QStringList &options) const
{
    const QString path = m_folder.filePath(QStringLiteral("run.lscope"));
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
    const auto event = [](EventKind kind, SubjectId subject = 0, int detail = 0, Phase phase = Phase::None, quint64 time = 0,
                           qint64 value = 0) {
        Event result;
        result.kind = kind;
        result.subject = subject;
        result.detail = static_cast<quint8>(detail);
        result.time = time;
        result.value = value;
        result.setPhase(phase);
        return result;
    };
    const auto task = [](TaskKind kind) { return static_cast<int>(kind); };
    const Event iteration = event(EventKind::IterationStarted);
    const Event check = event(EventKind::PhaseEntered, 0, 0, Phase::Check);
    const Event tick = event(EventKind::TaskCreated, 1, task(TaskKind::Tick));
    const Event microtask = event(EventKind::TaskCreated, 2, task(TaskKind::PromiseReaction));
    const Event immediate = event(EventKind::TaskCreated, 3, task(TaskKind::Immediate));
    const Event immediateBegins = event(EventKind::TaskBegun, 3, task(TaskKind::Immediate), Phase::Check);
    const Event timer = event(EventKind::TaskCreated, 4, task(TaskKind::Timeout));

    QTest::addColumn<Events>("events");
    QTest::addColumn<QString>("broken"); // part of the sentence; empty: nothing is broken
    QTest::newRow("nothing") << Events{immediate, iteration, check, immediateBegins,
        event(EventKind::TaskEnded, 3, task(TaskKind::Immediate))}
                             << QString();
    QTest::newRow("tick waits") << Events{immediate, iteration, check, tick, immediateBegins} << QStringLiteral("begins while 1 ticks");
    QTest::newRow("microtask waits") << Events{microtask, iteration} << QStringLiteral("phase starts while 0 ticks and 1 microtasks");
    QTest::newRow("microtask before tick") << Events{tick, microtask, event(EventKind::TaskBegun, 2, task(TaskKind::PromiseReaction))}
                                           << QStringLiteral("begins while 1 ticks wait");
    QTest::newRow("never created") << Events{iteration, check, immediateBegins} << QStringLiteral("never created");
    QTest::newRow("twice") << Events{immediate, iteration, check, immediateBegins,
        event(EventKind::TaskEnded, 3, task(TaskKind::Immediate)), immediateBegins}
                           << QStringLiteral("was cancelled or has run");
    QTest::newRow("cancelled") << Events{immediate, event(EventKind::TaskCancelled, 3), iteration, check, immediateBegins}
                               << QStringLiteral("was cancelled or has run");
    QTest::newRow("never ends") << Events{immediate, iteration, check, immediateBegins} << QStringLiteral("never ended");
    QTest::newRow("wrong phase") << Events{immediate, event(EventKind::TaskBegun, 3, task(TaskKind::Immediate), Phase::Poll)}
                                 << QStringLiteral("in phase 4");
    QTest::newRow("phase order") << Events{iteration, check, event(EventKind::PhaseEntered, 0, 0, Phase::Poll)}
                                 << QStringLiteral("after phase 5");
    QTest::newRow("early timer") << Events{timer, event(EventKind::TimerArmed, 4, 0, Phase::None, 0, 9'000'000), iteration,
        event(EventKind::TaskBegun, 4, task(TaskKind::Timeout), Phase::Timers, 7'000'000)}
                                 << QStringLiteral("early");
    QTest::newRow("time") << Events{event(EventKind::IterationStarted, 0, 0, Phase::None, 50), iteration}
                          << QStringLiteral("time went back");
}

void OrderTest::brokenRulesAreFound()
{
    QFETCH(std::vector<Event>, events);
    QFETCH(QString, broken);
    const QString path = m_folder.filePath(QStringLiteral("made.lscope"));
    QString error;
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(path, &error);
    QVERIFY2(writer, qPrintable(error));
    Event bracket;
    bracket.kind = EventKind::RunStarted;
    writer->append(bracket);
    for (const Event &event : events)
        writer->append(event);
    bracket.kind = EventKind::RunEnded;
    bracket.time = events.back().time;
    writer->append(bracket);
    writer->finish();
    RecordingReader reader;
    QVERIFY(reader.open(path));
    const QString found = RecordingRules(reader).firstBrokenRule();
    QVERIFY2(broken.isEmpty() ? found.isEmpty() : found.contains(broken), qPrintable(found));
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

QTEST_GUILESS_MAIN(OrderTest)
#include "OrderTest.moc"
