// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/ModuleSyntax.h"

#include "script/SourceFacts.h"

#include <QHash>

namespace loopscope {

namespace {

/// Where a local name comes from, if an import declares it.
struct ImportedName
{
    QString specifier;
    QString name; ///< "*" for a namespace
};

class ModuleReader
{
public:
    ModuleReader(const SyntaxTree &tree, const LineIndex &lines, CompiledScript *script)
        : m_tree(tree)
        , m_lines(lines)
        , m_script(script)
    {
    }

    void read()
    {
        for (NodeIndex statement = m_tree[SyntaxTree::root()].firstChild; statement != noNode; statement = m_tree[statement].nextSibling) {
            if (m_tree[statement].type == NodeType::ImportStatement)
                readImport(statement);
            else if (m_tree[statement].type == NodeType::ExportStatement)
                readExport(statement);
        }
        // `import {a} from 'x'; export {a}` re-exports, wherever the import stands.
        for (const auto &[exported, local] : m_localExports) {
            const auto imported = m_imports.constFind(local);
            if (imported != m_imports.constEnd())
                m_script->indirectExports.push_back({exported, imported->specifier, imported->name});
        }
    }

private:
    QString nameOf(NodeIndex node) const
    {
        const QByteArrayView text = m_tree.textOf(node);
        return m_tree[node].type == NodeType::String ? stringLiteralValue(text) : QString::fromUtf8(text);
    }

    ModuleRequest &addRequest(NodeIndex statement, NodeIndex source)
    {
        ModuleRequest request;
        request.specifier = stringLiteralValue(m_tree.textOf(source));
        const TextPlace place = m_lines.place(m_tree[source].start);
        request.line = place.line;
        request.column = place.column;
        if (const NodeIndex attributes = m_tree.child(statement, NodeType::ImportAttribute); attributes != noNode) {
            QByteArray text = m_tree.textOf(attributes).toByteArray().simplified();
            text.replace('"', '\'');
            text.replace(' ', "");
            request.isJson = text.contains("type:'json'") || text.contains("'type':'json'");
        }
        m_script->requests.push_back(request);
        return m_script->requests.back();
    }

    void readImport(NodeIndex statement)
    {
        const NodeIndex source = m_tree.child(statement, FieldName::Source);
        if (source == noNode)
            return;
        ModuleRequest &request = addRequest(statement, source);
        const NodeIndex clause = m_tree.child(statement, NodeType::ImportClause);
        for (NodeIndex part = clause == noNode ? noNode : m_tree[clause].firstChild; part != noNode; part = m_tree[part].nextSibling) {
            if (m_tree[part].type == NodeType::Identifier) {
                request.names.append(QStringLiteral("default"));
                m_imports.insert(nameOf(part), {request.specifier, QStringLiteral("default")});
            } else if (m_tree[part].type == NodeType::NamespaceImport) {
                m_imports.insert(nameOf(m_tree.lastChild(part)), {request.specifier, QStringLiteral("*")});
            } else if (m_tree[part].type == NodeType::NamedImports) {
                readImportSpecifiers(part, &request);
            }
        }
    }

    void readImportSpecifiers(NodeIndex list, ModuleRequest *request)
    {
        for (NodeIndex part = m_tree[list].firstChild; part != noNode; part = m_tree[part].nextSibling) {
            if (m_tree[part].type != NodeType::ImportSpecifier)
                continue;
            const NodeIndex name = m_tree.child(part, FieldName::Name);
            const NodeIndex alias = m_tree.child(part, FieldName::Alias);
            // `import {default as x}`: the grammar has a token there
            const QString imported = nameOf(name == noNode ? m_tree[part].firstChild : name);
            request->names.append(imported);
            m_imports.insert(alias == noNode ? imported : nameOf(alias), {request->specifier, imported});
        }
    }

    void readExport(NodeIndex statement)
    {
        const NodeIndex source = m_tree.child(statement, FieldName::Source);
        if (m_tree.token(statement, "default") != noNode) {
            m_script->exportNames.append(QStringLiteral("default"));
            return;
        }
        if (const NodeIndex declaration = m_tree.child(statement, FieldName::Declaration); declaration != noNode)
            return readDeclaration(declaration);
        if (const NodeIndex space = m_tree.child(statement, NodeType::NamespaceExport); space != noNode && source != noNode) {
            const QString exported = nameOf(m_tree.lastChild(space));
            m_script->exportNames.append(exported);
            m_script->indirectExports.push_back({exported, addRequest(statement, source).specifier, QStringLiteral("*")});
            return;
        }
        const NodeIndex clause = m_tree.child(statement, NodeType::ExportClause);
        if (clause == noNode) {
            if (source != noNode)
                m_script->starExports.append(addRequest(statement, source).specifier);
            return;
        }
        ModuleRequest *request = source == noNode ? nullptr : &addRequest(statement, source);
        for (NodeIndex part = m_tree[clause].firstChild; part != noNode; part = m_tree[part].nextSibling) {
            if (m_tree[part].type != NodeType::ExportSpecifier)
                continue;
            const NodeIndex nameNode = m_tree.child(part, FieldName::Name);
            const NodeIndex alias = m_tree.child(part, FieldName::Alias);
            const QString local = nameOf(nameNode == noNode ? m_tree[part].firstChild : nameNode);
            const QString exported = alias == noNode ? local : nameOf(alias);
            m_script->exportNames.append(exported);
            if (request) {
                request->names.append(local);
                m_script->indirectExports.push_back({exported, request->specifier, local});
            } else {
                m_localExports.emplace_back(exported, local);
            }
        }
    }

    void readDeclaration(NodeIndex declaration)
    {
        std::vector<QByteArrayView> names;
        if (const NodeIndex own = m_tree.child(declaration, FieldName::Name); own != noNode)
            names.push_back(m_tree.textOf(own));
        for (NodeIndex part = m_tree[declaration].firstChild; part != noNode; part = m_tree[part].nextSibling) {
            if (m_tree[part].type == NodeType::VariableDeclarator)
                SourceFacts::collectNames(m_tree, m_tree.child(part, FieldName::Name), names);
        }
        for (const QByteArrayView name : names)
            m_script->exportNames.append(QString::fromUtf8(name));
    }

    const SyntaxTree &m_tree;
    const LineIndex &m_lines;
    CompiledScript *m_script;
    QHash<QString, ImportedName> m_imports;
    std::vector<std::pair<QString, QString>> m_localExports;
};

} // namespace

QString stringLiteralValue(QByteArrayView literal)
{
    if (literal.size() < 2)
        return {};
    const QString inner = QString::fromUtf8(literal.sliced(1, literal.size() - 2));
    QString value;
    for (qsizetype at = 0; at < inner.size(); ++at) {
        if (inner[at] != QLatin1Char('\\') || at + 1 == inner.size()) {
            value += inner[at];
            continue;
        }
        const QChar escaped = inner[++at];
        const qsizetype digits = escaped == QLatin1Char('u') ? 4 : (escaped == QLatin1Char('x') ? 2 : 0);
        if (digits > 0) {
            value += QChar(inner.mid(at + 1, digits).toUShort(nullptr, 16));
            at += digits;
        } else {
            static const QString names = QStringLiteral("ntrbfv0");
            static const QString values = QStringLiteral("\n\t\r\b\f\v") + QChar(0);
            const qsizetype which = names.indexOf(escaped);
            value += which < 0 ? escaped : values[which];
        }
    }
    return value;
}

void readModuleSyntax(const SyntaxTree &tree, const LineIndex &lines, CompiledScript *script) { ModuleReader(tree, lines, script).read(); }

} // namespace loopscope
