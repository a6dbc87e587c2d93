// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProfileReport.h"

#include "analysis/profiler/ProfileJson.h"
#include "state/Names.h"

#include <algorithm>
#include <numeric>

namespace loopscope {

namespace {

QString column(const QString &text, int width) { return text.rightJustified(width); }
QString column(quint64 nanoseconds) { return column(ProfileText::duration(nanoseconds), 10); }
QString number(quint64 value, int width) { return column(QString::number(value), width); }

} // namespace

void ProfileReport::write(Output &output, const BlockingReport &blocking, const Verdict &verdict) const
{
    output.writeText(m_text.verdict(verdict, m_profile, blocking) + QLatin1Char('\n'));
    for (const ProfileFinding &finding : verdict.findings())
        output.writeText(
            QStringLiteral("  * %1\n    %2 %3\n")
                .arg(m_text.finding(finding), m_text.advice(finding), tr("(Lesson %1)").arg(ProfileText::lesson(finding.kind))));
    writeBlocking(output, blocking);
    writeLoop(output, blocking);
    writeOverTime(output);
    writeKinds(output);
    writeFunctions(output);
    writeAwaits(output);
    writeAsyncTree(output);
}

void ProfileReport::writeBlocking(Output &output, const BlockingReport &blocking) const
{
    output.writeText(QLatin1Char('\n')
        + tr("What held the loop for %1 or longer, the most harmful first").arg(ProfileText::duration(blocking.threshold()))
        + QLatin1Char('\n'));
    if (blocking.blockers().empty())
        output.writeText(QStringLiteral("  ") + tr("nothing") + QLatin1Char('\n'));
    std::size_t rows = 0;
    for (const Blocker &blocker : blocking.blockers()) {
        if (rows++ == m_rows)
            break;
        output.writeText(QStringLiteral("  %1  %2\n    %3; %4\n")
                             .arg(m_text.blockerName(blocker), m_text.place(blocker.function), m_text.blockerTimes(blocker),
                                 m_text.blockerHarm(blocker)));
        for (const QString &line : {m_text.callPath(blocker), m_text.blockerEffect(blocker), m_text.advice(blocker)}) {
            if (!line.isEmpty())
                output.writeText(QStringLiteral("    %1\n").arg(line));
        }
        for (std::size_t i = 0; i < std::min(m_rows, blocker.victims.size()); ++i)
            output.writeText(QStringLiteral("      - %1\n").arg(m_text.victim(blocker.victims[i])));
    }
}

void ProfileReport::writeLoop(Output &output, const BlockingReport &blocking) const
{
    const LoopMetrics &metrics = m_profile.metrics();
    const DurationFigures &delay = blocking.delay();
    const double end = std::max(1.0, static_cast<double>(metrics.endTime()));
    const auto text = [](quint64 time) { return ProfileText::duration(time); };
    output.writeText(QLatin1Char('\n') + tr("The loop") + QLatin1Char('\n'));
    output.writeText(QStringLiteral("  ")
        + tr("%1 in all; callbacks ran for %2 (%3); waited in poll for %4; %5 iterations")
              .arg(text(metrics.endTime()), text(metrics.busy()), ProfileText::percent(static_cast<double>(metrics.busy()) / end),
                  text(metrics.polled()))
              .arg(metrics.iterations())
        + QLatin1Char('\n'));
    output.writeText(QStringLiteral("  ")
        + tr("held at a time: p50 %1, p90 %2, p99 %3, the longest %4")
              .arg(text(delay.p50), text(delay.p90), text(delay.p99), text(delay.most))
        + QLatin1Char('\n'));
    if (const DurationFigures requests = requestLatencies(m_profile); requests.count > 0)
        output.writeText(QStringLiteral("  ")
            + tr("clients' requests: %1; answered after p50 %2, p90 %3, p99 %4, the longest %5")
                  .arg(requests.count)
                  .arg(text(requests.p50), text(requests.p90), text(requests.p99), text(requests.most))
            + QLatin1Char('\n'));
    const PoolFigures pool = metrics.pool();
    if (pool.queued.count > 0)
        output.writeText(QStringLiteral("  ")
            + tr("thread pool: %1 requests on %2 threads; waited for a thread p50 %3, p99 %4; worked p50 %5, p99 %6; at most %7 in the "
                 "queue")
                  .arg(pool.queued.count)
                  .arg(pool.threads)
                  .arg(text(pool.queued.p50), text(pool.queued.p99), text(pool.served.p50), text(pool.served.p99))
                  .arg(pool.longestQueue)
            + QLatin1Char('\n'));
    for (std::size_t phase = 1; phase < LoopMetrics::phases; ++phase)
        output.writeText(QStringLiteral("  %1  %2\n").arg(column(metrics.phaseTimes()[phase]), phaseName(static_cast<Phase>(phase))));
}

void ProfileReport::writeKinds(Output &output) const
{
    output.writeText(QLatin1Char('\n') + tr("Callbacks") + QLatin1Char('\n'));
    output.writeText(
        QStringLiteral("  %1%2%3%4  %5\n")
            .arg(column(tr("runs"), 8), column(tr("ran"), 11), column(tr("waited"), 11), column(tr("not ready"), 11), tr("kind")));
    for (const TaskKindTimes &each : taskKindTimes(m_profile.runs()))
        output.writeText(QStringLiteral("  %1 %2 %3 %4  %5\n")
                             .arg(column(QString::number(each.count), 8), column(each.busy), column(each.ready), column(each.idle),
                                 taskKindName(each.kind)));
}

void ProfileReport::writeFunctions(Output &output) const
{
    const bool isSampled = m_profile.callTree().isSampled();
    output.writeText(QLatin1Char('\n')
        + (isSampled ? tr("Functions, by the time of their own, as samples saw them: of calls only callbacks are counted")
                : m_profile.callTree().callsLeftOut() > 0
                ? tr("Functions, by the time of their own; there were more calls, %L1 of which the stack was only sampled")
                      .arg(m_profile.callTree().callsLeftOut())
                : tr("Functions, by the time of their own"))
        + QLatin1Char('\n'));
    output.writeText(
        QStringLiteral("  %1%2%3%4  %5\n")
            .arg(column(tr("self"), 10), column(tr("total"), 11), column(tr("awaited"), 11), column(tr("calls"), 9), tr("function")));
    std::size_t rows = 0;
    for (const FunctionCost &cost : m_profile.callTree().functions()) {
        if (rows++ == m_rows)
            break;
        output.writeText(QStringLiteral("  %1 %2 %3%4  %5  %6\n")
                             .arg(column(cost.self), column(cost.total), column(m_profile.awaits().awaitedIn(cost.function)),
                                 column(isSampled && cost.calls == 0 ? QStringLiteral("-") : QString::number(cost.calls), 9),
                                 m_text.functionName(cost.function), m_text.place(cost.function)));
    }
}

void ProfileReport::writeAwaits(Output &output) const
{
    const std::vector<AwaitCost> awaits = m_profile.awaits().awaits();
    if (awaits.empty())
        return;
    output.writeText(QLatin1Char('\n') + tr("Awaits, by the time waited") + QLatin1Char('\n'));
    output.writeText(
        QStringLiteral("  %1%2%3  %4\n").arg(column(tr("waited"), 10), column(tr("longest"), 11), column(tr("times"), 9), tr("where")));
    for (std::size_t i = 0; i < std::min(m_rows, awaits.size()); ++i)
        output.writeText(QStringLiteral("  %1 %2%3  %4  %5\n")
                             .arg(column(awaits[i].total), column(awaits[i].longest), column(QString::number(awaits[i].count), 9),
                                 m_text.functionName(awaits[i].function), m_text.place(awaits[i].await)));
}

void ProfileReport::writeOverTime(Output &output) const
{
    quint64 length = 0;
    const std::vector<LoopMoment> slices = m_profile.metrics().slices(m_rows, &length);
    if (slices.empty())
        return;
    output.writeText(QLatin1Char('\n')
        + tr("The loop over time: in each %1, and the most that waited at once").arg(ProfileText::duration(length)) + QLatin1Char('\n'));
    const auto row = [&](const QStringList &columns) {
        static constexpr std::array widths = {10, 9, 12, 11, 8, 8, 12, 11, 12, 8};
        QString line(QStringLiteral("  "));
        for (std::size_t i = 0; i < widths.size(); ++i)
            line += column(columns.at(static_cast<qsizetype>(i)), widths[i]);
        output.writeText(line + QLatin1Char('\n'));
    };
    row({tr("from"), tr("busy"), tr("turns/s"), tr("held"), tr("ticks"), tr("jobs"), tr("timers"), tr("I/O ready"), tr("immediates"),
        tr("pool")});
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const LoopMoment &slice = slices[i];
        const quint64 from = i * length;
        // The last one is not over.
        const auto lasted = static_cast<double>(std::clamp<quint64>(m_profile.metrics().endTime() - from, 1, length));
        const auto queue = [&](LoopQueue which) { return QString::number(slice.most.in(which)); };
        row({ProfileText::duration(from), ProfileText::percent(std::min(1.0, static_cast<double>(slice.busy) / lasted)),
            QString::number(static_cast<double>(slice.iterations) * 1e9 / lasted, 'f', 0), ProfileText::duration(slice.longestHold),
            queue(LoopQueue::NextTick), queue(LoopQueue::Microtasks), queue(LoopQueue::Timers), QString::number(slice.most.ready),
            queue(LoopQueue::Check), QString::number(slice.mostForThread)});
    }
}

std::vector<ProfileReport::Row> ProfileReport::heaviest(const std::vector<quint64> &weights, const Children &children) const
{
    std::vector<quint32> order(weights.empty() ? 0 : weights.size() - 1);
    std::iota(order.begin(), order.end(), 1U);
    const std::size_t kept = std::min(m_rows, order.size());
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept),
        [&](quint32 left, quint32 right) { return weights[left] != weights[right] ? weights[left] > weights[right] : left < right; });
    order.resize(kept);
    std::ranges::sort(order);

    std::vector<Row> rows;
    std::vector<Row> open{{0, -1}};
    while (!open.empty()) {
        const Row row = open.back();
        open.pop_back();
        if (row.depth >= 0)
            rows.push_back(row);
        std::vector<quint32> below = children(row.node);
        for (auto child = below.rbegin(); child != below.rend(); ++child) {
            if (std::ranges::binary_search(order, *child))
                open.push_back({*child, row.depth + 1});
        }
    }
    return rows;
}

void ProfileReport::writeAsyncTree(Output &output) const
{
    const AsyncTree &tree = m_profile.asyncTree();
    const std::vector<AsyncTimes> totals = tree.totals();
    std::vector<quint64> weights;
    for (const AsyncTimes &total : totals)
        weights.push_back(total.all());
    output.writeText(QLatin1Char('\n') + tr("Who started what: callbacks below those that started them, by all their time together")
        + QLatin1Char('\n'));
    output.writeText(QStringLiteral("  %1%2%3%4%5  %6\n")
                         .arg(column(tr("together"), 10), column(tr("runs"), 9), column(tr("not ready"), 11), column(tr("waited"), 11),
                             column(tr("ran"), 11), tr("callback")));
    for (const Row &row : heaviest(weights, [&](quint32 node) { return tree.children(node, totals); })) {
        const AsyncNode &node = tree.nodes()[row.node];
        output.writeText(
            QStringLiteral("  %1%2 %3 %4 %5  %6%7  %8\n")
                .arg(column(weights[row.node]), number(node.own.count, 9), column(node.own.notReady), column(node.own.waited),
                    column(node.own.ran), QString(2 * row.depth, QLatin1Char(' ')), m_text.asyncName(node), m_text.asyncPlace(node)));
    }
}

void ProfileReport::writeCallers(Output &output) const
{
    const CallTree tree = m_profile.callTree().inverted();
    std::vector<quint64> weights;
    for (const CallNode &node : tree.nodes())
        weights.push_back(node.total);
    output.writeText(tr("Functions, by the time of their own, and who called them") + QLatin1Char('\n'));
    output.writeText(QStringLiteral("  %1%2  %3\n").arg(column(tr("self"), 10), column(tr("calls"), 9), tr("function")));
    for (const Row &row : heaviest(weights, [&](quint32 node) { return tree.children(node); })) {
        const CallNode &node = tree.nodes()[row.node];
        output.writeText(QStringLiteral("  %1%2  %3%4  %5\n")
                             .arg(column(node.total), number(node.calls, 9), QString(2 * row.depth, QLatin1Char(' ')),
                                 m_text.callName(node), m_text.place(node.function)));
    }
}

void ProfileReport::writeSource(Output &output, const SourceCost &cost)
{
    output.writeText(cost.source->path + QLatin1Char('\n'));
    output.writeText(
        QStringLiteral("%1%2%3%4\n").arg(column(tr("self"), 10), column(tr("times"), 9), column(tr("awaited"), 11), column(tr("line"), 7)));
    const auto writeLine = [&](quint32 line, const QString &text) {
        const auto found = cost.lines.find(line);
        QString costs(30, QLatin1Char(' '));
        if (found != cost.lines.end()) {
            const LineCost &each = found->second;
            costs = column(ProfileText::duration(each.self), 10) + column(QString::number(each.times > 0 ? each.times : each.calls), 9)
                + column(each.awaited > 0 ? ProfileText::duration(each.awaited) : QString(), 11);
        }
        output.writeText(QStringLiteral("%1%2  %3\n").arg(costs, number(line, 7), text));
    };
    // An imported trace has the places only.
    if (cost.source->text.isEmpty()) {
        for (const auto &each : cost.lines)
            writeLine(each.first, {});
        return;
    }
    quint32 line = 0;
    const QList<QByteArray> lines = cost.source->text.split('\n');
    for (const QByteArray &text : lines) {
        if (++line < lines.size() || !text.isEmpty())
            writeLine(line, QString::fromUtf8(text.endsWith('\r') ? text.chopped(1) : text));
    }
}

} // namespace loopscope
