// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/ScriptCompiler.h"
#include "script/SyntaxTree.h"

#include <algorithm>
#include <unordered_map>

namespace loopscope {

/// A function declared in a block of sloppy code, whose name is also a variable of the function around (ECMAScript, annex B.3.3).
struct BlockFunction
{
    NodeIndex declaration = noNode;
    QByteArrayView name;
};

/// What must be known of a function before its first character is written.
struct FunctionFacts
{
    NodeIndex outer = noNode; ///< the function around; noNode: the file
    bool isArrow = false;
    bool isAsync = false;
    bool isGenerator = false;
    bool isStrict = false;
    bool usesArguments = false; ///< itself or in arrows within
    bool usesDistantSuper = false; ///< `super.x` in arrows or async parts within, where V4 does not know `this` or `super`
    bool setsDistantSuper = false; ///< `super.x = v` there
    std::vector<BlockFunction> blockFunctions;
    std::vector<QByteArrayView> variables; ///< names declared by `var` and by functions in its body; kept for async functions only
};

/// One pass over the tree before anything is rewritten: what each function uses, and what the file as a whole needs.
class SourceFacts
{
public:
    SourceFacts(const SyntaxTree &tree, ScriptKind kind);

    const FunctionFacts &file() const { return m_functions.at(noNode); }
    const FunctionFacts &function(NodeIndex node) const { return m_functions.at(node); }
    /// The function whose body (or parameters) a node belongs to; noNode: the file.
    NodeIndex functionAround(NodeIndex node) const { return m_owners[node]; }
    /// The method to whose `super` this node refers from an arrow function or an async part: V4 knows no `this` there, or no `super`.
    /// noNode: V4's own will do, or esbuild's.
    NodeIndex methodOfDistantSuper(NodeIndex node) const;

    /// True if a name in a parameter's default value is that of a parameter not bound yet: reading it throws, which V4 does not know.
    bool isDeadName(NodeIndex node) const { return std::binary_search(m_deadNames.begin(), m_deadNames.end(), node); }

    /// True if variables named `yield` must be called otherwise: V4 takes the word for the keyword in all that stands inside a generator.
    bool renamesYield() const { return m_suspends && m_bindsYield && !m_namesFunctionYield; }

    /// Class fields, private names, object rest and the like: what the rewriter leaves to esbuild.
    bool needsLowering() const { return m_needsLowering; }
    /// True if a template with a tag has an escape that is none: only esbuild's form of it parses.
    bool hasRawTemplates() const { return m_hasRawTemplates; }
    bool hasTopLevelAwait() const { return m_hasTopLevelAwait; }
    /// "$" or a longer prefix, such that no name of the file clashes with the names of our marks and variables.
    QByteArray prefix() const { return m_prefix; }
    /// The first thing that V4 cannot run or V8 would refuse; noNode if there is none.
    NodeIndex refusedNode() const { return m_refusedNode; }
    QString refusal() const { return m_refusal; }
    bool refusalIsSyntaxError() const { return m_refusalIsSyntaxError; }

    static bool isFunction(NodeType type);
    /// The names a binding pattern declares.
    static void collectNames(const SyntaxTree &tree, NodeIndex pattern, std::vector<QByteArrayView> &names);
    /// True if a logical assignment to this target can be written twice without a second effect.
    static bool isRepeatable(const SyntaxTree &tree, NodeIndex target);
    /// The directives at the head of a statement list; gives the last one, noNode if there is none.
    static NodeIndex lastDirective(const SyntaxTree &tree, NodeIndex list, bool *isStrict);

private:
    void enterFunction(NodeIndex node);
    void note(NodeIndex node);
    void noteDeadNames(NodeIndex function);
    void collectDeadNames(NodeIndex expression, const std::vector<QByteArrayView> &names);
    void noteIdentifier(NodeIndex node);
    void noteAwait(NodeIndex node);
    void noteSuper(NodeIndex node);
    void noteBlockFunction(NodeIndex node);
    void noteSeparators(NodeIndex node);
    void noteLegacyNumber(NodeIndex node);
    void noteLegacyEscape(NodeIndex node);
    void noteTemplate(NodeIndex node);
    void noteDeclaration(NodeIndex node);
    void noteVariables(NodeIndex node);
    void refuse(NodeIndex node, const QString &message, bool isSyntaxError);
    bool isShadowed(NodeIndex declaration, QByteArrayView name) const;

    const SyntaxTree &m_tree;
    ScriptKind m_kind;
    std::unordered_map<NodeIndex, FunctionFacts> m_functions;
    std::vector<NodeIndex> m_owners;
    std::vector<QByteArrayView> m_dollarNames;
    std::vector<NodeIndex> m_deadNames; ///< in order
    bool m_suspends = false; ///< there are generators or async functions
    bool m_bindsYield = false;
    bool m_namesFunctionYield = false;
    bool m_needsLowering = false;
    bool m_hasRawTemplates = false;
    bool m_hasTopLevelAwait = false;
    QByteArray m_prefix;
    NodeIndex m_refusedNode = noNode;
    QString m_refusal;
    bool m_refusalIsSyntaxError = true;
};

} // namespace loopscope
