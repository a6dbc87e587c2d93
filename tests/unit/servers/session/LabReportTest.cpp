// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabReport.h"
#include "servers/session/LabTable.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

LabReport aReport()
{
    LabReport report;
    report.version = QStringLiteral("1");
    report.machine = QStringLiteral("2 cores");
    report.date = QStringLiteral("2026-01-01T00:00:00Z");
    report.scenario.script = QStringLiteral("/gone/a.js");
    LabResult result;
    result.truth = Truth::Simulated;
    result.completed = 1000;
    result.seconds = 10;
    result.throughput = 100;
    result.latency.p99 = 0.0123;
    report.results = {result};
    report.problems = {{ServerModel::Cluster, Truth::Simulated, QStringLiteral("no")}};
    report.verdict.sentence = QStringLiteral("S");
    report.samples.resize(2);
    report.requests.resize(1);
    return report;
}

} // namespace

class LabReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromItsFile();
    void wrongFiles();
    void keepsTheFollowedRequest();
    void isArrangedAsTheRuns();
    void timesCountsAndBytes();
    void theTableSaysTheTruthOfEachColumn();
    void threadsAreToldTheBusiestFirst();
    void withoutAnswersThereAreNoLatencies();
    void theWayOfARequestIsDrawn();
};

void LabReportTest::threadsAreToldTheBusiestFirst()
{
    LabResult result;
    QCOMPARE(LabTable::threads(result), QString());
    result.seconds = 2;
    result.threads = {{0, 7, 0.5, 0, 0}};
    for (int thread = 1; thread <= 18; ++thread)
        result.threads.push_back({thread, 8, 0.01 * thread, 0.25, 10});
    result.processes = {{8, 1.71, 20'000'000}};
    const QStringList lines = LabTable::threads(result).split(QLatin1Char('\n'));
    QCOMPARE(lines.value(2).simplified(), QStringLiteral("dispatcher 7 500 ms 25.0 % 0 0"));
    QCOMPARE(lines.value(3).simplified(), QStringLiteral("18 8 180 ms 9.0 % 250 ms 10"));
    QCOMPARE(lines.value(18).simplified(), QStringLiteral("3 more 60.0 ms 3.0 % 750 ms 30"));
    QCOMPARE(lines.value(20).simplified(), QStringLiteral("8 1.71 s 85.5 % 20.0 MB"));
}

void LabReportTest::comesBackFromItsFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("r.json"));
    QCOMPARE(aReport().write(path), QString());
    QString problem;
    const auto read = LabReport::read(path, &problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->toJson(), aReport().toJson());
    QCOMPARE(read->results.front().latency.p99, 0.0123);
    QVERIFY(aReport().write(QStringLiteral("/gone/r.json")).startsWith(QLatin1String("the file '/gone/r.json' cannot be written: ")));
}

void LabReportTest::wrongFiles()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("r.json"));
    const auto problemOf = [&path](const QByteArray &text) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return QString();
        file.close();
        QString problem;
        return LabReport::read(path, &problem) ? QString() : problem.remove(path);
    };
    QCOMPARE(problemOf(""), QStringLiteral("the file '' is no JSON: illegal value."));
    QCOMPARE(problemOf("[]"), QStringLiteral("the file '' has to be a JSON object."));
    QCOMPARE(problemOf("{}"), QStringLiteral("'' is no report of the server lab: 'scenario' is missing."));
    QCOMPARE(problemOf(R"({"scenario": {}, "results": [{"model": "event-loop", "truth": "real", "latency": 5}]})"),
        QStringLiteral("'' is no report of the server lab: 'results[0].latency' has to be an object, not 5."));
    QString problem;
    QVERIFY(!LabReport::read(QStringLiteral("/gone"), &problem));
    QVERIFY(problem.startsWith(QLatin1String("the file '/gone' cannot be read: ")));
}

void LabReportTest::keepsTheFollowedRequest()
{
    LabReport report;
    for (qint64 number = 1; number <= 500; ++number) {
        LabRequest request;
        request.number = number;
        report.take(request, 400);
    }
    QCOMPARE(report.requests.size(), 51U);
    QCOMPARE(report.requests.back().number, 400);
}

void LabReportTest::isArrangedAsTheRuns()
{
    LabReport report;
    for (const ServerModel model : {ServerModel::Cluster, ServerModel::EventLoop}) {
        LabResult result;
        result.model = model;
        report.take(result, 0);
    }
    report.arrange({{ServerModel::EventLoop, Truth::Real}, {ServerModel::Cluster, Truth::Real}});
    QCOMPARE(report.results[0].model, ServerModel::EventLoop);
}

void LabReportTest::timesCountsAndBytes()
{
    QCOMPARE(LabTable::time(0), QStringLiteral("0"));
    QCOMPARE(LabTable::time(0.0000125), QStringLiteral("12.5 us"));
    QCOMPARE(LabTable::time(0.00123), QStringLiteral("1.23 ms"));
    QCOMPARE(LabTable::time(0.9999), QStringLiteral("1.00 s"));
    QCOMPARE(LabTable::time(123.4), QStringLiteral("123 s"));
    QCOMPARE(LabTable::count(0), QStringLiteral("0"));
    QCOMPARE(LabTable::count(1234), QStringLiteral("1,234"));
    QCOMPARE(LabTable::count(12.34), QStringLiteral("12.3"));
    QCOMPARE(LabTable::count(999999.7), QStringLiteral("1.00 M"));
    QCOMPARE(LabTable::count(12345678), QStringLiteral("12.3 M"));
    QCOMPARE(LabTable::bytes(12345678), QStringLiteral("12.3 MB"));
    QCOMPARE(LabTable::bytes(4e9), QStringLiteral("4.00 GB"));
}

void LabReportTest::theTableSaysTheTruthOfEachColumn()
{
    LabReport report = aReport();
    report.results.push_back(report.results.front());
    report.results.back().truth = Truth::Real;
    report.results.back().death = QStringLiteral("out of memory");
    report.results.back().lostToDeath = 7;
    const QString text = LabTable::text(report);
    const QStringList lines = text.split(QLatin1Char('\n'));
    const auto row = lines.indexOf(QRegularExpression(QStringLiteral(" *simulated +real")));
    QVERIFY2(row > 0, qPrintable(text));
    QCOMPARE(lines[row - 1].simplified(), QStringLiteral("event loop event loop"));
    QVERIFY(lines.indexOf(QRegularExpression(QStringLiteral("p99 +12.3 ms +12.3 ms"))) > row);
    QVERIFY(lines.indexOf(QRegularExpression(QStringLiteral("off Little's law +0.00 % +0.00 %"))) > row);
    QVERIFY(text.contains(QLatin1String("Event loop (real) died: out of memory; 7 requests in flight were lost with it.")));
    QVERIFY(text.contains(QLatin1String("Cluster (simulated) gave no result: no")));
    QVERIFY(text.contains(QLatin1String("Machine: 2 cores.")));
}

void LabReportTest::withoutAnswersThereAreNoLatencies()
{
    LabReport report = aReport();
    report.results.push_back({});
    report.results.back().truth = Truth::Simulated;
    report.results.back().death = QStringLiteral("the handler threw");
    report.results.back().lostToDeath = 1;
    const QString text = LabTable::text(report);
    QVERIFY2(text.contains(QRegularExpression(QStringLiteral("\\np99 +12.3 ms +-\\n"))), qPrintable(text));
    QVERIFY2(text.contains(QRegularExpression(QStringLiteral("\\nthroughput .* -\\n"))), qPrintable(text));
    QVERIFY2(text.contains(QLatin1String(
                 "Event loop (simulated) died before the measured part: the handler threw; 1 request in flight was lost with it.")),
        qPrintable(text));
}

void LabReportTest::theWayOfARequestIsDrawn()
{
    LabReport report;
    LabRequest request;
    request.number = 3;
    request.route = QStringLiteral("GET /");
    request.arrival = 1;
    request.latency = 0.72;
    request.steps = {
        {LabStep::Kind::Queued, 1, 1.18, 0, {}}, {LabStep::Kind::Running, 1.18, 1.36, 1, {}}, {LabStep::Kind::Waiting, 1.36, 1.72, 0, {}}};
    report.requests = {request};
    request.model = ServerModel::ThreadPool;
    request.latency = -1;
    request.steps.resize(1);
    report.requests.push_back(request);
    const QStringList lines = LabTable::way(report, 3).split(QLatin1Char('\n'));
    QVERIFY2(lines[1].contains(QRegularExpression(QStringLiteral("\\|\\.{18}#{18}-{36}\\|  +720 ms$"))), qPrintable(lines[1]));
    QVERIFY2(lines[2].contains(QRegularExpression(QStringLiteral("\\|\\.{18} {54}\\|  no answer$"))), qPrintable(lines[2]));
    QCOMPARE(LabTable::way(report, 4), QString());
}

QTEST_GUILESS_MAIN(LabReportTest)
#include "LabReportTest.moc"
