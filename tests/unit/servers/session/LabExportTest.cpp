// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabExport.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace loopscope;

namespace {

LabReport aReport()
{
    LabReport report;
    report.scenario.title = QStringLiteral("<b>&\"%1");
    report.machine = QStringLiteral("a <machine>");
    for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool}) {
        LabResult result;
        result.model = model;
        result.truth = Truth::Simulated;
        result.completed = 100;
        result.seconds = 10;
        result.throughput = 10.5;
        result.histogram = {{0.001, 0.002, 60}, {0.1, 0.2, 40}};
        result.death = QStringLiteral("said \"no\", <i>twice</i>");
        report.results.push_back(result);
        for (int index = 0; index < 5; ++index) {
            LabSample sample;
            sample.model = model;
            sample.truth = Truth::Simulated;
            sample.time = index;
            sample.interval = 1;
            sample.completed = index * 10;
            sample.latency.p99 = 0.01 * index;
            report.samples.push_back(sample);
        }
    }
    report.verdict.sentence = QStringLiteral("A < B.");
    report.verdict.evidence = {QStringLiteral("E & F")};
    return report;
}

bool isWellFormed(const QString &xml)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        reader.readNext();
    if (reader.hasError())
        qWarning("%s, line %lld", qPrintable(reader.errorString()), static_cast<long long>(reader.lineNumber()));
    return !reader.hasError();
}

} // namespace

class LabExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csvHasARowForEachRun();
    void csvHasARowForEachSample();
    void chartsAreWellFormed();
    void chartsOfNothingAreEmpty();
    void histogramBarsSumUp();
    void htmlEscapesAndLoadsNothing();
    void comparisons();
    void sweepsFromZero();
    void sweeps();
};

void LabExportTest::csvHasARowForEachRun()
{
    const QByteArrayList lines = LabExport::csv(aReport()).split('\n');
    QCOMPARE(lines.size(), 4); // the last is empty
    QVERIFY(lines[0].startsWith("model,truth,throughput [1/s],latency.p50 [s],"));
    QVERIFY(lines[1].startsWith("event-loop,simulated,10.5,"));
    QVERIFY(lines[1].contains(R"(,"said ""no"", <i>twice</i>",)"));
}

void LabExportTest::csvHasARowForEachSample()
{
    const QByteArrayList lines = LabExport::samplesCsv(aReport()).split('\n');
    QCOMPARE(lines.size(), 12);
    for (int index = 0; index < 11; ++index)
        QCOMPARE(lines[index].count(','), lines[0].count(','));
    QVERIFY(lines[1].startsWith("event-loop,simulated,0,1,0,0,0,0,0,0,0,,,,,,")); // no answer, no latency
    QVERIFY(lines[3].startsWith("event-loop,simulated,2,1,0,20,"));
}

void LabExportTest::chartsAreWellFormed()
{
    const QString svg = SvgChart::svg(LabExport::charts(aReport()));
    QVERIFY(isWellFormed(svg));
    QVERIFY(!svg.contains(QLatin1String("nan")) && !svg.contains(QLatin1String("inf")));
    QCOMPARE(svg.count(QLatin1String(">event loop (simulated)<")), 5);
}

void LabExportTest::chartsOfNothingAreEmpty()
{
    const std::vector<SvgChart> charts = LabExport::charts(LabReport());
    for (const SvgChart &chart : charts)
        QCOMPARE(chart.svg(), QString());
    QVERIFY(isWellFormed(SvgChart::svg(charts)));
}

void LabExportTest::histogramBarsSumUp()
{
    const SvgChart chart = LabExport::charts(aReport()).back();
    double percent = 0;
    for (const QPointF &point : chart.lines.front().points)
        percent += point.y();
    QCOMPARE(percent, 100.0);
    for (std::size_t index = 1; index < chart.lines.front().points.size(); ++index)
        QVERIFY(chart.lines.front().points[index - 1].x() <= chart.lines.front().points[index].x());
}

void LabExportTest::htmlEscapesAndLoadsNothing()
{
    const QString html = QString::fromUtf8(LabExport::html(aReport()));
    QVERIFY(html.contains(QLatin1String("<h1>&lt;b&gt;&amp;&quot;%1</h1>")));
    QVERIFY(html.contains(QLatin1String("died: said &quot;no&quot;, &lt;i&gt;twice&lt;/i&gt;")));
    QVERIFY(html.contains(QLatin1String("<p>Load: ")) && html.contains(QLatin1String("@media (prefers-color-scheme: dark)")));
    QVERIFY(html.contains(QLatin1String("A &lt; B.")) && html.contains(QLatin1String("E &amp; F"))
        && html.contains(QLatin1String("a &lt;machine&gt;")));
    QVERIFY(!html.contains(QRegularExpression(QStringLiteral("(src|href)=|url\\(|<script|@import"))));
    QCOMPARE(html.count(QLatin1String("<svg ")), 5);
}

void LabExportTest::sweeps()
{
    SweepReport report;
    report.over = LabControls::Knob::Clients;
    report.values = {1, 10, 100};
    report.runs = {{ServerModel::Cluster, Truth::Modelled}};
    for (const double value : report.values) {
        SweepPoint point{value, {}};
        point.result.model = ServerModel::Cluster;
        point.result.truth = Truth::Modelled;
        point.result.seconds = 10;
        point.result.throughput = value * 2;
        report.points.push_back(point);
    }
    const QByteArrayList lines = LabExport::csv(report).split('\n');
    QVERIFY(lines[0].startsWith("clients,model,truth,throughput [1/s],"));
    QVERIFY(lines[2].startsWith("10,cluster,modelled,20,"));
    QVERIFY(isWellFormed(SvgChart::svg(LabExport::charts(report))));
    QVERIFY(LabExport::html(report).contains("<svg "));
}

void LabExportTest::comparisons()
{
    const LabReport before = aReport();
    LabReport after = before;
    after.scenario.load.clients = 7;
    after.results.front().failures.reset = 1000; // of none
    const LabComparison comparison(before, after);
    const QString html = QString::fromUtf8(LabExport::html(comparison));
    QVERIFY(html.contains(QLatin1String("<h1>&lt;b&gt;&amp;&quot;%1: before and after</h1>")));
    QVERIFY(html.contains(QLatin1String("<li>load.clients: 100 -&gt; 7</li>")));
    QVERIFY2(html.contains(QLatin1String("Event loop (simulated): worse: failed 1,000 higher;")), qPrintable(html));
    QCOMPARE(html.count(QLatin1String("<table>")), 2);
    QVERIFY(!html.contains(QRegularExpression(QStringLiteral("(src|href)=|url\\(|<script|@import"))));
}

void LabExportTest::sweepsFromZero()
{
    SweepReport report;
    report.over = LabControls::Knob::IoMilliseconds;
    report.values = {0, 30};
    report.runs = {{ServerModel::Cluster, Truth::Modelled}};
    for (const double value : report.values) {
        SweepPoint point{value, {}};
        point.result.model = ServerModel::Cluster;
        point.result.truth = Truth::Modelled;
        point.result.throughput = 10;
        report.points.push_back(point);
    }
    const std::vector<SvgChart> charts = LabExport::charts(report);
    QVERIFY(!charts.front().isXLogarithmic); // there 0 would have no place
    QCOMPARE(charts.front().lines.front().points.size(), std::size_t(2));
    QVERIFY(LabExport::html(report).contains("<p>A sweep over ioMilliseconds, from 0 to 30.</p>"));
}

QTEST_GUILESS_MAIN(LabExportTest)
#include "LabExportTest.moc"
