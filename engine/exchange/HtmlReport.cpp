// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/HtmlReport.h"

#include "analysis/profiler/ProfileJson.h"
#include "exchange/HtmlPictures.h"
#include "state/LineTimes.h"
#include "state/Names.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace loopscope {

namespace {

constexpr std::size_t mostRows = 100;
constexpr std::size_t mostVictims = 20;

constexpr const char *style = R"css(
:root { color-scheme: light dark; --window: #f6f7f9; --card: #fff; --line: #d5dae1; --text: #1b2027; --dim: #5a6472; --task: #b9d3ea; --call: #f0d9a8; --bar: #2f6fb3; --heat: 181, 69, 44; }
@media (prefers-color-scheme: dark) { :root { --window: #15181d; --card: #1c2027; --line: #2b313a; --text: #e8ebf0; --dim: #9ba3af; --task: #27486b; --call: #5c4a1e; --bar: #7db8ec; } }
body { font: 14px/1.45 Inter, system-ui, sans-serif; background: var(--window); color: var(--text); margin: 2em auto; max-width: 1100px; padding: 0 1em; }
h1 { font-size: 22px; } h2 { font-size: 16px; margin: 2em 0 .5em; }
.verdict { font-size: 17px; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--bar); padding: .7em 1em; }
.dim, figcaption { color: var(--dim); } code, pre { font-family: "JetBrains Mono", ui-monospace, monospace; font-size: 12px; }
table { border-collapse: collapse; width: 100%; background: var(--card); } th, td { border-bottom: 1px solid var(--line); padding: .25em .6em; text-align: right; vertical-align: top; }
th { color: var(--dim); font-weight: 500; } th.name, td.name { text-align: left; overflow-wrap: anywhere; }
svg { width: 100%; background: var(--card); border: 1px solid var(--line); } svg text { font: 11px "JetBrains Mono", ui-monospace, monospace; fill: var(--text); pointer-events: none; }
.task { fill: var(--task); } .call { fill: var(--call); } .bar { fill: var(--bar); } figure { margin: 0 0 1em; }
pre.source { background: var(--card); border: 1px solid var(--line); padding: .5em 0; overflow-x: auto; } pre.source span { display: block; padding: 0 .6em; } pre.source i { font-style: normal; color: var(--dim); display: inline-block; width: 15em; text-align: right; margin-right: 1em; user-select: none; }
)css";

class HtmlReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::HtmlReport)

public:
    HtmlReport(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_sink(sink)
        , m_text(names.reader(), names.text())
    {
        const RecordingReader &reader = names.reader();
        m_profile.update(reader);
        for (quint64 i = 0; i < reader.eventCount(); ++i)
            m_lines.add(reader.event(i));
    }

    void write()
    {
        const BlockingReport blocking(m_profile);
        const Verdict verdict(m_profile, blocking);
        writeHead();
        m_sink << "<p class=\"verdict\">" << marked(m_text.verdict(verdict, m_profile, blocking)) << "</p>\n";
        if (verdict.findings().size() > 0)
            writeFindings(verdict);
        writeBlocking(blocking);
        writeLoop(blocking);
        heading(tr("Where the time of callbacks went"));
        writeFlameGraph(m_profile.callTree(), m_text, m_sink);
        writeKinds();
        writeFunctions();
        writeAwaits();
        writeSources();
        m_sink << "</body></html>\n";
    }

private:
    static QByteArray html(const QString &text) { return text.toHtmlEscaped().toUtf8(); }
    /// With what stands between backquotes as code.
    static QByteArray marked(const QString &text)
    {
        static const QRegularExpression quoted(QStringLiteral("`([^`]*)`"));
        return text.toHtmlEscaped().replace(quoted, QStringLiteral("<code>\\1</code>")).toUtf8();
    }
    void heading(const QString &text) { m_sink << "<h2>" << html(text) << "</h2>\n"; }
    static QString time(quint64 nanoseconds) { return ProfileText::duration(nanoseconds); }

    /// The last column is the name's.
    void tableHead(const QStringList &columns)
    {
        m_sink << "<table><thead><tr>";
        for (qsizetype i = 0; i < columns.size(); ++i)
            m_sink << (i + 1 == columns.size() ? "<th class=\"name\">" : "<th>") << html(columns[i]) << "</th>";
        m_sink << "</tr></thead><tbody>\n";
    }
    void tableRow(const QStringList &cells, const QString &name, const QString &place)
    {
        m_sink << "<tr>";
        for (const QString &cell : cells)
            m_sink << "<td>" << html(cell) << "</td>";
        m_sink << "<td class=\"name\"><code>" << html(name) << "</code> <span class=\"dim\">" << html(place) << "</span></td></tr>\n";
    }
    void tableEnd() { m_sink << "</tbody></table>\n"; }

    void writeHead()
    {
        const QString title = m_names.title();
        const QJsonObject metadata = m_names.reader().metadata();
        m_sink << "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                  "content=\"width=device-width\"><title>"
               << html(title) << "</title><style>" << style << "</style></head><body>\n<h1>" << html(title) << "</h1>\n<p class=\"dim\">"
               << html(tr("%1 %2; %3; %4 events.")
                           .arg(metadata.value(QLatin1String("program")).toString(), metadata.value(QLatin1String("version")).toString(),
                               metadata.value(QLatin1String("truth")).toString())
                           .arg(m_names.reader().eventCount()))
               << "</p>\n";
        if (const QString sentence = m_names.reader().incompleteness(); !sentence.isEmpty())
            m_sink << "<p>" << html(sentence) << "</p>\n";
    }

    void writeFindings(const Verdict &verdict)
    {
        m_sink << "<ul>\n";
        for (const auto &finding : verdict.findings())
            m_sink << "<li>" << marked(m_text.finding(finding)) << " <span class=\"dim\">" << marked(m_text.advice(finding))
                   << "</span></li>\n";
        m_sink << "</ul>\n";
    }

    void writeBlocking(const BlockingReport &blocking)
    {
        heading(tr("What held the loop for %1 or longer, the most harmful first").arg(time(blocking.threshold())));
        if (blocking.blockers().empty())
            m_sink << "<p>" << html(tr("Nothing.")) << "</p>\n";
        for (std::size_t i = 0; i < std::min(mostRows, blocking.blockers().size()); ++i) {
            const Blocker &blocker = blocking.blockers()[i];
            m_sink << "<h3>" << marked(m_text.blockerName(blocker)) << " <span class=\"dim\">" << html(m_text.place(blocker.function))
                   << "</span></h3>\n<p>" << html(m_text.blockerTimes(blocker)) << "; " << html(m_text.blockerHarm(blocker)) << ". "
                   << html(m_text.blockerEffect(blocker)) << "</p>\n<p><code>" << marked(m_text.callPath(blocker))
                   << "</code></p>\n<p class=\"dim\">" << marked(m_text.advice(blocker)) << "</p>\n";
            if (blocker.victims.empty())
                continue;
            m_sink << "<ul>\n";
            for (std::size_t victim = 0; victim < std::min(mostVictims, blocker.victims.size()); ++victim)
                m_sink << "<li>" << marked(m_text.victim(blocker.victims[victim])) << "</li>\n";
            m_sink << "</ul>\n";
        }
    }

    void writeLoop(const BlockingReport &blocking)
    {
        const LoopMetrics &metrics = m_profile.metrics();
        const DurationFigures &delay = blocking.delay();
        heading(tr("The loop"));
        m_sink << "<p>"
               << html(tr("%1 in all; callbacks ran for %2; waited in poll for %3; %4 iterations. Held at a time: p50 %5, p90 %6, p99 %7, "
                          "the longest %8.")
                           .arg(time(metrics.endTime()), time(metrics.busy()), time(metrics.polled()))
                           .arg(metrics.iterations())
                           .arg(time(delay.p50), time(delay.p90), time(delay.p99), time(delay.most)))
               << "</p>\n<figure>";
        writeUtilization(metrics, m_sink);
        m_sink << "<figcaption>" << html(tr("Utilization over %1").arg(time(metrics.endTime()))) << "</figcaption></figure>\n<figure>";
        writeDelayHistogram(blocking, m_sink);
        m_sink << "<figcaption>" << html(tr("How long the loop was held at a time (numbers on a logarithmic scale)"))
               << "</figcaption></figure>\n";
        tableHead({tr("time"), tr("phase")});
        for (std::size_t phase = 1; phase < LoopMetrics::phases; ++phase)
            tableRow({time(metrics.phaseTimes()[phase])}, phaseName(static_cast<Phase>(phase)), {});
        tableEnd();
    }

    void writeKinds()
    {
        heading(tr("Callbacks"));
        tableHead({tr("runs"), tr("ran"), tr("waited"), tr("not ready"), tr("kind")});
        for (const TaskKindTimes &each : taskKindTimes(m_profile.runs()))
            tableRow({QString::number(each.count), time(each.busy), time(each.ready), time(each.idle)}, taskKindName(each.kind), {});
        tableEnd();
    }

    void writeFunctions()
    {
        heading(tr("Functions, by the time of their own"));
        tableHead({tr("self"), tr("total"), tr("awaited"), tr("calls"), tr("function")});
        const std::vector<FunctionCost> functions = m_profile.callTree().functions();
        for (std::size_t i = 0; i < std::min(mostRows, functions.size()); ++i)
            tableRow({time(functions[i].self), time(functions[i].total), time(m_profile.awaits().awaitedIn(functions[i].function)),
                         QString::number(functions[i].calls)},
                m_text.functionName(functions[i].function), m_text.place(functions[i].function));
        tableEnd();
    }

    void writeAwaits()
    {
        const std::vector<AwaitCost> awaits = m_profile.awaits().awaits();
        if (awaits.empty())
            return;
        heading(tr("Awaits, by the time waited"));
        tableHead({tr("waited"), tr("longest"), tr("times"), tr("where")});
        for (std::size_t i = 0; i < std::min(mostRows, awaits.size()); ++i)
            tableRow({time(awaits[i].total), time(awaits[i].longest), QString::number(awaits[i].count)},
                m_text.functionName(awaits[i].function), m_text.place(awaits[i].await));
        tableEnd();
    }

    void writeSources()
    {
        if (m_lines.total() == 0)
            return;
        heading(tr("Time by line, what lines called not counted"));
        std::map<const SourceText *, std::map<quint32, LineTimes::Cost>> costs;
        for (SiteId site = 1; site < m_lines.siteEnd(); ++site) {
            const SitePlace place = m_names.reader().place(site);
            if (!place.isValid() || m_lines.of(site).count == 0)
                continue;
            LineTimes::Cost &cost = costs[place.source][place.site->line];
            cost.time += m_lines.of(site).time;
            cost.count += m_lines.of(site).count;
        }
        for (const auto &[source, lines] : costs)
            writeSource(*source, lines);
    }

    void writeSource(const SourceText &source, const std::map<quint32, LineTimes::Cost> &costs)
    {
        m_sink << "<h3><code>" << html(source.path) << "</code></h3>\n<pre class=\"source\">";
        quint32 number = 0;
        for (const QByteArray &line : source.text.split('\n')) {
            const auto cost = costs.find(++number);
            if (cost == costs.end()) {
                m_sink << "<span><i></i>" << html(QString::fromUtf8(line)) << "</span>";
                continue;
            }
            const double heat = static_cast<double>(cost->second.time) / static_cast<double>(m_lines.total());
            m_sink << "<span style=\"background: rgba(var(--heat), " << QByteArray::number(heat * 0.6, 'f', 3) << ")\"><i>"
                   << html(tr("%1, %2 \u00d7").arg(time(cost->second.time)).arg(cost->second.count)) << "</i>"
                   << html(QString::fromUtf8(line)) << "</span>";
        }
        m_sink << "</pre>\n";
    }

    const ExportNames &m_names;
    TextSink &m_sink;
    ProfileText m_text;
    Profile m_profile;
    LineTimes m_lines;
};

} // namespace

void writeHtmlReport(const ExportNames &names, TextSink &sink) { HtmlReport(names, sink).write(); }

} // namespace loopscope
