// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"
#include "ProgramGenerator.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

const QString FixturePath = QStringLiteral(LOOPSCOPE_ORACLE_FOLDER "/expected/generator.json");
constexpr int Seeds = 400;

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16));
}

QString hashOf(const Outcome &outcome) { return hashOf(outcome.standardOutput.toUtf8() + '\n' + QByteArray::number(outcome.exitCode)); }

} // namespace

/// Random programs: Loopscope prints what Node 20 printed. Outputs are kept as hashes, so that the test does not need Node; where it is
/// installed, a difference is shown line by line and every fourth fixture is checked against it.
/// LOOPSCOPE_GENERATOR_RECORD=1 records the fixtures anew; LOOPSCOPE_GENERATOR_FIRST and _EVERY choose a share of the seeds.
/// "GeneratorTest likeNode:seed-17" with LOOPSCOPE_GENERATOR_KEEP=folder leaves the programs there to be looked at.
class GeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_node = findNode20();
        m_folder = qEnvironmentVariable("LOOPSCOPE_GENERATOR_KEEP", m_temporary.path());
        if (qEnvironmentVariableIsSet("LOOPSCOPE_GENERATOR_RECORD"))
            record();
        QFile file(FixturePath);
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_fixtures = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(m_fixtures.size(), Seeds);
    }

    void sameSeedSameProgram() { QCOMPARE(ProgramGenerator(42).program(), ProgramGenerator(42).program()); }
    void otherSeedOtherProgram() { QVERIFY(ProgramGenerator(42).program() != ProgramGenerator(43).program()); }

    void likeNode_data()
    {
        QTest::addColumn<int>("seed");
        const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_GENERATOR_EVERY"));
        for (int seed = 1 + qEnvironmentVariableIntValue("LOOPSCOPE_GENERATOR_FIRST"); seed <= Seeds; seed += every)
            QTest::addRow("seed-%d", seed) << seed;
    }
    void likeNode()
    {
        QFETCH(int, seed);
        const QString path = write(seed);
        const QJsonObject fixture = m_fixtures[QString::number(seed)].toObject();
        QVERIFY2(fixture[QStringLiteral("program")].toString() == m_programHash,
            "the generator writes another program now: record the fixtures anew (LOOPSCOPE_GENERATOR_RECORD=1)");
        const QString wanted = fixture[QStringLiteral("outcome")].toString();
        if (seed % 4 == 1 && !m_node.isEmpty())
            QVERIFY2(fixtureIsNodes(path, wanted), "Node.js 20 itself prints something else than the fixture says");

        const Outcome actual = runProcess(loopscopeProgram(), {QStringLiteral("run"), path}, m_folder);
        if (hashOf(actual) == wanted)
            return;
        QString difference = actual.problem + actual.standardError.right(2000);
        if (!m_node.isEmpty())
            difference = actual.differenceFrom(runProcess(m_node, {path}, m_folder), false);
        QFAIL(qPrintable(difference));
    }

private:
    QString write(int seed)
    {
        const QByteArray program = ProgramGenerator(static_cast<std::uint64_t>(seed)).program();
        m_programHash = hashOf(program);
        QFile file(m_folder + QStringLiteral("/seed-%1.js").arg(seed));
        if (!file.open(QIODevice::WriteOnly) || file.write(program) != program.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

    /// On a busy machine Node's timers can be late enough to change an order: a wrong fixture is wrong every time.
    bool fixtureIsNodes(const QString &path, const QString &wanted)
    {
        for (int attempt = 0; attempt < 4; ++attempt)
            if (hashOf(runProcess(m_node, {path}, m_folder)) == wanted)
                return true;
        return false;
    }

    void record()
    {
        QVERIFY2(!m_node.isEmpty(), "recording needs Node.js 20");
        QJsonObject fixtures;
        for (int seed = 1; seed <= Seeds; ++seed) {
            const QString path = write(seed);
            // Where Loopscope agrees with Node's first run, that is it: two programs do not make the same mistake. Else the usual output of
            // many runs; on a busy machine Node's timers can be late enough to change an order.
            const QString own = hashOf(runProcess(loopscopeProgram(), {QStringLiteral("run"), path}, m_folder));
            QMap<QString, int> counts;
            int enough = 1;
            while (counts.isEmpty() || *std::max_element(counts.cbegin(), counts.cend()) < enough) {
                const Outcome outcome = runProcess(m_node, {path}, m_folder);
                QVERIFY2(outcome.exitCode == 0 || outcome.exitCode == 1 || outcome.exitCode == 7, qPrintable(outcome.standardError));
                ++counts[hashOf(outcome)];
                enough = counts.contains(own) && counts.size() == 1 ? 1 : 8;
            }
            const auto usual = std::max_element(counts.cbegin(), counts.cend());
            if (counts.size() > 1)
                qWarning("seed %d: %d different outputs; took the usual one", seed, static_cast<int>(counts.size()));
            fixtures[QString::number(seed)] =
                QJsonObject{{QStringLiteral("program"), m_programHash}, {QStringLiteral("outcome"), usual.key()}};
        }
        QFile file(FixturePath);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(fixtures).toJson());
    }

    QTemporaryDir m_temporary;
    QString m_folder;
    QString m_node;
    QString m_programHash;
    QJsonObject m_fixtures;
};

QTEST_GUILESS_MAIN(GeneratorTest)
#include "GeneratorTest.moc"
