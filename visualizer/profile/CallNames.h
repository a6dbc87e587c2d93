// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/CallTree.h"
#include "analysis/profiler/ProfileText.h"
#include "profile/CallTreeModel.h"
#include "profile/FlameView.h"
#include "theme/Palette.h"

#include <QCoreApplication>

#include <memory>

namespace loopscope {

/// A call tree as the views want it: its nodes in words and colours. Keeps a copy of the tree, so that the one it was made from may grow.
class CallNames
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::CallNames)

public:
    /// `text` must outlive this.
    CallNames(const std::vector<CallNode> &nodes, const ProfileText &text);

    QString name(quint32 node) const;
    /// The same of any node but the root.
    static QString name(const CallNode &node, const ProfileText &text);
    /// The colour of a kind's frames. Neighbours of one kind stay apart by three shades, of which a function has always the same.
    static QColor fill(Hue hue, SiteId function);
    QString place(quint32 node) const;
    /// Name, place, times and calls, in lines.
    QString tip(quint32 node) const;
    /// Of the callback that the node belongs to.
    Hue hue(quint32 node) const { return hueOf(static_cast<TaskKind>(m_tasks.at(node))); }
    SiteId site(quint32 node) const { return m_nodes.at(node).function; }

    std::vector<FlameNode> flameNodes() const;
    std::vector<CallTreeRow> rows() const;
    /// The functions of these keep `names` alive.
    static CallTreeModel::Texts texts(std::shared_ptr<const CallNames> names);
    static FlameLook look(std::shared_ptr<const CallNames> names);

private:
    quint32 parentOf(std::size_t node) const { return node == 0 ? 0 : m_nodes[node].parent; }

    std::vector<CallNode> m_nodes;
    std::vector<quint8> m_tasks; ///< by node: the kind of the callback around it
    const ProfileText &m_text;
};

} // namespace loopscope
