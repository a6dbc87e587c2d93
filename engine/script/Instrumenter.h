// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/BigIntFacts.h"
#include "script/EvaluationOrder.h"
#include "script/LineIndex.h"
#include "script/ParameterScopes.h"
#include "script/SourceFacts.h"
#include "script/SyntaxTree.h"

#include <QByteArray>

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace loopscope {

/// Where a function stands in the instrumented text.
struct FunctionMark
{
    quint32 offset = 0; ///< bytes from the start of the instrumented text
    quint32 site = 0; ///< index in the file's table
    QString owner; ///< of a method: the name of its class, or Object
    bool isConstructor = false; ///< of a class
    bool isArrow = false;
};

/// A stretch of the instrumented text that was copied from the source.
struct CopiedText
{
    quint32 offset = 0; ///< in the instrumented text
    quint32 sourceOffset = 0;
};

/// Names of variables whose values a statement's mark gives when it is asked to, by the site of the statement.
using ValueNames = std::map<quint32, QStringList>;

struct InstrumentedText
{
    QByteArray code; ///< the file's text with marks in it; every line still begins where it did
    std::vector<Site> sites;
    std::vector<FunctionMark> functions; ///< ordered by offset
    std::vector<CopiedText> copies; ///< ordered by offset
    /// The source offset of what stands at (or before) an offset of the instrumented text.
    quint32 sourceOffset(quint32 offset) const;
    /// Declarations of the operators and constants that the code uses, for the file's head; empty if there are none.
    QByteArray operatorHead;
    bool hasRawTemplates = false; ///< see SourceFacts
    QByteArray awaitToken; ///< what stands for `yield` in top-level awaits until lowering is done; empty if there are none
    ValueNames valueNames; ///< if they were asked for
    std::vector<ContextName> contextNames;
};

/// Rewrites a script in one walk over its tree, from the first character to the last: puts the marks in, and turns what V4 cannot parse but
/// can be said in place (async functions, `for await`, object spread, `catch {`, `??=`, ...) into what it can.
///
/// No line moves: text is only inserted inside lines, and removed line ends are kept. docs/decisions/lowering.md has the forms.
class Instrumenter
{
public:
    /// `bigInts`: for a file in which BigInts may occur; nullptr for others, whose operators stay V4's.
    Instrumenter(const SyntaxTree &tree, const SourceFacts &facts, const BigIntFacts *bigInts, const LineIndex &lines, ScriptKind kind,
        SiteId firstSite);

    /// Statements also say the values of the variables around them: `$s(n)&&$s(n,a,b);`. What is a name in scope and surely has its value
    /// by then counts; variables of functions further out can be found without.
    void setNamesValues(bool namesValues) { m_namesValues = namesValues && !isEval(m_kind); }
    InstrumentedText run();

private:
    // Writing (Instrumenter.cpp)
    void copyTo(quint32 offset);
    void insert(QByteArrayView text);
    void skipTo(quint32 offset);
    quint32 addSite(SiteKind kind, quint32 start, quint32 end, const QString &name = {});
    QByteArray mark(const char *name, quint32 site) const;
    QByteArray name(const char *suffix) const { return m_prefix + suffix; }
    NodeIndex child(NodeIndex node, FieldName field) const { return m_tree.child(node, field); }
    const SyntaxNode &at(NodeIndex node) const { return m_tree[node]; }
    QByteArray writtenText(NodeIndex node) const;
    void visit(NodeIndex node);
    void visitChildren(NodeIndex node);

    // Statements (InstrumentStatements.cpp)
    void visitStatementList(NodeIndex parent, NodeIndex after = noNode);
    void visitStatement(NodeIndex node);
    void visitUnmarked(NodeIndex node);
    void visitNested(NodeIndex node, NodeIndex loop);
    void visitBlock(NodeIndex node, NodeIndex loop);
    void visitIf(NodeIndex node);
    void visitLoop(NodeIndex node);
    void visitForIn(NodeIndex node);
    void visitLabeled(NodeIndex node);
    void visitForAwait(NodeIndex loop, NodeIndex outermost);
    void visitCatch(NodeIndex node);
    void visitReturn(NodeIndex node);
    void insertStatementMark(quint32 start, quint32 end);
    bool hasMark(NodeIndex statement) const;
    void insertBlockFunction(NodeIndex declaration);
    bool beginsWithMark(NodeIndex block) const;
    void openAwait(quint32 start, quint32 end);
    void closeAwait();

    // Scripts of node:vm (InstrumentContexts.cpp)
    bool visitContextDeclaration(NodeIndex node);
    void visitContextVariables(NodeIndex node, ContextName::Kind kind, bool isStatement);
    void visitContextClass(NodeIndex node);
    void insertContextFunctions();
    QByteArray unusedDeclaration();
    void visitThis(NodeIndex node);

    // Values (InstrumentValues.cpp)
    /// Names that are in scope until the end of a scope of C++.
    class NameScope
    {
    public:
        enum class Kind : quint8 { Block, Function };
        NameScope(Instrumenter &instrumenter, Kind kind);
        ~NameScope();
        NameScope(const NameScope &) = delete;
        NameScope &operator=(const NameScope &) = delete;

    private:
        Instrumenter &m_instrumenter;
        std::size_t m_size;
        std::size_t m_floor;
    };
    void addNames(NodeIndex pattern);
    void addDeclaredNames(NodeIndex statement);
    void addParameterNames(NodeIndex function);
    QByteArray valueRequest(quint32 site);

    // Functions and classes (InstrumentFunctions.cpp)
    void visitFunction(NodeIndex node);
    void visitPlainBody(NodeIndex node, quint32 site);
    bool hasFragileParameters(NodeIndex node) const;
    void visitFragileBody(NodeIndex node, quint32 site);
    void visitAsyncFunction(NodeIndex node, quint32 site);
    void visitAsyncBody(NodeIndex node, quint32 site, const QByteArray &opening);
    void leaveOutAsync(NodeIndex node);
    void leaveOutStar(NodeIndex node);
    void visitParameters(NodeIndex node);
    void insertEntry(NodeIndex body, quint32 site, const QByteArray &before);
    QByteArray entryDeclarations(const FunctionFacts &facts) const;
    QByteArray scopeDeclarations(NodeIndex body) const;
    bool hasSimpleParameters(NodeIndex node, std::vector<QByteArrayView> &names) const;
    QByteArray forwardedParameters(NodeIndex node, bool isArrow) const;
    QString functionName(NodeIndex node) const;
    QString inferredName(NodeIndex node) const;
    QString propertyName(NodeIndex key) const;
    bool isClassConstructor(NodeIndex method) const;
    QString ownerName(NodeIndex method) const;
    void visitClassMembers(NodeIndex body);
    void visitField(NodeIndex node);

    // Expressions (InstrumentExpressions.cpp)
    void visitName(NodeIndex node);
    void visitCall(NodeIndex node);
    void visitImportCall(NodeIndex node);
    void insertSuper(NodeIndex node, const char *opening);
    void visitEval(NodeIndex node, NodeIndex arguments);
    NodeIndex referenceWithin(NodeIndex callee) const;
    void visitSuperMember(NodeIndex node);
    void visitAssignment(NodeIndex node);
    QByteArray mentionOfTargets(NodeIndex target) const;
    void visitQuotedMember(NodeIndex node);
    void visitAwait(NodeIndex node);
    void visitYield(NodeIndex node);
    void visitObject(NodeIndex node);
    void visitObjectParts(NodeIndex node);
    bool noteNamedValues(NodeIndex object);
    bool mayBeNamedFunction(NodeIndex expression) const;
    void visitLogicalAssignment(NodeIndex node);
    void visitTemplate(NodeIndex node);
    bool holdsFunction(NodeIndex node) const;
    bool isTagged(NodeIndex templateString) const;
    void visitNumber(NodeIndex node);
    void visitString(NodeIndex node);
    void visitRegex(NodeIndex node);
    bool isSuperMember(NodeIndex node) const;
    NodeIndex redeclaredName(NodeIndex function) const;
    bool needsQuotes(NodeIndex property) const;
    bool isQuotedMember(NodeIndex node) const;

    // Operators on what may be a BigInt, and template literals (InstrumentOperators.cpp)
    bool mayBeBigInt(NodeIndex node) const { return m_bigInts && m_bigInts->mayBeBigInt(node); }
    QByteArray bigOperator(const char *operation);
    void visitWrapped(const char *operation, NodeIndex operand);
    void visitCondition(NodeIndex node);
    void visitBinary(NodeIndex node);
    void visitAsCall(NodeIndex node, const QByteArray &function);
    void visitConjunction(NodeIndex node);
    void visitUnary(NodeIndex node);
    void visitTypeof(NodeIndex node);
    void visitDelete(NodeIndex node);
    void visitReferenceParts(NodeIndex target, NodeIndex object, NodeIndex key);
    bool isInOptionalChain(NodeIndex node) const;
    bool isStrictAt(NodeIndex node) const;
    void visitUpdate(NodeIndex node);
    void visitTernary(NodeIndex node);
    bool visitBigAssignment(NodeIndex node);
    bool isWritableTwice(NodeIndex target) const;
    bool openBigReference(NodeIndex target);
    void visitBigLiteral(NodeIndex node);
    QByteArray helper(const char *operation);
    QByteArray operatorHead() const;
    void visitSubstitution(NodeIndex node);
    bool isPrimitive(NodeIndex expression) const;

    // Products, whose zero may have the wrong sign (InstrumentProducts.cpp)
    void visitProduct(NodeIndex node);
    void visitInstanceof(NodeIndex node);
    bool visitProductAssignment(NodeIndex node);
    QByteArray visitNamed(NodeIndex expression, bool isNameable);
    QByteArray visitTwice(NodeIndex target);
    QByteArray visitReference(NodeIndex target);
    void closeProduct(const QByteArray &first, const QByteArray &second);
    QByteArray takeTemporary();
    QByteArray temporaryDeclarations() const;
    NodeIndex withoutParentheses(NodeIndex node) const;
    std::optional<double> writtenNumber(NodeIndex expression) const;
    bool isFloating(NodeIndex expression) const;
    bool isPlainProduct(NodeIndex left, NodeIndex right) const;
    bool showsSignOfZero(NodeIndex node) const;
    bool isQuiet(NodeIndex expression) const;

    /// Variables of a function's body that hold the factors of products.
    struct Temporaries
    {
        bool areThere = false; ///< false outside of bodies: in parameters, fields and the expressions that arrows give
        bool isUsed = false;
        int used = 0; ///< by the products that are being written
        int most = 0;
    };

    const SyntaxTree &m_tree;
    const SourceFacts &m_facts;
    const BigIntFacts *m_bigInts;
    const LineIndex &m_lines;
    ParameterScopes m_parameterScopes;
    EvaluationOrder m_order;
    ScriptKind m_kind;
    SiteId m_firstSite;
    QByteArray m_prefix;
    QByteArray m_out;
    quint32 m_position = 0; ///< everything of the source before it is dealt with
    qsizetype m_copyEnd = 0; ///< where in m_out the last copied text ends
    quint32 m_functionSite = 0; ///< of the function being written
    NodeIndex m_function = noNode;
    std::vector<Site> m_sites;
    std::vector<FunctionMark> m_functionMarks;
    std::vector<CopiedText> m_copies;
    std::set<NodeIndex> m_namedValues; ///< of object literals, see noteNamedValues()
    NodeIndex m_plainValue = noNode; ///< see referenceWithin()
    QByteArrayList m_helpers; ///< those of $h that are used by a name of their own
    Temporaries m_temporaries;
    QByteArrayList m_bigOperators; ///< those that are used
    QByteArrayList m_bigLiterals; ///< without their `n`
    QByteArray m_awaitToken; ///< occurs nowhere in the source
    bool m_usesAwaitToken = false;
    bool m_namesValues = false;
    std::vector<QByteArrayView> m_names; ///< in scope, the outermost first
    std::size_t m_nameFloor = 0; ///< where those of the function being written begin
    ValueNames m_valueNames;
    std::vector<ContextName> m_contextNames;
    int m_unusedDeclarations = 0;
};

/// A JavaScript string literal for a text.
QByteArray quotedForScript(QByteArrayView text);

} // namespace loopscope
