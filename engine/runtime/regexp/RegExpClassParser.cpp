// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/regexp/RegExpParser.h"

#include <algorithm>
#include <cstring>

// Character classes: "[a-z]" and, with the v flag, sets of sets.

namespace loopscope {

namespace {

bool isOneOf(char32_t character, const char *characters)
{
    return character != 0 && character < 128 && std::strchr(characters, static_cast<char>(character)) != nullptr;
}

} // namespace

RegExpParser::Node RegExpParser::parseClass()
{
    ++m_position;
    if (m_flags.unicodeSets)
        return parseClassSets();
    const bool inverted = take('^');
    CharacterSet set;
    while (!atEnd() && peek() != ']') {
        ClassAtom first;
        if (!parseClassAtom(&first))
            return nullptr;
        if (peek() != '-' || peek(1) == ']' || peek(1) == EndOfPattern) {
            first.isSet ? set.add(first.set) : set.add(first.character);
            continue;
        }
        ++m_position;
        ClassAtom last;
        if (!parseClassAtom(&last))
            return nullptr;
        if (first.isSet || last.isSet) {
            if (m_flags.unicode) {
                fail("Invalid character class");
                return nullptr;
            }
            first.isSet ? set.add(first.set) : set.add(first.character);
            last.isSet ? set.add(last.set) : set.add(last.character);
            set.add('-');
        } else if (first.character > last.character) {
            fail("Range out of order in character class");
            return nullptr;
        } else {
            set.add(first.character, last.character);
        }
    }
    if (!take(']'))
        fail("Unterminated character class");
    return setNode(set, inverted);
}

bool RegExpParser::parseClassAtom(ClassAtom *atom)
{
    if (atEnd()) {
        fail("Unterminated character class");
        return false;
    }
    if (!take('\\')) {
        atom->character = m_characters[m_position++];
        return true;
    }
    if (take('b')) {
        atom->character = '\b';
        return true;
    }
    if (parseClassEscape(&atom->set)) {
        atom->isSet = true;
        return true;
    }
    nameClassInError();
    if (failed())
        return false;
    atom->character = parseCharacterEscape(true);
    return !failed();
}

void RegExpParser::nameClassInError()
{
    if (m_error == QLatin1String("Invalid property name"))
        m_error = QStringLiteral("Invalid property name in character class");
}

// ---- v flag ----

RegExpParser::Node RegExpParser::parseClassSets()
{
    bool inverted = false;
    const ClassOperand operand = parseClassUnion(&inverted);
    if (failed())
        return nullptr;
    if (inverted && !operand.strings.empty()) {
        fail("Negated character class may contain strings");
        return nullptr;
    }
    return operandNode(operand, inverted);
}

/// Under the i flag sets are compared in their canonical forms before they are cut or intersected.
void RegExpParser::fold(ClassOperand *operand) const
{
    if (!m_flags.ignoreCase)
        return;
    CharacterSet folded;
    const CharacterSet closed = CaseFolding::closure(operand->set, true);
    for (const CharacterSet::Range &range : closed.ranges()) {
        const bool isLarge = range.last - range.first > 0x3000;
        if (isLarge) {
            folded.add(range.first, range.last);
            continue;
        }
        for (char32_t character = range.first; character <= range.last; ++character)
            folded.add(CaseFolding::canonical(character, true));
    }
    operand->set = folded;
}

/// After "[": everything up to and including "]".
RegExpParser::ClassOperand RegExpParser::parseClassUnion(bool *inverted)
{
    *inverted = take('^');
    ClassOperand result;
    bool isFirst = true;
    enum { Union, Intersection, Difference } operation = Union;
    while (!atEnd() && peek() != ']') {
        if (!isFirst && peek() == '&' && peek(1) == '&') {
            m_position += 2;
            operation = Intersection;
        } else if (!isFirst && peek() == '-' && peek(1) == '-') {
            m_position += 2;
            operation = Difference;
        } else if (operation != Union) {
            fail("Invalid set operation in character class");
            return result;
        }
        bool isCharacter = false;
        char32_t character = 0;
        ClassOperand operand = parseSetOperand(&isCharacter, &character);
        if (operation == Union && isCharacter && peek() == '-' && peek(1) != '-') {
            ++m_position;
            char32_t last = 0;
            parseSetOperand(&isCharacter, &last);
            if (!failed() && (!isCharacter || last < character))
                fail(isCharacter ? "Range out of order in character class" : "Invalid character class");
            if (failed())
                return result;
            operand.set.add(character, last);
        }
        if (operation == Union) {
            result.set.add(operand.set);
            result.strings.merge(operand.strings);
        } else {
            fold(&result);
            fold(&operand);
            result.set = operation == Intersection ? result.set.intersected(operand.set) : result.set.without(operand.set);
            std::erase_if(
                result.strings, [&](const std::u32string &text) { return operand.strings.contains(text) != (operation == Intersection); });
        }
        isFirst = false;
    }
    if (!take(']'))
        fail("Unterminated character class");
    return result;
}

RegExpParser::ClassOperand RegExpParser::parseSetOperand(bool *isCharacter, char32_t *character)
{
    ClassOperand operand;
    *isCharacter = false;
    if (take('[')) {
        bool inverted = false;
        operand = parseClassUnion(&inverted);
        if (inverted) {
            if (!operand.strings.empty())
                fail("Negated character class may contain strings");
            operand.set.invert();
        }
        return operand;
    }
    if (takeText("\\q{"))
        return parseStringAlternatives();
    if (peek() == '\\' && peek(1) != EndOfPattern) {
        ++m_position;
        if (takeStringProperty(&operand) || parseClassEscape(&operand.set))
            return operand;
        nameClassInError();
        --m_position;
    }
    *character = parseSetCharacter();
    *isCharacter = true;
    operand.set.add(*character);
    return operand;
}

char32_t RegExpParser::parseSetCharacter()
{
    if (atEnd()) {
        fail("Unterminated character class");
        return 0;
    }
    const char32_t character = m_characters[m_position++];
    if (character != '\\') {
        if (isOneOf(character, "()[]{}/-|"))
            fail("Invalid character in character class");
        if (character == peek() && isOneOf(character, "&!#$%*+,.:;<=>?@^`~"))
            fail("Invalid set operation in character class");
        return character;
    }
    if (take('b'))
        return '\b';
    if (isOneOf(peek(), "&-!#%,:;<=>@`~"))
        return m_characters[m_position++];
    return parseCharacterEscape(true);
}

/// After "\q{": strings between "|", up to and including "}".
RegExpParser::ClassOperand RegExpParser::parseStringAlternatives()
{
    ClassOperand operand;
    std::u32string text;
    const auto finish = [&] {
        if (text.size() == 1)
            operand.set.add(text.front());
        else
            operand.strings.insert(text);
        text.clear();
    };
    while (!atEnd() && peek() != '}') {
        if (take('|'))
            finish();
        else
            text.push_back(parseSetCharacter());
    }
    finish();
    if (!take('}'))
        fail("Invalid escape");
    return operand;
}

/// Behind a "\", "p{RGI_Emoji}" and the other properties that strings have, which only the v flag knows.
bool RegExpParser::takeStringProperty(ClassOperand *operand)
{
    if (!m_flags.unicodeSets || peek() != 'p' || peek(1) != '{')
        return false;
    QString name;
    size_t ahead = 2;
    for (; peek(ahead) != '}' && peek(ahead) < 128; ++ahead)
        name.append(QChar(static_cast<char16_t>(peek(ahead))));
    if (peek(ahead) != '}' || !CharacterSet::addStringProperty(name, &operand->set, &operand->strings))
        return false;
    m_position += ahead + 1;
    return true;
}

std::u32string RegExpParser::comparable(std::u32string text) const
{
    if (m_flags.ignoreCase) {
        for (char32_t &character : text)
            character = CaseFolding::canonical(character, true);
    }
    return text;
}

/// The strings of a sorted range that agree in their first `depth` characters, as a tree that shares beginnings. At each place at most one
/// branch can match, and a string's end is tried last: so the longest string is tried first, as it has to be.
RegExpParser::Node RegExpParser::stringsNode(
    std::set<std::u32string>::const_iterator first, std::set<std::u32string>::const_iterator last, size_t depth) const
{
    const bool endsHere = first->size() == depth;
    auto alternatives = std::make_unique<RegExpNode>(RegExpNode::Alternatives);
    for (auto begin = endsHere ? std::next(first) : first; begin != last;) {
        const auto end = std::find_if(begin, last, [&](const std::u32string &text) { return text[depth] != (*begin)[depth]; });
        auto sequence = std::make_unique<RegExpNode>(RegExpNode::Sequence);
        sequence->children.push_back(characterNode((*begin)[depth]));
        sequence->children.push_back(stringsNode(begin, end, depth + 1));
        alternatives->children.push_back(std::move(sequence));
        begin = end;
    }
    if (endsHere)
        alternatives->children.push_back(std::make_unique<RegExpNode>(RegExpNode::Empty));
    return alternatives;
}

/// Longer strings are tried first, then single characters, then the empty string.
RegExpParser::Node RegExpParser::operandNode(const ClassOperand &operand, bool inverted) const
{
    if (operand.strings.empty())
        return setNode(operand.set, inverted);
    std::set<std::u32string> strings;
    for (const std::u32string &text : operand.strings)
        strings.insert(comparable(text));
    const bool hasEmpty = strings.erase(std::u32string()) > 0;
    auto alternatives = std::make_unique<RegExpNode>(RegExpNode::Alternatives);
    if (!strings.empty())
        alternatives->children.push_back(stringsNode(strings.begin(), strings.end(), 0));
    if (!operand.set.isEmpty())
        alternatives->children.push_back(setNode(operand.set));
    if (hasEmpty)
        alternatives->children.push_back(std::make_unique<RegExpNode>(RegExpNode::Empty));
    return alternatives;
}

} // namespace loopscope
