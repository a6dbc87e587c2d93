// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"
#include "ProgramGenerator.h"
#include "RecordingRules.h"

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
