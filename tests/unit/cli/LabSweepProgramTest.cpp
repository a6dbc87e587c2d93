// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

namespace {

QStringList words(const QString &text) { return text.split(QLatin1Char(' '), Qt::SkipEmptyParts); }

/// Of a saved sweep, what has to be the same however it was run: all but when, and how long the computation took.
QJsonObject essence(QJsonObject report)
{
    report.remove(QStringLiteral("date"));
    std::vector<QJsonObject> points;
    const QJsonArray array = report.take(QStringLiteral("points")).toArray();
    for (const QJsonValue &value : array) {
        QJsonObject point = value.toObject();
        QJsonObject result = point.take(QStringLiteral("result")).toObject();
        result.remove(QStringLiteral("wallSeconds"));
        point[QStringLiteral("result")] = result;
        points.push_back(point);
    }
    const auto place = [](const QJsonObject &point) {
        return std::pair(
            point[QStringLiteral("value")].toDouble(), point[QStringLiteral("result")].toObject()[QStringLiteral("model")].toString());
    };
    std::sort(points.begin(), points.end(), [&place](const auto &one, const auto &other) { return place(one) < place(other); });
    QJsonArray sorted;
    for (const QJsonObject &point : points)
        sorted.append(point);
    report[QStringLiteral("points")] = sorted;
    return report;
}

} // namespace

/// `loopscope lab sweep` and `merge`: however a sweep is cut up, its parts make the same whole.
class LabSweepProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void stoppedSweepsGoOn_data();
    void stoppedSweepsGoOn();
    void whatGaveNoResultIsTriedAgain();
    void whatIsDoneIsNotDoneAgain();
    void partsMakeTheWhole_data();
    void partsMakeTheWhole();
    void wrongUse_data();
    void wrongUse();

private:
    std::unique_ptr<QProcess> start(const QString &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        process->setWorkingDirectory(m_folder.path());
        process->start(
            qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), QStringList(QStringLiteral("lab")) + words(arguments));
        return process;
    }
    /// Gives the exit code.
    int run(const QString &arguments, QByteArray *errors = nullptr) const
    {
        const auto process = start(arguments);
        if (!process->waitForFinished(60000))
            return -1;
        if (errors)
            *errors = process->readAllStandardError();
        return process->exitCode();
    }
    QJsonObject report(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    qsizetype pointsOf(const QString &name) const { return report(name)[QStringLiteral("points")].toArray().size(); }
    bool write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    bool write(const QString &name, const QJsonObject &object) const { return write(name, QJsonDocument(object).toJson()); }

    QTemporaryDir m_folder;
    QString m_sweep; ///< its arguments, without -o
    QJsonObject m_whole; ///< what it gives
};

void LabSweepProgramTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("cache")).toUtf8()));
    QVERIFY(write(QStringLiteral("server.js"), "require('http').createServer((q, r) => setTimeout(() => r.end('ok'), 5)).listen(8080);\n"));
    QVERIFY(write(QStringLiteral("scenario.json"),
        R"({"script": "server.js", "truth": "modelled", "models": ["event-loop", "thread-pool", "cluster"],
            "load": {"thinkTime": "exp:5", "seconds": 5}, "machine": {"poolThreads": 8}})"));
    m_sweep = QStringLiteral("sweep scenario.json --over clients --from 1 --to 300 --steps 6");
    QCOMPARE(run(m_sweep + QStringLiteral(" -o whole.json --quiet")), 0);
    m_whole = essence(report(QStringLiteral("whole.json")));
    QCOMPARE(pointsOf(QStringLiteral("whole.json")), 18);
}

void LabSweepProgramTest::stoppedSweepsGoOn_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("exitCode"); // -1: there is none
    QTest::newRow("interrupted") << SIGINT << 130;
    QTest::newRow("terminated") << SIGTERM << 130;
    QTest::newRow("killed") << SIGKILL << -1;
}

void LabSweepProgramTest::stoppedSweepsGoOn()
{
    QFETCH(int, signal);
    QFETCH(int, exitCode);
    const QString file = QStringLiteral("stopped-%1.json").arg(signal);
    const auto process = start(m_sweep + QStringLiteral(" -o ") + file);
    // The first point is written at once.
    QTRY_VERIFY_WITH_TIMEOUT(pointsOf(file) > 0, 30000);
    ::kill(static_cast<pid_t>(process->processId()), signal);
    QVERIFY(process->waitForFinished(10000));
    if (exitCode >= 0)
        QCOMPARE(process->exitCode(), exitCode);
    const qsizetype before = pointsOf(file);
    QVERIFY2(before > 0 && before < 18, qPrintable(QString::number(before)));
    QCOMPARE(run(QStringLiteral("sweep --quiet --resume ") + file), 0);
    QCOMPARE(essence(report(file)), m_whole);
}

void LabSweepProgramTest::whatGaveNoResultIsTriedAgain()
{
    QJsonObject object = report(QStringLiteral("whole.json"));
    QJsonArray points = object[QStringLiteral("points")].toArray();
    const QJsonObject lost = points.takeAt(4).toObject();
    const QJsonObject problem = {{QStringLiteral("model"), lost[QStringLiteral("result")].toObject()[QStringLiteral("model")]},
        {QStringLiteral("truth"), QStringLiteral("modelled")}, {QStringLiteral("text"), QStringLiteral("out of luck")}};
    object[QStringLiteral("points")] = points;
    object[QStringLiteral("problems")] =
        QJsonArray{QJsonObject{{QStringLiteral("value"), lost[QStringLiteral("value")]}, {QStringLiteral("problem"), problem}}};
    QVERIFY(write(QStringLiteral("unlucky.json"), object));
    QCOMPARE(run(QStringLiteral("sweep --quiet --resume unlucky.json -o lucky.json")), 0);
    QCOMPARE(essence(report(QStringLiteral("lucky.json"))), m_whole);
    QCOMPARE(report(QStringLiteral("unlucky.json")), object); // with -o it stays as it was
}

void LabSweepProgramTest::whatIsDoneIsNotDoneAgain()
{
    // A figure that no run gives shows that its point was not run again.
    QJsonObject object = report(QStringLiteral("whole.json"));
    QJsonArray points = object[QStringLiteral("points")].toArray();
    QJsonObject marked = points.first().toObject();
    QJsonObject result = marked[QStringLiteral("result")].toObject();
    result[QStringLiteral("throughput")] = 0.123;
    marked[QStringLiteral("result")] = result;
    points.replace(0, marked);
    points.removeLast();
    object[QStringLiteral("points")] = points;
    QVERIFY(write(QStringLiteral("marked.json"), object));
    QByteArray errors;
    QCOMPARE(run(QStringLiteral("sweep --resume marked.json"), &errors), 0);
    QVERIFY2(errors.contains("1/1 clients = "), errors.constData());
    const QJsonArray after = report(QStringLiteral("marked.json"))[QStringLiteral("points")].toArray();
    QCOMPARE(after.size(), 18);
    QCOMPARE(after.first().toObject(), marked);
}

void LabSweepProgramTest::partsMakeTheWhole_data()
{
    QTest::addColumn<int>("parts");
    for (const int parts : {1, 2, 5})
        QTest::addRow("%d", parts) << parts;
}

void LabSweepProgramTest::partsMakeTheWhole()
{
    QFETCH(int, parts);
    QStringList files;
    qsizetype points = 0;
    for (int part = 1; part <= parts; ++part) {
        files.prepend(QStringLiteral("part-%1-of-%2.json").arg(part).arg(parts)); // any order will do
        QCOMPARE(run(m_sweep + QStringLiteral(" --quiet --shard %1/%2 -o ").arg(part).arg(parts) + files.front()), 0);
        points += pointsOf(files.front());
    }
    QCOMPARE(points, 18);
    const QString merged = QStringLiteral("merged-%1.json").arg(parts);
    QCOMPARE(run(QStringLiteral("merge --quiet ") + files.join(QLatin1Char(' ')) + QStringLiteral(" -o ") + merged), 0);
    QCOMPARE(essence(report(merged)), m_whole);
    if (parts == 1)
        return;
    QByteArray errors;
    QCOMPARE(run(QStringLiteral("merge ") + files.mid(1).join(QLatin1Char(' ')), &errors), 2);
    QVERIFY2(errors.contains(QStringLiteral("parts are missing: %1/%1.").arg(parts).toUtf8()), errors.constData());
}

void LabSweepProgramTest::wrongUse_data()
{
    QTest::addColumn<QJsonObject>("members"); // that the report has instead of its own
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("sentence"); // a part of it
    const QJsonObject none;
    const auto add = [](const char *name, const QJsonObject &members, const char *arguments, const char *sentence) {
        QTest::newRow(name) << members << QString::fromLatin1(arguments) << QByteArray(sentence);
    };
    add("no file", none, "--resume gone.json", "the file 'gone.json' cannot be read: ");
    add("a scenario", none, "--resume scenario.json", "'scenario.json' is no sweep of the server lab: ");
    add("a script", none, "--resume server.js", "the file 'server.js' is no JSON: ");
    add("an option", none, "--resume wrong.json --over rate", "the option '--over' does not go with '--resume'");
    add("a scenario beside it", none, "--resume wrong.json scenario.json",
        "'--resume' takes the scenario out of the report; 'scenario.json' is too many.");
    add("value out of range", {{QStringLiteral("values"), QJsonArray{-5}}}, "--resume wrong.json",
        "at clients = -5: 'load.clients' has to be ");
    add("absurd value", {{QStringLiteral("values"), QJsonArray{1e300}}}, "--resume wrong.json",
        "at clients = 1e+300: 'load.clients' has to be ");
    add("text for a value", {{QStringLiteral("values"), QJsonArray{QStringLiteral("7")}}}, "--resume wrong.json",
        "'values' has to be an array of numbers");
    add("no knob", {{QStringLiteral("over"), QStringLiteral("luck")}}, "--resume wrong.json", "'over' has to be one of rate, clients, ");
    add("pace", {{QStringLiteral("over"), QStringLiteral("pace")}}, "--resume wrong.json", "'over' has to be one of rate, clients, ");
    add("part of nothing", {{QStringLiteral("shard"), 3}, {QStringLiteral("shards"), 2}}, "--resume wrong.json",
        "says that it is part 3 of 2.");
}

void LabSweepProgramTest::wrongUse()
{
    QFETCH(QJsonObject, members);
    QFETCH(QString, arguments);
    QFETCH(QByteArray, sentence);
    QJsonObject object = report(QStringLiteral("whole.json"));
    for (auto member = members.begin(); member != members.end(); ++member)
        object[member.key()] = *member;
    QVERIFY(write(QStringLiteral("wrong.json"), object));
    QByteArray errors;
    QCOMPARE(run(QStringLiteral("sweep ") + arguments, &errors), 2);
    QVERIFY2(errors.startsWith("loopscope: ") && errors.contains(sentence) && errors.count('\n') == 1, errors.constData());
}

QTEST_GUILESS_MAIN(LabSweepProgramTest)
#include "LabSweepProgramTest.moc"
