// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LabMeasures.h"

#include "lessons/loader/Condition.h"

#include <QTest>

using namespace loopscope;

namespace {
const char report[] = R"({"results": [
 {"model": "event-loop", "throughput": 4888.5, "latency": {"p50": 0.00225, "p99": 0.0024}, "completed": 4888,
  "failures": {"badStatus": 1, "refused": 2, "timedOut": 3}, "cpuCores": 0.125, "mostMemoryBytes": 13800000},
 {"model": "thread-pool", "throughput": 10, "latency": {"p50": 1, "p99": 2}, "completed": 10, "failures": {}, "cpuCores": 1, "mostMemoryBytes": 0}],
 "problems": [{"model": "processes", "text": "The script never listens."}]})";
} // namespace

class LabMeasuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data()
    {
        QTest::addColumn<QString>("condition");
        for (const char *condition : {"throughput('event-loop') == 4888.5", "throughput('thread-pool') == 10",
                 "p50('event-loop') == 2.25ms", "p99('event-loop') == 2.4ms", "p99('thread-pool') == 2s", "answered('event-loop') == 4888",
                 "failed('event-loop') == 6", "failed('thread-pool') == 0", "cpu('event-loop') == 0.125", "memory('event-loop') == 13.8",
                 "not throughput('workers') > 0 and not throughput('workers') <= 0 and not failed('workers') == 0"})
            QTest::newRow(condition) << QString::fromLatin1(condition);
    }
    void holds()
    {
        QFETCH(QString, condition);
        QString problem;
        const auto measures = LabMeasures::fromReport(report, {QStringLiteral("event-loop"), QStringLiteral("thread-pool")}, &problem);
        QVERIFY2(measures, qPrintable(problem));
        ConditionProblem wrong;
        const auto parsed = Condition::parse(condition, MeasureSet::Lab, &wrong);
        QVERIFY2(parsed, qPrintable(wrong.sentence));
        for (const Condition::Part &part : parsed->parts(*measures))
            QVERIFY2(part.holds, qPrintable(part.measured.join(QLatin1Char(' '))));
    }

    void modelsWithoutResultAreToldWithTheReason()
    {
        QString problem;
        QVERIFY(!LabMeasures::fromReport(report, {QStringLiteral("processes")}, &problem));
        QVERIFY2(problem.contains(QLatin1String("'processes'")) && problem.contains(QLatin1String("never listens")), qPrintable(problem));
        for (const char *bad : {"", "[]", "{", "{\"results\": 5}", "{\"results\": [1, null]}"}) {
            problem.clear();
            QVERIFY(!LabMeasures::fromReport(bad, {QStringLiteral("event-loop")}, &problem));
            QVERIFY(!problem.isEmpty());
        }
    }

    void typesAreThoseOfTheForms()
    {
        QString problem;
        const auto measures = LabMeasures::fromReport(report, {}, &problem);
        for (const MeasureForm &form : MeasureForm::all())
            QVERIFY2(measures->measure(form.id, {QStringLiteral("event-loop")}).type == form.gives, qPrintable(form.name));
    }
};

QTEST_APPLESS_MAIN(LabMeasuresTest)
#include "LabMeasuresTest.moc"
