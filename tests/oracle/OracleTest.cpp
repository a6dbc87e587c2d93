// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace loopscope;

namespace {

const QString OracleFolder = QStringLiteral(LOOPSCOPE_ORACLE_FOLDER);

/// Programs that are known to differ, with the reason. A program that is listed and agrees fails the test: the list only shrinks.
QJsonObject knownDifferences()
{
    QFile file(OracleFolder + QStringLiteral("/known-differences.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// The programs of this process: all, or one in every LOOPSCOPE_ORACLE_EVERY, starting with LOOPSCOPE_ORACLE_FIRST. CTest splits the list
/// so that both cores work, and the sanitizer run takes a sample.
std::vector<OracleProgram> ownShare()
{
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORACLE_EVERY"));
    const int first = qEnvironmentVariableIntValue("LOOPSCOPE_ORACLE_FIRST");
    std::vector<OracleProgram> share;
    const std::vector<OracleProgram> programs = OracleProgram::all(OracleFolder);
    for (size_t i = static_cast<size_t>(first); i < programs.size(); i += static_cast<size_t>(every))
        share.push_back(programs[i]);
    return share;
}

void addRows(const std::vector<OracleProgram> &programs)
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < programs.size(); ++i)
        QTest::newRow(qPrintable(programs[i].name)) << static_cast<int>(i);
}

} // namespace

/// Runs programs in Loopscope and compares what they print, and their exit code, with what Node 20 did.
class OracleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_programs = ownShare();
        QVERIFY2(m_programs.size() > 20, "there are fewer oracle programs than there should be");
        QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
    }

    void likeNode_data() { addRows(m_programs); }
    void likeNode()
    {
        QFETCH(int, index);
        const OracleProgram &program = m_programs[static_cast<size_t>(index)];
        const Outcome expected = program.fixture(OracleFolder);
        QVERIFY2(expected.problem.isEmpty(), qPrintable(expected.problem));
        const Outcome actual = program.run(OracleFolder, loopscopeProgram(), {QStringLiteral("run")});
        const QString difference = actual.differenceFrom(expected, program.comparesStandardError);
        if (m_known.contains(program.name))
            QEXPECT_FAIL("", qPrintable(m_known[program.name].toString()), Continue);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void fixturesAreNodes_data()
    {
        m_node = qEnvironmentVariableIsSet("LOOPSCOPE_ORACLE_WITHOUT_NODE") ? QString() : findNode20();
        addRows(m_programs);
    }
    void fixturesAreNodes()
    {
        if (m_node.isEmpty())
            QSKIP("Node.js 20 is not installed, or not asked");
        QFETCH(int, index);
        const OracleProgram &program = m_programs[static_cast<size_t>(index)];
        if (program.path.endsWith(QStringLiteral("ts")))
            QSKIP("Node.js 20 reads no TypeScript");
        // On a busy machine Node's timers can be late enough to change an order; a wrong fixture is wrong every time.
        QString difference;
        for (int attempt = 0; attempt < 5; ++attempt) {
            difference = program.run(OracleFolder, m_node, {}).differenceFrom(program.fixture(OracleFolder), program.comparesStandardError);
            if (difference.isEmpty())
                return;
        }
        QFAIL(qPrintable(difference));
    }

private:
    std::vector<OracleProgram> m_programs;
    QString m_node;
    const QJsonObject m_known = knownDifferences();
};

QTEST_GUILESS_MAIN(OracleTest)
#include "OracleTest.moc"
