// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/AwaitNeeds.h"

#include "script/SourceFacts.h"

#include <utility>
#include <vector>

namespace loopscope {

namespace {

using Awaits = std::set<quint32>; ///< by the byte offset at which they begin

/// Goes through a function's text, with what each name holds of awaits, until nothing new is found: what a name holds at the end of a
/// loop's turn it holds in the next one.
class FunctionReader
{
public:
    FunctionReader(const SyntaxTree &tree, NodeIndex function, std::map<quint32, Awaits> *needs)
        : m_tree(tree)
        , m_function(function)
        , m_needs(*needs)
    {
    }

    void read()
    {
        for (int pass = 0; pass < mostPasses && !m_isTooMuch && std::exchange(m_hasGrown, false); ++pass) {
            m_control.clear();
            m_exits.clear();
            m_skips.clear();
            for (NodeIndex child = m_tree[m_function].firstChild; child != noNode; child = m_tree[child].nextSibling) {
                if (m_tree[child].field == FieldName::Parameter || m_tree[child].field == FieldName::Parameters)
                    declare(child, {});
                else
                    visit(child);
            }
        }
    }
    /// True if the text is nested so deeply, or has so many awaits, that it was not read to its end.
    bool isTooMuch() const { return m_isTooMuch; }

private:
    static constexpr int mostPasses = 10;
    static constexpr int deepest = 500; ///< some 500 bytes of stack each, ten times as many under a sanitizer
    static constexpr std::size_t mostAwaits = 256; ///< each may need all others

    Awaits visit(NodeIndex node)
    {
        if (node == noNode)
            return {};
        m_isTooMuch = m_isTooMuch || m_depth >= deepest;
        if (m_isTooMuch)
            return {};
        ++m_depth;
        Awaits found = value(node);
        --m_depth;
        return found;
    }

    Awaits value(NodeIndex node)
    {
        const NodeType type = m_tree[node].type;
        if (SourceFacts::isFunction(type))
            return closure(node);
        switch (type) {
        case NodeType::AwaitExpression:
            return awaitExpression(node);
        case NodeType::Identifier:
        case NodeType::ShorthandPropertyIdentifier:
        case NodeType::This:
            return held(node);
        case NodeType::VariableDeclarator: {
            const Awaits given = visit(m_tree.child(node, FieldName::Value));
            declare(m_tree.child(node, FieldName::Name), given);
            return given;
        }
        case NodeType::AssignmentExpression:
        case NodeType::AugmentedAssignmentExpression: {
            Awaits given = visit(m_tree.child(node, FieldName::Right));
            if (type == NodeType::AugmentedAssignmentExpression)
                given.merge(visit(m_tree.child(node, FieldName::Left)));
            bind(m_tree.child(node, FieldName::Left), given);
            return given;
        }
        case NodeType::CallExpression:
        case NodeType::NewExpression:
            return call(node);
        case NodeType::ForInStatement:
            return forIn(node);
        case NodeType::IfStatement:
        case NodeType::TernaryExpression:
        case NodeType::WhileStatement:
        case NodeType::DoStatement:
        case NodeType::ForStatement:
        case NodeType::SwitchStatement:
        case NodeType::BinaryExpression:
            return conditional(node);
        case NodeType::TryStatement:
            return attempt(node);
        case NodeType::ReturnStatement:
        case NodeType::ThrowStatement:
        case NodeType::BreakStatement:
        case NodeType::ContinueStatement:
            return leave(node);
        default:
            return visitChildren(node);
        }
    }

    Awaits visitChildren(NodeIndex node)
    {
        Awaits all;
        for (NodeIndex child = m_tree[node].firstChild; child != noNode; child = m_tree[child].nextSibling)
            all.merge(visit(child));
        return all;
    }

    Awaits awaitExpression(NodeIndex node)
    {
        const Awaits outer = m_within;
        if (m_nested == 0)
            m_within.insert(m_tree[node].start);
        const Awaits operand = visitChildren(node);
        m_within = outer;
        return await(m_tree[node].start, operand);
    }

    /// An await of this function, whose operand depends on `operand`.
    Awaits await(quint32 offset, Awaits operand)
    {
        if (m_nested > 0)
            return operand;
        operand.insert(m_control.begin(), m_control.end());
        operand.insert(m_exits.begin(), m_exits.end());
        operand.insert(m_skips.begin(), m_skips.end());
        m_met.insert(offset);
        m_isTooMuch = m_isTooMuch || m_met.size() > mostAwaits;
        add(m_needs[offset], operand);
        m_come.insert(offset);
        operand.insert(offset);
        return operand;
    }

    /// What follows would not have been come to, nor the next turns of the loops around.
    Awaits leave(NodeIndex node)
    {
        Awaits given = visitChildren(node);
        const NodeType type = m_tree[node].type;
        if (m_nested > 0 || (type == NodeType::BreakStatement && m_isInSwitch))
            return given;
        const bool isOfFunction = type == NodeType::ReturnStatement || type == NodeType::ThrowStatement;
        (isOfFunction ? m_exits : m_skips).insert(m_control.begin(), m_control.end());
        if (type != NodeType::ContinueStatement) {
            for (const NodeIndex loop : m_loops)
                add(m_beforeTurn[loop], m_control);
        }
        return given;
    }

    /// A function within holds what it uses. What it assigns, it may assign while it is awaited.
    Awaits closure(NodeIndex node)
    {
        ++m_nested;
        const Awaits used = visitChildren(node);
        --m_nested;
        const NodeIndex name = m_tree.child(node, FieldName::Name);
        if (name != noNode && m_tree[node].type != NodeType::MethodDefinition)
            bind(name, used);
        return used;
    }

    Awaits call(NodeIndex node)
    {
        const NodeIndex callee =
            m_tree.child(node, m_tree[node].type == NodeType::NewExpression ? FieldName::Constructor : FieldName::Function);
        const NodeIndex arguments = m_tree.child(node, FieldName::Arguments);
        Awaits given = visit(arguments);
        // What is called with it may keep it: list.push(row), Object.assign(to, row).
        if (!given.empty()) {
            if (callee != noNode && m_tree[callee].type != NodeType::Identifier)
                keepIn(callee, given);
            for (NodeIndex each = arguments == noNode ? noNode : m_tree[arguments].firstChild; each != noNode;
                 each = m_tree[each].nextSibling)
                keepIn(each, given);
        }
        given.merge(visit(callee));
        return given;
    }

    /// Only what is the function's own is changed by a call: that a module was given a row does not make its next answer depend on it.
    void keepIn(NodeIndex node, const Awaits &given)
    {
        const NodeIndex root = rootOf(node);
        if (root != noNode && m_tree[root].type == NodeType::Identifier && m_own.contains(m_tree.textOf(root).toByteArray()))
            bind(root, given);
    }

    Awaits forIn(NodeIndex node)
    {
        const NodeIndex left = m_tree.child(node, FieldName::Left);
        Awaits given = visit(m_tree.child(node, FieldName::Right));
        // Each turn of `for await` comes after the one before.
        if (m_tree.token(node, "await") != noNode && left != noNode) {
            given.insert(m_tree[left].start);
            given = await(m_tree[left].start, given);
        }
        if (m_tree.child(node, FieldName::Kind) != noNode)
            declare(left, given);
        else
            bind(left, given);
        const Awaits before = m_control;
        m_control.insert(given.begin(), given.end());
        turn(node, [&] { visit(m_tree.child(node, FieldName::Body)); });
        m_control = before;
        return {};
    }

    /// Reads what a loop does in each turn, and what the turn before lets it do.
    template<typename Read>
    void turn(NodeIndex loop, Read read)
    {
        const bool wasInSwitch = std::exchange(m_isInSwitch, false);
        const Awaits skips = m_skips;
        m_loops.push_back(loop);
        m_control.insert(m_beforeTurn[loop].begin(), m_beforeTurn[loop].end());
        read();
        m_loops.pop_back();
        m_isInSwitch = wasInSwitch;
        m_skips = skips; // behind the loop it goes on
    }

    /// All but the condition depends on it; of a loop, in the next turn the condition, too.
    Awaits conditional(NodeIndex node)
    {
        const NodeType type = m_tree[node].type;
        if (type == NodeType::BinaryExpression && m_tree.token(node, "&&") == noNode && m_tree.token(node, "||") == noNode
            && m_tree.token(node, "??") == noNode)
            return visitChildren(node);
        const FieldName field = type == NodeType::BinaryExpression ? FieldName::Left
            : type == NodeType::SwitchStatement                    ? FieldName::Value
                                                                   : FieldName::Condition;
        const NodeIndex condition = m_tree.child(node, field);
        const NodeIndex initializer = m_tree.child(node, FieldName::Initializer);
        const bool isLoop = type == NodeType::WhileStatement || type == NodeType::DoStatement || type == NodeType::ForStatement;
        const Awaits before = m_control;
        Awaits all;
        const auto read = [&] {
            all = visit(condition);
            if (isLoop)
                add(m_beforeTurn[node], all);
            m_control.insert(all.begin(), all.end());
            for (NodeIndex child = m_tree[node].firstChild; child != noNode; child = m_tree[child].nextSibling) {
                if (child != condition && child != initializer)
                    all.merge(visit(child));
            }
        };
        if (isLoop) {
            visit(initializer);
            turn(node, read);
            all.clear();
        } else {
            const bool wasInSwitch = std::exchange(m_isInSwitch, m_isInSwitch || type == NodeType::SwitchStatement);
            read();
            m_isInSwitch = wasInSwitch;
        }
        m_control = before;
        return all;
    }

    /// That something is caught depends on what was awaited.
    Awaits attempt(NodeIndex node)
    {
        const Awaits outer = std::exchange(m_come, {});
        visit(m_tree.child(node, FieldName::Body));
        const Awaits before = m_control;
        for (NodeIndex child = m_tree[node].firstChild; child != noNode; child = m_tree[child].nextSibling) {
            if (m_tree[child].field == FieldName::Body)
                continue;
            m_control = before;
            if (m_tree[child].type == NodeType::CatchClause)
                m_control.insert(m_come.begin(), m_come.end());
            visit(child);
        }
        m_control = before;
        m_come.insert(outer.begin(), outer.end());
        return {};
    }

    NodeIndex rootOf(NodeIndex node) const
    {
        while (node != noNode && (m_tree[node].type == NodeType::MemberExpression || m_tree[node].type == NodeType::SubscriptExpression))
            node = m_tree.child(node, FieldName::Object);
        return node;
    }

    void declare(NodeIndex pattern, const Awaits &given)
    {
        m_declares = true;
        bind(pattern, given);
        m_declares = false;
    }

    /// Whatever the pattern or place `target` names holds `given` from now on, too.
    void bind(NodeIndex target, const Awaits &given)
    {
        if (target == noNode)
            return;
        if (m_depth >= deepest) {
            m_isTooMuch = true;
            return;
        }
        const SyntaxNode &node = m_tree[target];
        switch (node.type) {
        case NodeType::Identifier:
        case NodeType::ShorthandPropertyIdentifierPattern:
        case NodeType::This: {
            const QByteArray name = m_tree.textOf(target).toByteArray();
            if (m_declares)
                m_own.insert(name);
            Awaits &held = m_held[name];
            add(held, given);
            add(held, m_control);
            if (m_nested > 0)
                add(held, m_within);
            return;
        }
        case NodeType::MemberExpression:
        case NodeType::SubscriptExpression:
            visit(m_tree.child(target, FieldName::Index));
            bind(rootOf(target), given);
            return;
        case NodeType::AssignmentPattern:
        case NodeType::ObjectAssignmentPattern: {
            Awaits either = visit(m_tree.child(target, FieldName::Right));
            either.insert(given.begin(), given.end());
            bind(m_tree.child(target, FieldName::Left), either);
            return;
        }
        case NodeType::PairPattern:
            bind(m_tree.child(target, FieldName::Value), given);
            return;
        default:
            ++m_depth;
            for (NodeIndex child = node.firstChild; child != noNode; child = m_tree[child].nextSibling) {
                if (m_tree[child].isNamed)
                    bind(child, given);
            }
            --m_depth;
        }
    }

    Awaits held(NodeIndex name) const
    {
        const auto found = m_held.find(m_tree.textOf(name).toByteArray());
        return found == m_held.end() ? Awaits() : found->second;
    }

    void add(Awaits &to, const Awaits &more)
    {
        const std::size_t before = to.size();
        to.insert(more.begin(), more.end());
        m_hasGrown = m_hasGrown || to.size() > before;
    }

    const SyntaxTree &m_tree;
    NodeIndex m_function;
    std::map<quint32, Awaits> &m_needs;
    std::map<QByteArray, Awaits> m_held; ///< by name
    std::set<QByteArray> m_own; ///< names that the function declares
    std::map<NodeIndex, Awaits> m_beforeTurn; ///< by loop: what decided that the turn before was not the last
    std::vector<NodeIndex> m_loops; ///< around what is read, the outermost first
    Awaits m_control; ///< what decided that this place was come to
    Awaits m_exits; ///< what decided that the function was not left before
    Awaits m_skips; ///< what decided that the rest of a loop's turn was not skipped
    Awaits m_come; ///< in the `try` that is read
    Awaits m_within; ///< the expressions of which are read
    Awaits m_met; ///< all of the function
    bool m_declares = false;
    bool m_isInSwitch = false; ///< which is what a `break` leaves
    bool m_hasGrown = true;
    bool m_isTooMuch = false;
    int m_nested = 0; ///< functions within
    int m_depth = 0;
};

} // namespace

AwaitNeeds::AwaitNeeds(const SourceText &source)
    : m_source(source)
    , m_lines(source.text)
{
    if (source.text.isEmpty())
        return;
    m_tree = std::make_unique<SyntaxTree>(source.text);
    if (m_tree->firstError() != noNode) {
        m_tree.reset();
        return;
    }
    for (quint32 index = 0; index < source.sites.size(); ++index) {
        if (source.sites[index].kind == SiteKind::Await)
            m_siteAt.emplace(m_lines.offset({source.sites[index].line, source.sites[index].column}), index);
    }
}

/// The innermost node that begins at or before the offset and holds it.
NodeIndex AwaitNeeds::nodeAt(quint32 offset) const
{
    NodeIndex node = SyntaxTree::root();
    for (NodeIndex child = (*m_tree)[node].firstChild; child != noNode;) {
        const SyntaxNode &each = (*m_tree)[child];
        if (each.start <= offset && offset < each.end) {
            node = child;
            child = each.firstChild;
        } else {
            child = each.nextSibling;
        }
    }
    return node;
}

void AwaitNeeds::readFunctionAround(quint32 offset)
{
    NodeIndex function = nodeAt(offset);
    while (function != SyntaxTree::root() && !SourceFacts::isFunction((*m_tree)[function].type))
        function = (*m_tree)[function].parent;
    if (!m_read.insert(function).second)
        return;
    FunctionReader reader(*m_tree, function, &m_needs);
    reader.read();
    if (reader.isTooMuch())
        m_tree.reset();
}

std::optional<std::set<quint32>> AwaitNeeds::of(quint32 await)
{
    if (!m_tree || await >= m_source.sites.size() || m_source.sites[await].kind != SiteKind::Await)
        return {};
    const quint32 offset = m_lines.offset({m_source.sites[await].line, m_source.sites[await].column});
    readFunctionAround(offset);
    const auto found = m_needs.find(offset);
    if (!m_tree || found == m_needs.end())
        return {};
    std::set<quint32> sites;
    for (const quint32 each : found->second) {
        if (const auto site = m_siteAt.find(each); site != m_siteAt.end())
            sites.insert(site->second);
    }
    return sites;
}

} // namespace loopscope
