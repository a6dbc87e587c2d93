// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// speedscope itself (npm's package, in Chromium) opens what `loopscope export` writes: its page is called by the profile then. What it
// cannot read it tells in a dialog, which nobody closes here.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

class SpeedscopeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opens_data();
    void opens();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    bool write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    QByteArray run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(program, arguments);
        return process.waitForFinished(60'000) ? process.readAllStandardOutput() : QByteArray();
    }
    QByteArray titleOf(const QString &page) const;

    QTemporaryDir m_folder;
    QString m_chromium = QStandardPaths::findExecutable(QStringLiteral("chromium"));
};

void SpeedscopeTest::initTestCase()
{
    if (m_chromium.isEmpty())
        QSKIP("Chromium is not installed");
    QVERIFY(write(QStringLiteral("a.js"),
        "function work(n) { let sum = 0; for (let i = 0; i < n; ++i) sum += i; return sum; }\n"
        "let count = 0;\n"
        "const timer = setInterval(function tick() { work(100000); if (++count > 2) clearInterval(timer); }, 5);\n"));
    const QString loopscope = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    run(loopscope, {QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), QStringLiteral("a.lscope")});
    for (const char *name : {"a.speedscope.json", "a.cpuprofile", "a.trace"}) {
        run(loopscope, {QStringLiteral("export"), QStringLiteral("a.lscope"), QStringLiteral("-o"), QLatin1String(name)});
        QVERIFY(QFile::exists(path(QLatin1String(name))));
    }
}

void SpeedscopeTest::opens_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("title");
    QTest::newRow("its own format") << "a.speedscope.json" << QByteArray("a.js - speedscope");
    QTest::newRow("CPU profile") << "a.cpuprofile" << QByteArray("a.cpuprofile - speedscope");
    QTest::newRow("Chrome's trace events") << "a.trace" << QByteArray("a.trace - speedscope");
}

void SpeedscopeTest::opens()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, title);
    QFile exported(path(file));
    QVERIFY(exported.open(QIODevice::ReadOnly));
    // Its page takes files of this machine as a script that hands them over.
    QVERIFY(write(
        QStringLiteral("file.js"), "speedscope.loadFileFromBase64('" + file.toLatin1() + "', '" + exported.readAll().toBase64() + "');\n"));
    const QString page = QStringLiteral("file://" LOOPSCOPE_NODE_MODULES "/speedscope/dist/release/index.html#localProfilePath=")
        + path(QStringLiteral("file.js"));
    QByteArray found = titleOf(page);
    if (found.isEmpty()) // browsers do crash
        found = titleOf(page);
    QCOMPARE(found, title);
}

QByteArray SpeedscopeTest::titleOf(const QString &page) const
{
    const QByteArray document = run(m_chromium,
        {QStringLiteral("--headless=new"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
            QStringLiteral("--disable-dev-shm-usage"), QStringLiteral("--no-first-run"), QStringLiteral("--disable-background-networking"),
            QStringLiteral("--user-data-dir=") + path(QStringLiteral("browser")), QStringLiteral("--virtual-time-budget=10000"),
            QStringLiteral("--dump-dom"), page});
    static const QRegularExpression title(QStringLiteral("<title>(.*?)</title>"));
    return title.match(QString::fromUtf8(document)).captured(1).toUtf8();
}

QTEST_GUILESS_MAIN(SpeedscopeTest)
#include "SpeedscopeTest.moc"
