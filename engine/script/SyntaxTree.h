// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace loopscope {

/// True for a byte of a name, keyword or number; bytes of characters beyond ASCII count as such.
bool isWordByte(char character);

/// What the instrumenter tells apart. `Other` is everything whose children are all that matters, tokens included.
enum class NodeType : quint8 {
    Other,
    Program,
    // statements
    StatementBlock,
    EmptyStatement,
    ExpressionStatement,
    LexicalDeclaration,
    VariableDeclaration,
    VariableDeclarator,
    IfStatement,
    ElseClause,
    ForStatement,
    ForInStatement,
    WhileStatement,
    DoStatement,
    LabeledStatement,
    SwitchStatement,
    SwitchCase,
    SwitchDefault,
    TryStatement,
    CatchClause,
    FinallyClause,
    ReturnStatement,
    ThrowStatement,
    BreakStatement,
    ContinueStatement,
    DebuggerStatement,
    WithStatement,
    ImportStatement,
    ExportStatement,
    // functions and classes
    FunctionDeclaration,
    GeneratorFunctionDeclaration,
    FunctionExpression,
    GeneratorFunction,
    ArrowFunction,
    MethodDefinition,
    ClassDeclaration,
    Class,
    ClassHeritage,
    ClassBody,
    ClassStaticBlock,
    FieldDefinition,
    FormalParameters,
    Decorator,
    // expressions
    CallExpression,
    NewExpression,
    Arguments,
    MemberExpression,
    SubscriptExpression,
    OptionalChain,
    AssignmentExpression,
    AugmentedAssignmentExpression,
    BinaryExpression,
    UnaryExpression,
    UpdateExpression,
    TernaryExpression,
    SequenceExpression,
    ParenthesizedExpression,
    AwaitExpression,
    YieldExpression,
    MetaProperty,
    Object,
    Pair,
    SpreadElement,
    ObjectPattern,
    ArrayPattern,
    AssignmentPattern,
    ObjectAssignmentPattern,
    PairPattern,
    RestPattern,
    ComputedPropertyName,
    TemplateString,
    TemplateSubstitution,
    Identifier,
    ShorthandPropertyIdentifier,
    ShorthandPropertyIdentifierPattern,
    PropertyIdentifier,
    PrivatePropertyIdentifier,
    StatementIdentifier,
    This,
    Super,
    Import,
    String,
    EscapeSequence,
    Number,
    Regex,
    RegexPattern,
    RegexFlags,
    // modules
    ImportClause,
    NamespaceImport,
    NamedImports,
    ImportSpecifier,
    ImportAttribute,
    ExportClause,
    ExportSpecifier,
    NamespaceExport,
    // JSX, which no engine runs
    JsxElement,
    Error,
};

enum class FieldName : quint8 {
    None,
    Name,
    Body,
    Parameter,
    Parameters,
    Left,
    Right,
    Value,
    Key,
    Object,
    Property,
    Index,
    Function,
    Arguments,
    Constructor,
    Consequence,
    Alternative,
    Condition,
    Initializer,
    Increment,
    Declaration,
    Source,
    Alias,
    Label,
    Kind,
    Operator,
    Member,
    Argument,
};

using NodeIndex = quint32;
constexpr NodeIndex noNode = 0xFFFFFFFFU;

/// One node. Nodes are stored in the order of the text (parents before children), comments left out.
struct SyntaxNode
{
    quint32 start = 0; ///< byte offsets
    quint32 end = 0;
    NodeIndex parent = noNode;
    NodeIndex firstChild = noNode;
    NodeIndex nextSibling = noNode;
    NodeType type = NodeType::Other;
    FieldName field = FieldName::None;
    bool isNamed = false;
    bool isMissing = false;
};

/// The syntax tree of a JavaScript text, flattened: tree-sitter's own nodes are slow to walk by index.
class SyntaxTree
{
public:
    /// The text must stay alive as long as the tree.
    explicit SyntaxTree(const QByteArray &text);

    const QByteArray &text() const { return m_text; }
    const std::vector<SyntaxNode> &nodes() const { return m_nodes; }
    const SyntaxNode &operator[](NodeIndex index) const { return m_nodes[index]; }
    static constexpr NodeIndex root() { return 0; }

    QByteArrayView textOf(NodeIndex index) const
    {
        return QByteArrayView(m_text).sliced(m_nodes[index].start, m_nodes[index].end - m_nodes[index].start);
    }
    /// The first child with that field; noNode if there is none.
    NodeIndex child(NodeIndex parent, FieldName field) const;
    NodeIndex child(NodeIndex parent, NodeType type) const;
    /// The first child that is a token with that text.
    NodeIndex token(NodeIndex parent, QByteArrayView text) const;
    NodeIndex lastChild(NodeIndex parent) const;

    /// The first node that is an error or was missing; noNode if the text parsed.
    NodeIndex firstError() const { return m_firstError; }
    /// Byte ranges of HTML-like comments, which only V8 reads as comments.
    const std::vector<std::pair<quint32, quint32>> &htmlComments() const { return m_htmlComments; }

private:
    const QByteArray &m_text;
    std::vector<SyntaxNode> m_nodes;
    NodeIndex m_firstError = noNode;
    std::vector<std::pair<quint32, quint32>> m_htmlComments;
};

} // namespace loopscope
