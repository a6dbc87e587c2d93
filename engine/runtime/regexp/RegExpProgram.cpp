// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/regexp/RegExpProgram.h"

#include "runtime/regexp/RegExpMatcher.h"

#include <algorithm>

namespace loopscope {

/// Writes the instructions of a syntax tree. In a look-behind everything runs to the left, so sequences are written in reverse.
class RegExpGenerator
{
public:
    RegExpGenerator(RegExpProgram *program, const RegExpSyntax &syntax)
        : m_program(*program)
        , m_syntax(syntax)
    {
    }

    void run()
    {
        m_program.m_slotCount = static_cast<quint32>(m_syntax.groupCount + 1) * 2;
        node(*m_syntax.root, false);
        emit(RegExpInstruction::Match);
    }

private:
    using Operation = RegExpInstruction::Operation;

    quint32 here() const { return static_cast<quint32>(m_program.m_code.size()); }
    RegExpInstruction &at(quint32 index) { return m_program.m_code[index]; }
    quint32 emit(Operation operation, quint32 a = 0, quint32 b = 0, bool backward = false)
    {
        m_program.m_code.push_back({operation, backward, a, b});
        return here() - 1;
    }

    void node(const RegExpNode &node, bool backward);
    void alternatives(const RegExpNode &node, bool backward);
    void group(const RegExpNode &node, bool backward);
    void look(const RegExpNode &node);
    void repeat(const RegExpNode &node, bool backward);
    void namedReference(const RegExpNode &node, bool backward);

    RegExpProgram &m_program;
    const RegExpSyntax &m_syntax;
};

void RegExpGenerator::node(const RegExpNode &node, bool backward)
{
    switch (node.kind) {
    case RegExpNode::Empty:
        break;
    case RegExpNode::Sequence:
        for (size_t index = 0; index < node.children.size(); ++index)
            this->node(*node.children[backward ? node.children.size() - 1 - index : index], backward);
        break;
    case RegExpNode::Alternatives:
        alternatives(node, backward);
        break;
    case RegExpNode::Character:
        emit(RegExpInstruction::Character, node.character, 0, backward);
        break;
    case RegExpNode::Set:
        m_program.m_matchers.emplace_back(node.set, node.isInverted);
        emit(RegExpInstruction::Set, static_cast<quint32>(m_program.m_matchers.size() - 1), 0, backward);
        break;
    case RegExpNode::LineStart:
        emit(RegExpInstruction::LineStart);
        break;
    case RegExpNode::LineEnd:
        emit(RegExpInstruction::LineEnd);
        break;
    case RegExpNode::WordBoundary:
        emit(RegExpInstruction::WordBoundary);
        break;
    case RegExpNode::NotWordBoundary:
        emit(RegExpInstruction::NotWordBoundary);
        break;
    case RegExpNode::Group:
        group(node, backward);
        break;
    case RegExpNode::Look:
        look(node);
        break;
    case RegExpNode::Repeat:
        repeat(node, backward);
        break;
    case RegExpNode::BackReference:
        emit(RegExpInstruction::BackReference, static_cast<quint32>(node.group), 0, backward);
        break;
    case RegExpNode::NamedReference:
        namedReference(node, backward);
        break;
    }
}

void RegExpGenerator::alternatives(const RegExpNode &node, bool backward)
{
    std::vector<quint32> jumps;
    for (size_t index = 0; index < node.children.size(); ++index) {
        const bool isLast = index + 1 == node.children.size();
        quint32 split = 0;
        if (!isLast)
            split = emit(RegExpInstruction::Split, here() + 1);
        this->node(*node.children[index], backward);
        if (!isLast) {
            jumps.push_back(emit(RegExpInstruction::Jump));
            at(split).b = here();
        }
    }
    for (const quint32 jump : jumps)
        at(jump).a = here();
}

void RegExpGenerator::group(const RegExpNode &node, bool backward)
{
    const auto slot = static_cast<quint32>(node.group) * 2;
    emit(RegExpInstruction::Save, backward ? slot + 1 : slot);
    this->node(*node.children.front(), backward);
    emit(RegExpInstruction::Save, backward ? slot : slot + 1);
}

void RegExpGenerator::look(const RegExpNode &node)
{
    const quint32 start = emit(RegExpInstruction::Look, 0, node.isNegative ? 1 : 0);
    this->node(*node.children.front(), node.isBehind);
    emit(RegExpInstruction::LookEnd);
    at(start).a = here();
}

void RegExpGenerator::repeat(const RegExpNode &node, bool backward)
{
    if (node.maximum == 0)
        return;
    const RegExpNode *body = node.children.front().get();
    const auto index = static_cast<quint32>(m_program.m_repeats.size());
    m_program.m_repeats.push_back({node.minimum, node.maximum, node.isGreedy, node.firstGroup, node.lastGroup});
    if (body->kind == RegExpNode::Character || body->kind == RegExpNode::Set) {
        emit(RegExpInstruction::RepeatSingle, index, 0, backward);
        this->node(*body, backward);
        return;
    }
    m_program.m_repeats[index].counterSlot = m_program.m_slotCount;
    m_program.m_slotCount += 2;
    emit(RegExpInstruction::LoopStart, index);
    const quint32 check = emit(RegExpInstruction::LoopCheck, index);
    m_program.m_repeats[index].body = here();
    emit(RegExpInstruction::LoopBegin, index);
    this->node(*body, backward);
    emit(RegExpInstruction::LoopEnd, index, check);
    m_program.m_repeats[index].exit = here();
}

void RegExpGenerator::namedReference(const RegExpNode &node, bool backward)
{
    const auto group = m_syntax.groupNames.indexOf(node.name) + 1;
    emit(RegExpInstruction::BackReference, static_cast<quint32>(group), 0, backward);
}

std::shared_ptr<const RegExpProgram> RegExpProgram::compile(const QString &source, const QString &flags, QString *error)
{
    RegExpFlags parsedFlags;
    if (!parsedFlags.parse(flags)) {
        *error = QStringLiteral("Invalid flags");
        return nullptr;
    }
    const RegExpSyntax syntax = parseRegExp(source, parsedFlags);
    if (!syntax.error.isEmpty()) {
        *error = syntax.error;
        return nullptr;
    }
    auto program = std::make_shared<RegExpProgram>();
    program->m_source = source;
    program->m_flags = parsedFlags;
    program->m_groupCount = syntax.groupCount;
    program->m_groupNames = syntax.groupNames;
    program->m_wordMatcher = CharacterMatcher(CharacterSet::wordCharacters(parsedFlags.ignoreCase && parsedFlags.isUnicode()), false);
    RegExpGenerator(program.get(), syntax).run();
    return program;
}

RegExpProgram::Outcome RegExpProgram::exec(QStringView subject, qsizetype start, std::vector<int> *captures) const
{
    RegExpMatcher matcher(*this, subject);
    qsizetype position = start;
    if (m_flags.isUnicode() && position > 0 && position < subject.size() && subject[position].isLowSurrogate()
        && subject[position - 1].isHighSurrogate())
        --position; // a match begins at whole code points
    for (;; ++position) {
        const Outcome outcome = matcher.matchAt(position, captures);
        if (outcome != Outcome::NotFound || m_flags.sticky)
            return outcome;
        if (position >= subject.size())
            return Outcome::NotFound;
        if (m_flags.isUnicode() && subject[position].isHighSurrogate() && position + 1 < subject.size()
            && subject[position + 1].isLowSurrogate())
            ++position;
    }
}

} // namespace loopscope
