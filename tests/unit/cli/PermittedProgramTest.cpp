// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// A program that may not reach what lies outside its folder, does not, whatever it tries (fixtures/tricks.js).
///
///     folder/outer/project/tricks.js   folder/outer/secret/key.json   folder/elsewhere.js
class PermittedProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesEveryTrick_data();
    void refusesEveryTrick();
    void allowsWhatIsAllowed();
    void leavesTheDiskAlone();

private:
    QByteArray run(const QStringList &options, const QString &script)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SECRET_TOKEN"), QStringLiteral("secret"));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.filePath(QStringLiteral("outer/project")));
        process.start(m_program, QStringList{QStringLiteral("run")} + options + QStringList{script});
        process.waitForFinished(60'000);
        return process.readAllStandardOutput() + process.readAllStandardError();
    }
    void write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }

    QString m_program;
    QTemporaryDir m_folder;
};

void PermittedProgramTest::initTestCase()
{
    m_program = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    QVERIFY2(QFile::exists(m_program), "LOOPSCOPE_BIN must name the folder of the programs; ctest sets it");
    QDir folder(m_folder.path());
    QVERIFY(folder.mkpath(QStringLiteral("outer/project")) && folder.mkpath(QStringLiteral("outer/secret")));
    QVERIFY(QFile::copy(QStringLiteral(FIXTURES "/tricks.js"), m_folder.filePath(QStringLiteral("outer/project/tricks.js"))));
    write("outer/secret/key.json", "{\"key\":1}");
    write("elsewhere.js", "module.exports = 1;");
    write("outer/project/writes.js", R"js(
const fs = require('fs');
fs.writeFileSync('new.js', 'module.exports = "read back";');
fs.mkdirSync('made/deep', { recursive: true });
fs.renameSync('writes.js', 'made/deep/renamed.js');
console.log(require('./new.js'), fs.readdirSync('.').join(), fs.existsSync('writes.js'));
)js");
}

void PermittedProgramTest::refusesEveryTrick_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("simulated") << QStringList();
    QTest::newRow("real") << QStringList{QStringLiteral("--io"), QStringLiteral("real"), QStringLiteral("--allow-write=.")};
}

void PermittedProgramTest::refusesEveryTrick()
{
    QFETCH(QStringList, options);
    QCOMPARE(run(options, QStringLiteral("tricks.js")), QByteArray("all refused\nfalse false undefined\n"));
    QFile key(m_folder.filePath(QStringLiteral("outer/secret/key.json")));
    QVERIFY(key.open(QIODevice::ReadOnly));
    QCOMPARE(key.readAll(), QByteArray("{\"key\":1}"));
}

void PermittedProgramTest::allowsWhatIsAllowed()
{
    write("outer/project/reads.js", "console.log(require('fs').readFileSync('../secret/key.json', 'utf8'), process.env.SECRET_TOKEN);");
    const QByteArray expected = "{\"key\":1} secret\n";
    QCOMPARE(
        run({QStringLiteral("--allow-read=../secret"), QStringLiteral("--allow-env=SECRET_TOKEN")}, QStringLiteral("reads.js")), expected);
    QCOMPARE(run({QStringLiteral("--allow-all")}, QStringLiteral("reads.js")), expected);
    QVERIFY(run({}, QStringLiteral("reads.js")).contains("--allow-read="));
}

void PermittedProgramTest::leavesTheDiskAlone()
{
    const QDir project(m_folder.filePath(QStringLiteral("outer/project")));
    const QStringList before = project.entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    QVERIFY(run({QStringLiteral("--allow-all")}, QStringLiteral("writes.js")).startsWith("read back "));
    QCOMPARE(project.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), before);
    const QString copy = m_folder.filePath(QStringLiteral("copy"));
    const QByteArray list = run({QStringLiteral("--list-written"), QStringLiteral("--written"), copy}, QStringLiteral("writes.js"));
    QVERIFY2(list.contains("made/deep/renamed.js") && list.contains("removed"), list.constData());
    QVERIFY(QFile::exists(copy + QDir(project).canonicalPath() + QStringLiteral("/made/deep/renamed.js")));
}

QTEST_GUILESS_MAIN(PermittedProgramTest)
#include "PermittedProgramTest.moc"
