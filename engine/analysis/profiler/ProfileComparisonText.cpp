// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/ProfileComparisonText.h"

#include <QJsonArray>

namespace loopscope {

namespace {

/// Changes below this part of a run are not told in the summary.
constexpr double leastShare = 0.02;

QJsonObject pair(BeforeAfter figure)
{
    return {{QStringLiteral("before"), static_cast<double>(figure.before)}, {QStringLiteral("after"), static_cast<double>(figure.after)}};
}

bool matters(BeforeAfter figure, BeforeAfter duration)
{
    return static_cast<double>(std::abs(figure.change())) >= leastShare * static_cast<double>(std::max(duration.before, duration.after));
}

} // namespace

QString ProfileComparisonText::change(BeforeAfter figure)
{
    if (figure.change() == 0)
        return QStringLiteral("=");
    return (figure.change() > 0 ? QStringLiteral("+%1") : QStringLiteral("-%1"))
        .arg(ProfileText::duration(static_cast<quint64>(std::abs(figure.change()))));
}

QString ProfileComparisonText::summary(const ProfileComparison &comparison) const
{
    const auto text = [](quint64 time) { return ProfileText::duration(time); };
    const BeforeAfter duration = comparison.duration();
    QString sentence;
    if (!matters(duration, duration)) {
        sentence = tr("Both runs took about the same time (%1 and %2).").arg(text(duration.before), text(duration.after));
    } else {
        const bool isFaster = duration.after < duration.before;
        const double ratio = static_cast<double>(isFaster ? duration.before : duration.after)
            / static_cast<double>(std::max<quint64>(isFaster ? duration.after : duration.before, 1));
        sentence = (isFaster ? tr("The second run took %1 instead of %2: %3 times as fast.")
                             : tr("The second run took %1 instead of %2: %3 times as long."))
                       .arg(text(duration.after), text(duration.before), QString::number(ratio, 'f', ratio < 10 ? 2 : 0));
    }
    if (matters(comparison.longestHold(), duration))
        sentence += QLatin1Char(' ')
            + tr("It held the loop for at most %1 instead of %2.")
                  .arg(text(comparison.longestHold().after), text(comparison.longestHold().before));
    if (comparison.harm().change() != 0 && matters(comparison.harm(), duration))
        sentence += QLatin1Char(' ')
            + tr("Others waited %1 for it instead of %2, all together.").arg(text(comparison.harm().after), text(comparison.harm().before));
    if (!comparison.functions().empty() && matters(comparison.functions().front().self, duration)) {
        const FunctionChange &most = comparison.functions().front();
        sentence += QLatin1Char(' ')
            + tr("Of functions, `%1` changed most: %2 of its own instead of %3.")
                  .arg(function(most), text(most.self.after), text(most.self.before));
    }
    if (!comparison.awaits().empty() && matters(comparison.awaits().front().total, duration)) {
        const QString name = await(comparison.awaits().front());
        BeforeAfter waited;
        for (const AwaitChange &each : comparison.awaits()) {
            if (await(each) != name)
                continue;
            waited.before += each.total.before;
            waited.after += each.total.after;
        }
        sentence += QLatin1Char(' ')
            + tr("Of awaits, those in `%1` changed most: they waited %2 instead of %3.").arg(name, text(waited.after), text(waited.before));
    }
    return sentence;
}

QJsonObject ProfileComparisonText::toJson(const ProfileComparison &comparison) const
{
    QJsonArray functions;
    for (const FunctionChange &each : comparison.functions())
        functions.append(QJsonObject{{QStringLiteral("function"), function(each)},
            {QStringLiteral("place"), place(each.before, each.after)}, {QStringLiteral("self"), pair(each.self)},
            {QStringLiteral("total"), pair(each.total)}, {QStringLiteral("calls"), pair(each.calls)}});
    QJsonArray awaits;
    for (const AwaitChange &each : comparison.awaits())
        awaits.append(QJsonObject{{QStringLiteral("function"), await(each)}, {QStringLiteral("place"), place(each.before, each.after)},
            {QStringLiteral("total"), pair(each.total)}, {QStringLiteral("count"), pair(each.count)}});
    QJsonArray tree;
    for (const CallDifference &each : comparison.callTree())
        tree.append(QJsonObject{{QStringLiteral("function"), name(each.before, each.after)}, {QStringLiteral("task"), each.task},
            {QStringLiteral("parent"), each.parent == CallNode::none ? -1.0 : static_cast<double>(each.parent)},
            {QStringLiteral("self"), pair(each.self)}, {QStringLiteral("total"), pair(each.total)},
            {QStringLiteral("calls"), pair(each.calls)}});
    return {{QStringLiteral("summary"), summary(comparison)}, {QStringLiteral("time"), pair(comparison.duration())},
        {QStringLiteral("busy"), pair(comparison.busy())}, {QStringLiteral("held"), pair(comparison.held())},
        {QStringLiteral("longestHold"), pair(comparison.longestHold())}, {QStringLiteral("harm"), pair(comparison.harm())},
        {QStringLiteral("functions"), functions}, {QStringLiteral("awaits"), awaits}, {QStringLiteral("callTree"), tree}};
}

} // namespace loopscope
