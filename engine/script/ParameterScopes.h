// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/SyntaxTree.h"

#include <QByteArrayList>

#include <set>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Variables that must be called otherwise, because V4 gives a function one scope where ECMAScript gives it two: what is declared in its
/// body cannot be seen from the default values of its parameters.
///
/// `(a = () => x) => { var x; }`: the x of the body gets another name. `(a, b = () => a) => { var a; }`: the parameter does, and the body's
/// variable starts with its value.
class ParameterScopes
{
public:
    explicit ParameterScopes(const SyntaxTree &tree);

    /// True if the name at this node is to be written with a prefix.
    bool isRenamed(NodeIndex name) const { return m_renamed.count(name) > 0; }
    /// The renamed names from one place to another, in order.
    std::vector<NodeIndex> renamedWithin(quint32 start, quint32 end) const;

    struct Entry
    {
        QByteArrayList parameters; ///< renamed ones, whose values variables of the body start with
        QByteArrayList functions; ///< renamed ones, which keep their `name`
    };
    /// What a function's body has to begin with.
    Entry entryOf(NodeIndex body) const;

private:
    using Names = std::set<QByteArray>;
    void separate(NodeIndex parameters, NodeIndex body);
    void collectUses(NodeIndex node, bool isValue, bool isInFunction, Names *used, Names *usedLater) const;
    void collectDeclarations(NodeIndex node, bool isTop, Names *variables, Names *functions) const;
    void rename(NodeIndex node, const QByteArray &name);

    const SyntaxTree &m_tree;
    std::set<NodeIndex> m_renamed;
    std::unordered_map<NodeIndex, Entry> m_entries;
};

} // namespace loopscope
