// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/DifferenceFlame.h"

#include "profile/ComparedProfiles.h"
#include "state/Names.h"
#include "theme/Theme.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double kNoChange = 0.02; ///< as a share of the longer time: less is chance

QString nameOf(const CallDifference &node, const ProfileComparisonText &words)
{
    const QString function = words.name(node.before, node.after);
    if (node.task == 0)
        return function;
    const QString kind = taskKindName(static_cast<TaskKind>(node.task));
    return node.before == 0 && node.after == 0 ? kind : DifferenceFlame::tr("%1 %2").arg(kind, function);
}

QString figures(const QString &what, BeforeAfter time)
{
    return DifferenceFlame::tr("%1: %2 before, %3 after (%4)")
        .arg(what, ProfileText::duration(time.before), ProfileText::duration(time.after), ProfileComparisonText::change(time));
}

} // namespace

FlameGraph DifferenceFlame::graph(const ProfileComparison &comparison, Widths widths)
{
    std::vector<FlameNode> nodes;
    nodes.reserve(comparison.callTree().size());
    for (const CallDifference &node : comparison.callTree())
        nodes.push_back({node.parent == CallNode::none ? 0 : node.parent, widths == Widths::Before ? node.total.before : node.total.after});
    return FlameGraph::merged(nodes);
}

QColor DifferenceFlame::fill(BeforeAfter time)
{
    const Palette &p = Theme::current().palette();
    const double change = static_cast<double>(time.change()) / std::max(1.0, static_cast<double>(std::max(time.before, time.after)));
    if (std::abs(change) < kNoChange)
        return mixed(p.track, p.card, 0.7);
    return mixed(p.hue(change > 0 ? Hue::Timers : Hue::Script), p.card, 0.18 + 0.52 * std::abs(change));
}

std::vector<ColourLegend::Entry> DifferenceFlame::legend()
{
    const auto entry = [](const QString &word, BeforeAfter time) { return ColourLegend::Entry{word, [time] { return fill(time); }}; };
    return {entry(tr("slower, or new"), {0, 100}), entry(tr("a little slower"), {70, 100}), entry(tr("as before"), {100, 100}),
        entry(tr("a little faster"), {100, 70}), entry(tr("faster, or gone"), {100, 0})};
}

FlameLook DifferenceFlame::look(const std::shared_ptr<const ComparedProfiles> &profiles, bool showsAfter)
{
    const auto node = [profiles](quint32 number) -> const CallDifference & { return profiles->comparison().callTree().at(number); };
    const auto name = [profiles, node](quint32 number) {
        const CallDifference &shown = node(number);
        const QString called = number == CallTree::root ? tr("all callbacks") : nameOf(shown, profiles->words());
        return tr("%1  %2").arg(called, ProfileComparisonText::change(shown.total));
    };
    const auto tip = [profiles, node](const FlameFrame &frame) {
        const CallDifference &shown = node(frame.node);
        QStringList lines{frame.node == CallTree::root ? tr("all callbacks") : nameOf(shown, profiles->words())};
        if (const QString place = profiles->words().place(shown.before, shown.after); !place.isEmpty())
            lines << place;
        lines << figures(tr("total"), shown.total) << figures(tr("self"), shown.self);
        if (frame.node != CallTree::root)
            lines << tr("calls: %L1 before, %L2 after").arg(shown.calls.before).arg(shown.calls.after);
        return lines.join(QLatin1Char('\n'));
    };
    return {name, tip, [node](quint32 number) { return fill(node(number).total); },
        [node, showsAfter](quint32 number) { return showsAfter ? node(number).after : node(number).before; }};
}

} // namespace loopscope
