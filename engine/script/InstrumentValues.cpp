// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which variables a statement can tell the values of. A variable that is read before its declaration was evaluated throws, so a name counts
// from behind its declaration to the end of the list of statements that this stands in.
#include "script/Instrumenter.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr qsizetype mostValues = 16; ///< of one statement: the nearest ones
/// V4 keeps columns up to 4095, by which functions are told apart: a line must not grow beyond because of values.
constexpr qsizetype longestLine = 3900;
constexpr qsizetype marksPerCharacter = 12; ///< what the other marks may still add to the rest of a line

} // namespace

Instrumenter::NameScope::NameScope(Instrumenter &instrumenter, Kind kind)
    : m_instrumenter(instrumenter)
    , m_size(instrumenter.m_names.size())
    , m_floor(instrumenter.m_nameFloor)
{
    if (kind == Kind::Function)
        instrumenter.m_nameFloor = m_size;
}

Instrumenter::NameScope::~NameScope()
{
    m_instrumenter.m_names.resize(m_size);
    m_instrumenter.m_nameFloor = m_floor;
}

void Instrumenter::addNames(NodeIndex pattern)
{
    // A variable that is written under another name is left out, and so is its whole pattern.
    if (!m_namesValues || pattern == noNode || !m_parameterScopes.renamedWithin(at(pattern).start, at(pattern).end).empty())
        return;
    std::vector<QByteArrayView> names;
    SourceFacts::collectNames(m_tree, pattern, names);
    for (const QByteArrayView name : names) {
        if (name != "yield" && !name.contains('\\'))
            m_names.push_back(name);
    }
}

void Instrumenter::addDeclaredNames(NodeIndex statement)
{
    if (!m_namesValues || statement == noNode)
        return;
    switch (at(statement).type) {
    case NodeType::LexicalDeclaration:
    case NodeType::VariableDeclaration:
        for (NodeIndex part = at(statement).firstChild; part != noNode; part = at(part).nextSibling) {
            if (at(part).type == NodeType::VariableDeclarator)
                addNames(child(part, FieldName::Name));
        }
        break;
    case NodeType::FunctionDeclaration:
    case NodeType::GeneratorFunctionDeclaration:
    case NodeType::ClassDeclaration:
        addNames(child(statement, FieldName::Name));
        break;
    case NodeType::ExportStatement:
        addDeclaredNames(child(statement, FieldName::Declaration));
        break;
    default:
        break;
    }
}

void Instrumenter::addParameterNames(NodeIndex function)
{
    addNames(child(function, FieldName::Parameter));
    const NodeIndex parameters = child(function, FieldName::Parameters);
    for (NodeIndex part = parameters == noNode ? noNode : at(parameters).firstChild; part != noNode; part = at(part).nextSibling) {
        if (at(part).isNamed)
            addNames(part);
    }
}

/// What follows the mark of a statement: nothing, or the mark again with the values, if the first says that they are wanted.
QByteArray Instrumenter::valueRequest(quint32 site)
{
    if (!m_namesValues)
        return {};
    QByteArrayList names;
    for (std::size_t index = m_names.size(); index > m_nameFloor && names.size() < mostValues; --index) {
        const QByteArray name = m_names[index - 1].toByteArray();
        if (!names.contains(name))
            names.append(name);
    }
    if (names.isEmpty())
        return {};
    const QByteArray request = "&&" + mark("s", site) + ',' + names.join(',') + ')';
    const qsizetype column = m_out.size() - m_out.lastIndexOf('\n');
    const qsizetype lineEnd = m_tree.text().indexOf('\n', static_cast<qsizetype>(m_position));
    const qsizetype rest = (lineEnd < 0 ? m_tree.text().size() : lineEnd) - static_cast<qsizetype>(m_position);
    if (column + request.size() + rest * marksPerCharacter > longestLine)
        return {};
    QStringList &known = m_valueNames[site];
    for (const QByteArray &name : names)
        known.append(QString::fromUtf8(name));
    return request;
}

} // namespace loopscope
