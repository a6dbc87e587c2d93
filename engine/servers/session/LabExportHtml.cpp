// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabExport.h"

#include "servers/session/LabTable.h"
#include "servers/session/SweepTable.h"

namespace loopscope {

namespace {

QString paragraph(const QString &text) { return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>\n").arg(text.toHtmlEscaped()); }

QString list(const QStringList &sentences)
{
    QString html;
    for (const QString &sentence : sentences)
        html += QStringLiteral("<li>%1</li>\n").arg(sentence.toHtmlEscaped());
    return html.isEmpty() ? html : QStringLiteral("<ul>\n%1</ul>\n").arg(html);
}

QString page(const QString &title, const QString &body)
{
    return QStringLiteral(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%1</title>\n<style>\n"
        ":root { color-scheme: light dark; }\n"
        "body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }\n"
        "table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }\n"
        "th, td { padding: 0.2rem 0.8rem; text-align: right; border-bottom: 1px solid #8884; overflow-wrap: normal; }\n"
        "th:first-child, td:first-child { text-align: left; padding-left: 0; }\n"
        ".truth { font-weight: normal; font-style: italic; }\n"
        ".verdict { border-left: 4px solid #0072b2; padding-left: 1rem; }\n"
        "footer { font-size: 13px; opacity: 0.8; margin-top: 2rem; }\n"
        "svg { max-width: 100%; height: auto; display: block; margin: 1rem 0; }\n"
        "%2</style>\n</head>\n<body>\n<h1>%1</h1>\n%3</body>\n</html>\n")
        .arg(title.toHtmlEscaped(), SvgChart::darkStyle(), body);
}

QString cell(const char *tag, const QString &text, const QString &more = QString())
{
    return QStringLiteral("<%1%2>%3</%1>").arg(QLatin1String(tag), more, text.toHtmlEscaped());
}

QString row(const char *tag, const QStringList &cells)
{
    QString html;
    for (const QString &text : cells)
        html += cell(tag, text);
    return QStringLiteral("<tr>%1</tr>\n").arg(html);
}

QString table(const QString &rows) { return QStringLiteral("<table>\n%1</table>\n").arg(rows); }

QString table(const LabReport &report)
{
    QString head = cell("th", QString());
    for (const LabResult &result : report.results)
        head += QStringLiteral("<th>%1<br><span class=\"truth\">%2</span></th>")
                    .arg(nameOf(result.model).toHtmlEscaped(), nameOf(result.truth).toHtmlEscaped());
    QString rows = QStringLiteral("<tr>%1</tr>\n").arg(head);
    for (const LabFigure &figure : labFigures()) {
        QStringList cells = {nameOf(figure)};
        for (const LabResult &result : report.results)
            cells.append(textOf(figure, result));
        rows += row("td", cells);
    }
    return table(rows);
}

/// Models and truths stand over two columns each.
QString table(const SweepReport &report)
{
    const std::vector<QStringList> all = SweepTable::rows(report);
    QString rows;
    for (std::size_t index = 0; index < all.size(); ++index) {
        if (index >= 2) {
            rows += row(index == 2 ? "th" : "td", all[index]);
            continue;
        }
        QString cells = cell("th", QString());
        for (qsizetype column = 1; column < all[index].size(); column += 2)
            cells += cell("th", all[index][column], QStringLiteral(" colspan=\"2\"") + QLatin1String(index == 1 ? " class=\"truth\"" : ""));
        rows += QStringLiteral("<tr>%1</tr>\n").arg(cells);
    }
    return table(rows);
}

QString titleOf(const Scenario &scenario) { return scenario.title.isEmpty() ? scenario.script : scenario.title; }

QString footer(const QString &machine, const QString &version, const QString &date)
{
    return QStringLiteral("<footer>\n%1%2</footer>\n")
        .arg(paragraph(LabExport::tr(
                 "Real figures are measured on the machine: %1. Simulated: the script itself runs, in virtual time. Modelled: "
                 "no script runs; its requests are drawn from a profile, event by event.")
                           .arg(machine)),
            paragraph(LabExport::tr("%1, Loopscope %2").arg(date, version)));
}

} // namespace

QByteArray LabExport::html(const LabReport &report)
{
    QString body = paragraph(report.scenario.description) + paragraph(LabTable::load(report.scenario.load));
    const LabVerdict &verdict = report.verdict;
    if (!verdict.sentence.isEmpty())
        body += QStringLiteral("<div class=\"verdict\">\n%1%2%3</div>\n")
                    .arg(paragraph(verdict.sentence), list(verdict.evidence), paragraph(verdict.turn));
    if (!report.results.empty())
        body += table(report);
    const QStringList remarks = LabTable::remarks(report);
    for (const QString &remark : remarks)
        body += paragraph(remark);
    for (const SvgChart &chart : charts(report))
        body += chart.svg();
    return page(titleOf(report.scenario), body + footer(report.machine, report.version, report.date)).toUtf8();
}

QByteArray LabExport::html(const SweepReport &report)
{
    const QString knob = LabControls::keyOf(report.over);
    QString body = paragraph(report.scenario.description);
    if (!report.values.empty())
        body += paragraph(tr("A sweep over %1, from %2 to %3.")
                              .arg(knob, QString::number(report.values.front(), 'g', 10), QString::number(report.values.back(), 'g', 10)));
    if (report.shards > 1)
        body += paragraph(tr("Part %1 of %2 of it.").arg(report.shard).arg(report.shards));
    body += QStringLiteral("<div class=\"verdict\">\n%1</div>\n").arg(list(SweepTable::sentences(report)));
    for (const SvgChart &chart : charts(report))
        body += chart.svg();
    body += table(report);
    return page(titleOf(report.scenario), body + footer(report.machine, report.version, report.date)).toUtf8();
}

QByteArray LabExport::html(const LabComparison &comparison)
{
    const LabReport &after = comparison.after();
    const QStringList settings = comparison.settings();
    QString body = paragraph(settings.front()) + list(settings.mid(1));
    QStringList sentences;
    QString tables;
    for (const ModelComparison &model : comparison.models()) {
        sentences.append(comparison.sentence(model));
        const std::vector<QStringList> all = comparison.rows(model);
        QString rows;
        for (std::size_t index = 0; index < all.size(); ++index)
            rows += row(index == 0 ? "th" : "td", all[index]);
        tables += table(rows);
    }
    body += QStringLiteral("<div class=\"verdict\">\n%1</div>\n").arg(list(sentences)) + tables
        + paragraph(
            tr("Noise: half the width of the 95 % confidence interval of the difference, by batch means over the samples of both runs, in "
               "percent of what was before; a question mark where it is not known. Better, worse: beyond it, and by more than one in a "
               "hundred."));
    const LabReport &before = comparison.before();
    body += paragraph(tr("Before: %1, Loopscope %2.").arg(before.date, before.version));
    return page(tr("%1: before and after").arg(titleOf(after.scenario)), body + footer(after.machine, after.version, after.date)).toUtf8();
}

} // namespace loopscope
