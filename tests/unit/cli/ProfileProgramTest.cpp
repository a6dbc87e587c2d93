// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope profile` as people and programs call it, over one recording whose numbers are known.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

const char script[] = "function work(n) {\n"
                      "  let s = 0;\n"
                      "  for (let i = 0; i < n; i++)\n"
                      "    s += i;\n"
                      "}\n"
                      "let n = 0;\n"
                      "function again() {\n"
                      "  work(1000);\n"
                      "  if (++n < 40)\n"
                      "    setTimeout(again, 10);\n"
                      "}\n"
                      "setTimeout(again, 10);\n";

} // namespace

class ProfileProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everythingForPrograms();
    void treesAndSlices();
    void callers();
    void source();
    void wrongUse_data();
    void wrongUse();

private:
    struct Result
    {
        int exitCode = -1;
        QByteArray output;
        QByteArray errors;
    };
    Result run(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
        process.waitForFinished();
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Result profile(const QStringList &options) const { return run(QStringList{QStringLiteral("profile"), m_recording} + options); }

    QTemporaryDir m_folder;
    QString m_recording = QStringLiteral("run.lscope");
};

void ProfileProgramTest::initTestCase()
{
    QFile file(m_folder.filePath(QStringLiteral("script.js")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) > 0);
    file.close();
    const Result made = run({QStringLiteral("run"), QStringLiteral("script.js"), QStringLiteral("--detail"), QStringLiteral("statements"),
        QStringLiteral("--record"), m_recording});
    QCOMPARE(made.exitCode, 0);
}

void ProfileProgramTest::everythingForPrograms()
{
    const Result told = profile({QStringLiteral("--json"), QStringLiteral("--callers")});
    QCOMPARE(told.exitCode, 0);
    const QJsonObject all = QJsonDocument::fromJson(told.output).object();
    const QJsonArray tree = all[QLatin1String("asyncTree")].toArray();
    QCOMPARE(tree.size(), 4); // all, the script, the first timer, those that timers set
    QCOMPARE(tree[0][QLatin1String("parent")].toInt(), -1);
    QCOMPARE(tree[0][QLatin1String("withBelow")][QLatin1String("count")].toInt(), 41);
    QCOMPARE(tree[3][QLatin1String("count")].toInt(), 39);
    QCOMPARE(tree[3][QLatin1String("startedLine")].toInt(), 10);
    QCOMPARE(tree[3][QLatin1String("kind")].toString(), QStringLiteral("Timeout"));
    const double notReady = tree[3][QLatin1String("notReady")].toDouble();
    QVERIFY(notReady > 39 * 9e6 && notReady < 39 * 10.1e6);

    const QJsonObject overTime = all[QLatin1String("loop")][QLatin1String("overTime")].toObject();
    double busy = 0;
    double iterations = 0;
    const QJsonArray moments = overTime[QLatin1String("moments")].toArray();
    for (const QJsonValue &moment : moments) {
        busy += moment[QLatin1String("busy")].toDouble();
        iterations += moment[QLatin1String("iterations")].toDouble();
    }
    QCOMPARE(busy, all[QLatin1String("loop")][QLatin1String("busy")].toDouble());
    QCOMPARE(iterations, all[QLatin1String("loop")][QLatin1String("iterations")].toDouble());
    QCOMPARE(moments[5][QLatin1String("timers")].toInt(), 1);

    const QJsonArray lines = all[QLatin1String("lines")].toArray();
    const auto line = std::ranges::find_if(lines, [](const QJsonValue &each) { return each[QLatin1String("line")].toInt() == 4; });
    QVERIFY(line != lines.end());
    QCOMPARE((*line)[QLatin1String("times")].toInt(), 40'000);

    const QJsonArray callers = all[QLatin1String("callers")].toArray();
    QCOMPARE(callers[0][QLatin1String("total")].toDouble(), busy);
}

void ProfileProgramTest::treesAndSlices()
{
    const Result told = profile({QStringLiteral("--rows"), QStringLiteral("3")});
    QCOMPARE(told.exitCode, 0);
    const QByteArray tree = told.output.mid(told.output.indexOf("Who started what"));
    QVERIFY2(tree.contains("script `script.js`") && tree.contains("    timeout `again`  script.js:10"), told.output.constData());
    QCOMPARE(tree.count('\n'), 2 + 3);
    const qsizetype at = told.output.indexOf("The loop over time");
    QVERIFY(at > 0);
    QCOMPARE(told.output.mid(at, told.output.indexOf("\n\n", at) - at).count('\n'), 1 + 3);
}

void ProfileProgramTest::callers()
{
    const Result told = profile({QStringLiteral("--callers"), QStringLiteral("--rows"), QStringLiteral("2")});
    QCOMPARE(told.exitCode, 0);
    const QList<QByteArray> lines = told.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[2].contains("  40  work  script.js:1"), told.output.constData());
    QVERIFY2(lines[3].contains("  40    again  script.js:7"), told.output.constData());
}

void ProfileProgramTest::source()
{
    const Result told = profile({QStringLiteral("--source"), QStringLiteral("script.js")});
    QCOMPARE(told.exitCode, 0);
    const QList<QByteArray> lines = told.output.split('\n');
    QCOMPARE(lines.size(), 2 + 12 + 1);
    QVERIFY(lines[0].endsWith("/script.js"));
    QVERIFY2(lines[5].contains("   40000 ") && lines[5].endsWith("4      s += i;"), told.output.constData());
    QVERIFY2(lines[6].trimmed() == "5  }", told.output.constData());
    QCOMPARE(profile({QStringLiteral("--source")}).output, told.output);
}

void ProfileProgramTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("no such file") << QStringList{QStringLiteral("--source"), QStringLiteral("other.js")}
                                  << QByteArray("no file 'other.js'");
    QTest::newRow("half a name") << QStringList{QStringLiteral("--source"), QStringLiteral("ipt.js")} << QByteArray("no file 'ipt.js'");
    QTest::newRow("two recordings") << QStringList{QStringLiteral("--callers"), QStringLiteral("--with"), m_recording}
                                    << QByteArray("'--with'");
    QTest::newRow("two operands") << QStringList{m_recording} << QByteArray("which recording?");
    QTest::newRow("no such loop") << QStringList{QStringLiteral("--loop"), QStringLiteral("3")} << QByteArray("no loop 3");
}

void ProfileProgramTest::wrongUse()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, told);
    const Result result = profile(options);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains(told), result.errors.constData());
    QVERIFY(result.output.isEmpty());
}

QTEST_GUILESS_MAIN(ProfileProgramTest)
#include "ProfileProgramTest.moc"
