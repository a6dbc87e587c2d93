// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/SyntaxTree.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// Which expressions of a file may be BigInts: those need operators that know them (docs/decisions/bigint.md), all others keep V4's.
///
/// Variables are judged by name over the whole file: a name stands for no BigInt if nothing that may be one is ever assigned to it.
class BigIntFacts
{
public:
    explicit BigIntFacts(const SyntaxTree &tree);

    /// True if a text has to do with BigInts: a literal, or the word.
    static bool mentions(const QByteArray &text);

    bool mayBeBigInt(NodeIndex expression) const;

private:
    struct Variable
    {
        bool isUnknown = false; ///< a parameter, a destructured or an imported name
        std::vector<NodeIndex> values; ///< what is assigned
    };

    void note(NodeIndex node);
    void noteTarget(NodeIndex target, NodeIndex value);
    void noteUnknown(NodeIndex pattern);
    bool mayBinaryBeBigInt(NodeIndex node) const;
    bool mayCallBeBigInt(NodeIndex node) const;
    NodeIndex child(NodeIndex node, FieldName field) const { return m_tree.child(node, field); }

    const SyntaxTree &m_tree;
    std::unordered_map<std::string_view, Variable> m_variables;
    bool m_isOpaque = false; ///< `eval` or `with` may assign to anything
};

} // namespace loopscope
