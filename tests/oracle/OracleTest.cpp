// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"

#include <QFileInfo>
#include <QTest>

using namespace loopscope;

namespace {

const QString OracleFolder = QStringLiteral(LOOPSCOPE_ORACLE_FOLDER);

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
        m_programs = OracleProgram::ownShare(OracleFolder);
        QVERIFY2(m_programs.size() > 20, "there are fewer oracle programs than there should be");
        QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
    }

    void likeNode_data() { addRows(m_programs); }
    void likeNode()
    {
        QFETCH(int, index);
        const OracleProgram &program = m_programs[static_cast<size_t>(index)];
#ifdef __SANITIZE_ADDRESS__
        if (!program.isForSanitizers)
            QSKIP("not under sanitizers");
#endif
        const QString difference = program.differenceInLoopscope(OracleFolder);
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
        const QString difference = program.differenceInNode(OracleFolder, m_node);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

private:
    std::vector<OracleProgram> m_programs;
    QString m_node;
    const QJsonObject m_known = knownDifferences(OracleFolder);
};

QTEST_GUILESS_MAIN(OracleTest)
#include "OracleTest.moc"
