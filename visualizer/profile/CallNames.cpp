// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/CallNames.h"

#include "state/Names.h"
#include "theme/Theme.h"

#include <QLocale>

#include <algorithm>

namespace loopscope {

CallNames::CallNames(const std::vector<CallNode> &nodes, const ProfileText &text)
    : m_nodes(nodes)
    , m_tasks(nodes.size())
    , m_text(text)
{
    for (std::size_t node = 0; node < m_nodes.size(); ++node)
        m_tasks[node] = m_nodes[node].task != 0 ? m_nodes[node].task : m_tasks[parentOf(node)];
}

QString CallNames::name(quint32 node) const
{
    const CallNode &shown = m_nodes.at(node);
    if (node == CallTree::root)
        return tr("all callbacks, %1").arg(ProfileText::duration(shown.total));
    return name(shown, m_text);
}

QString CallNames::name(const CallNode &node, const ProfileText &text)
{
    if (node.task == 0)
        return text.functionName(node.function);
    const QString kind = taskKindName(node.taskKind());
    return node.function == 0 ? kind : tr("%1 %2").arg(kind, text.functionName(node.function));
}

QColor CallNames::fill(Hue hue, SiteId function)
{
    const Palette &p = Theme::current().palette();
    return mixed(p.hue(hue), p.card, (p.isDark ? 0.40 : 0.42) + 0.07 * static_cast<double>(function % 3));
}

QString CallNames::place(quint32 node) const { return m_text.place(m_nodes.at(node).function); }

QString CallNames::tip(quint32 node) const
{
    const CallNode &shown = m_nodes.at(node);
    const double whole = std::max(1.0, static_cast<double>(m_nodes.front().total));
    QStringList lines{name(node)};
    if (const QString where = place(node); !where.isEmpty())
        lines << where;
    lines << tr("total %1 (%2 of all)")
                 .arg(ProfileText::duration(shown.total), ProfileText::percent(static_cast<double>(shown.total) / whole))
          << tr("self %1").arg(ProfileText::duration(shown.self));
    if (node != CallTree::root)
        lines << tr("calls %L1").arg(shown.calls);
    return lines.join(QLatin1Char('\n'));
}

std::vector<FlameNode> CallNames::flameNodes() const
{
    std::vector<FlameNode> nodes(m_nodes.size());
    for (std::size_t node = 0; node < nodes.size(); ++node)
        nodes[node] = {parentOf(node), m_nodes[node].total};
    return nodes;
}

std::vector<CallTreeRow> CallNames::rows() const
{
    std::vector<CallTreeRow> rows(m_nodes.size());
    for (std::size_t node = 0; node < rows.size(); ++node)
        rows[node] = {parentOf(node), m_nodes[node].self, m_nodes[node].total, m_nodes[node].calls};
    return rows;
}

CallTreeModel::Texts CallNames::texts(std::shared_ptr<const CallNames> names)
{
    return {[names](quint32 node) { return names->name(node); }, [names](quint32 node) { return names->place(node); },
        [names](quint32 node) { return names->site(node); }};
}

FlameLook CallNames::look(std::shared_ptr<const CallNames> names)
{
    return {[names](quint32 node) { return names->name(node); }, [names](const FlameFrame &frame) { return names->tip(frame.node); },
        [names](quint32 node) { return fill(names->hue(node), names->site(node)); }, [names](quint32 node) { return names->site(node); }};
}

} // namespace loopscope
