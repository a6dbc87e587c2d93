// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/SweepTable.h"

#include "servers/session/LabTable.h"
#include "servers/session/TextColumns.h"

#include <algorithm>

namespace loopscope {

namespace {

QString valueText(const QString &knob, double value) { return QStringLiteral("%1 = %2").arg(knob, QString::number(value, 'g', 6)); }

} // namespace

QString SweepTable::text(const SweepBend &bend, const QString &knob)
{
    const QString name = tr("%1 (%2)").arg(nameOf(bend.run.model), nameOf(bend.run.truth));
    QStringList parts;
    if (bend.levelsOff)
        parts.append(tr("no more than %1/s, reached at %2").arg(LabTable::count(bend.bestThroughput), valueText(knob, *bend.levelsOff)));
    if (bend.falls)
        parts.append(tr("answers less from %1 on").arg(valueText(knob, *bend.falls)));
    if (bend.tailRises)
        parts.append(tr("p99 has doubled at %1").arg(valueText(knob, *bend.tailRises)));
    if (bend.breaks)
        parts.append(tr("breaks at %1").arg(valueText(knob, *bend.breaks)));
    return tr("%1: %2.").arg(name, parts.isEmpty() ? tr("neither bends nor breaks in this range") : parts.join(QLatin1String("; ")));
}

QString SweepTable::text(const std::vector<SweepTurn> &turns, const QString &knob)
{
    QStringList parts;
    for (const SweepTurn &turn : turns) {
        const QString by = turn.lead.by == Lead::By::Life ? tr("it lives")
            : turn.lead.by == Lead::By::Answers           ? tr("it answers more")
            : turn.lead.by == Lead::By::Tail              ? tr("its tail is lower")
                                                          : tr("it needs less memory");
        parts.append((parts.isEmpty() ? tr("from %1 on %2 serves best (%3)") : tr("from %1 on %2 (%3)"))
                         .arg(valueText(knob, turn.value), nameOf(turn.lead.model), by));
    }
    return parts.isEmpty() ? QString() : parts.join(QLatin1String(", ")) + QLatin1Char('.');
}

std::vector<QStringList> SweepTable::rows(const SweepReport &report)
{
    const QString knob = LabControls::keyOf(report.over);
    std::vector<QStringList> rows(3);
    rows[0].append(QString());
    rows[1].append(QString());
    rows[2].append(knob);
    for (const LabRunName &run : report.runs) {
        rows[0] << nameOf(run.model) << QString();
        rows[1] << nameOf(run.truth) << QString();
        rows[2] << tr("answers/s") << tr("p99");
    }
    for (const double value : report.values) {
        QStringList row = {QString::number(value, 'g', 6)};
        bool isThere = false;
        for (const LabRunName &run : report.runs) {
            const std::vector<SweepPoint> points = report.pointsOf(run);
            const auto point = std::find_if(points.begin(), points.end(), [value](const SweepPoint &one) { return one.value == value; });
            isThere = isThere || point != points.end();
            row << (point == points.end() ? QStringLiteral("-") : LabTable::count(point->result.throughput))
                << (point == points.end() ? QStringLiteral("-") : LabTable::time(point->result.latency.p99));
        }
        if (isThere)
            rows.push_back(row);
    }
    return rows;
}

QStringList SweepTable::sentences(const SweepReport &report)
{
    const QString knob = LabControls::keyOf(report.over);
    QStringList sentences;
    for (const SweepProblem &problem : report.problems)
        sentences.append(
            tr("%1, %2 (%3) gave no result: %4")
                .arg(valueText(knob, problem.value), nameOf(problem.problem.model), nameOf(problem.problem.truth), problem.problem.text));
    for (const SweepBend &bend : bendsOf(report))
        sentences.append(SweepTable::text(bend, knob));
    for (const Truth truth : {Truth::Real, Truth::Simulated, Truth::Modelled}) {
        if (const QString turns = SweepTable::text(turnsOf(report, truth), knob); !turns.isEmpty())
            sentences.append(tr("Best (%1): %2").arg(nameOf(truth), turns));
    }
    return sentences;
}

QString SweepTable::text(const SweepReport &report)
{
    QString text = (report.scenario.title.isEmpty() ? report.scenario.script : report.scenario.title) + QLatin1Char('\n')
        + textColumns(rows(report)) + QLatin1Char('\n');
    for (const QString &sentence : sentences(report))
        text += sentence + QLatin1Char('\n');
    return text;
}

} // namespace loopscope
