// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CompatibilityPage.h"
#include "OracleProgram.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace loopscope;

namespace {

const QString PackagesFolder = QStringLiteral(LOOPSCOPE_SOURCE_FOLDER "/tests/packages");
const QString PagePath = QStringLiteral(LOOPSCOPE_SOURCE_FOLDER "/docs/compatibility.md");
const QString ApiProgram = QStringLiteral("programs-api/exports.js");

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isApiProgram(const OracleProgram &program) { return program.name == ApiProgram; }

} // namespace

/// Runs npm packages, unmodified, in Loopscope and compares what programs that use them print with what they print in Node 20. Writes and
/// checks docs/compatibility.md.
class PackagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_programs = OracleProgram::ownShare(PackagesFolder);
        std::erase_if(m_programs, isApiProgram); // it prints what differs
        QVERIFY2(m_programs.size() > 20, "there are fewer programs than there should be");
        QVERIFY2(QFileInfo(loopscopeProgram()).isExecutable(), qPrintable(QStringLiteral("build it first: ") + loopscopeProgram()));
    }

    void likeNode_data() { addRows(); }
    void likeNode()
    {
        QFETCH(int, index);
        const OracleProgram &program = m_programs[static_cast<size_t>(index)];
        const QString difference = program.differenceInLoopscope(PackagesFolder);
        if (m_known.contains(program.name))
            QEXPECT_FAIL("", qPrintable(m_known[program.name].toString()), Continue);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void fixturesAreNodes_data()
    {
        m_node = qEnvironmentVariableIsSet("LOOPSCOPE_ORACLE_WITHOUT_NODE") ? QString() : findNode20();
        addRows();
    }
    void fixturesAreNodes()
    {
        if (m_node.isEmpty())
            QSKIP("Node.js 20 is not installed, or not asked");
        QFETCH(int, index);
        const QString difference = m_programs[static_cast<size_t>(index)].differenceInNode(PackagesFolder, m_node);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void programsSayWhatTheyDo_data() { addRows(); }
    void programsSayWhatTheyDo()
    {
        QFETCH(int, index);
        const auto header = CompatibilityPage::headerOf(m_programs[static_cast<size_t>(index)]);
        QVERIFY2(installedPackages().contains(header.package), "its header names no package of package.json");
        QVERIFY2(header.does.endsWith(u'.'), "its header does not say in a sentence what it does");
    }

    void packagesHaveTests()
    {
        QStringList untested = installedPackages();
        const std::vector<OracleProgram> programs = OracleProgram::all(PackagesFolder);
        for (const OracleProgram &program : programs)
            untested.removeAll(CompatibilityPage::headerOf(program).package);
        QCOMPARE(untested, QStringList());
    }

    void compatibilityPageIsCurrent()
    {
        if (qEnvironmentVariableIntValue("LOOPSCOPE_ORACLE_FIRST") != 0)
            QSKIP("the other half of the tests looks at the page");
        const std::vector<OracleProgram> programs = OracleProgram::all(PackagesFolder);
        const auto api = std::find_if(programs.begin(), programs.end(), isApiProgram);
        QVERIFY(api != programs.end());
        const Outcome node = api->fixture(PackagesFolder);
        const Outcome own = api->run(PackagesFolder, loopscopeProgram(), {QStringLiteral("run")});
        QVERIFY2(own.exitCode == 0, qPrintable(own.problem + own.standardError));
        const auto parsed = [](const Outcome &outcome) { return QJsonDocument::fromJson(outcome.standardOutput.toUtf8()).object(); };
        QVERIFY(!parsed(node).isEmpty());
        const QByteArray page = CompatibilityPage(PackagesFolder).text(parsed(node), parsed(own)).toUtf8();
        if (qEnvironmentVariableIsSet("LOOPSCOPE_WRITE_COMPATIBILITY")) {
            QFile file(PagePath);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(page), page.size());
        }
        QVERIFY2(contentsOf(PagePath) == page, "docs/compatibility.md is not current; it says how it is written anew");
    }

private:
    void addRows() const
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < m_programs.size(); ++i)
            QTest::newRow(qPrintable(m_programs[i].name)) << static_cast<int>(i);
    }

    static QStringList installedPackages()
    {
        const QByteArray text = contentsOf(PackagesFolder + QStringLiteral("/package.json"));
        return QJsonDocument::fromJson(text).object()[QStringLiteral("dependencies")].toObject().keys();
    }

    std::vector<OracleProgram> m_programs;
    QString m_node;
    const QJsonObject m_known = knownDifferences(PackagesFolder);
};

QTEST_GUILESS_MAIN(PackagesTest)
#include "PackagesTest.moc"
