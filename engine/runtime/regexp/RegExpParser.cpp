// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/regexp/RegExpParser.h"

#include <unicode/uchar.h>

#include <cstring>

namespace loopscope {

bool RegExpFlags::parse(const QString &letters)
{
    for (const QChar letter : letters) {
        bool *flag = nullptr;
        switch (letter.unicode()) {
        case 'd':
            flag = &hasIndices;
            break;
        case 'g':
            flag = &global;
            break;
        case 'i':
            flag = &ignoreCase;
            break;
        case 'm':
            flag = &multiline;
            break;
        case 's':
            flag = &dotAll;
            break;
        case 'u':
            flag = &unicode;
            break;
        case 'v':
            flag = &unicodeSets;
            break;
        case 'y':
            flag = &sticky;
            break;
        default:
            return false;
        }
        if (*flag)
            return false;
        *flag = true;
    }
    return !(unicode && unicodeSets);
}

RegExpSyntax parseRegExp(const QString &source, const RegExpFlags &flags) { return RegExpParser(source, flags).parse(); }

RegExpParser::RegExpParser(const QString &source, const RegExpFlags &flags)
    : m_flags(flags)
{
    m_characters.reserve(static_cast<size_t>(source.size()));
    for (qsizetype index = 0; index < source.size(); ++index) {
        const QChar unit = source[index];
        if (flags.isUnicode() && unit.isHighSurrogate() && index + 1 < source.size() && source[index + 1].isLowSurrogate())
            m_characters.push_back(QChar::surrogateToUcs4(unit, source[++index]));
        else
            m_characters.push_back(unit.unicode());
    }
}

RegExpSyntax RegExpParser::parse()
{
    RegExpSyntax syntax;
    syntax.flags = m_flags;
    countGroups();
    syntax.root = parseDisjunction();
    if (!failed() && !atEnd())
        fail(peek() == ')' ? "Unmatched ')'" : "Unexpected character");
    for (const QString &reference : std::as_const(m_references)) {
        if (!failed() && !m_names.contains(reference))
            fail("Invalid named capture referenced");
    }
    syntax.groupCount = m_groups;
    syntax.groupNames = m_names;
    syntax.error = m_error;
    return syntax;
}

void RegExpParser::fail(const char *message)
{
    if (m_error.isEmpty())
        m_error = QString::fromLatin1(message);
    m_position = m_characters.size();
}

bool RegExpParser::take(char32_t character)
{
    if (peek() != character)
        return false;
    ++m_position;
    return true;
}

bool RegExpParser::takeText(const char *text)
{
    const size_t length = std::strlen(text);
    for (size_t index = 0; index < length; ++index) {
        if (peek(index) != static_cast<unsigned char>(text[index]))
            return false;
    }
    m_position += length;
    return true;
}

/// How many groups there are decides what \1 means, and whether any has a name decides what \k means.
void RegExpParser::countGroups()
{
    bool inClass = false;
    for (size_t index = 0; index < m_characters.size(); ++index) {
        const auto at = [&](size_t ahead) { return index + ahead < m_characters.size() ? m_characters[index + ahead] : EndOfPattern; };
        if (at(0) == '\\') {
            ++index;
        } else if (inClass) {
            inClass = at(0) != ']';
        } else if (at(0) == '[') {
            inClass = true;
        } else if (at(0) == '(') {
            const bool named = at(1) == '?' && at(2) == '<' && at(3) != '=' && at(3) != '!';
            m_hasNames = m_hasNames || named;
            if (at(1) != '?' || named)
                ++m_groupTotal;
        }
    }
}

RegExpParser::Node RegExpParser::characterNode(char32_t character) const
{
    auto node = std::make_unique<RegExpNode>(RegExpNode::Character);
    node->character = m_flags.ignoreCase ? CaseFolding::canonical(character, m_flags.isUnicode()) : character;
    return node;
}

RegExpParser::Node RegExpParser::setNode(const CharacterSet &set, bool inverted) const
{
    auto node = std::make_unique<RegExpNode>(RegExpNode::Set);
    node->set = m_flags.ignoreCase ? CaseFolding::closure(set, m_flags.isUnicode()) : set;
    node->isInverted = inverted;
    return node;
}

RegExpParser::Node RegExpParser::parseDisjunction()
{
    constexpr int deepest = 2000; // V8 too gives up on patterns that would overflow its stack
    if (++m_depth > deepest)
        fail("Regular expression too large");
    auto alternatives = std::make_unique<RegExpNode>(RegExpNode::Alternatives);
    do {
        alternatives->children.push_back(parseAlternative());
    } while (take('|'));
    --m_depth;
    if (alternatives->children.size() == 1)
        return std::move(alternatives->children.front());
    return alternatives;
}

RegExpParser::Node RegExpParser::parseAlternative()
{
    auto sequence = std::make_unique<RegExpNode>(RegExpNode::Sequence);
    while (!atEnd() && peek() != '|' && peek() != ')') {
        if (Node term = parseTerm())
            sequence->children.push_back(std::move(term));
    }
    return sequence;
}

RegExpParser::Node RegExpParser::parseTerm()
{
    const int firstGroup = m_groups;
    bool quantifiable = true;
    Node atom;
    switch (peek()) {
    case '^':
        ++m_position;
        return std::make_unique<RegExpNode>(RegExpNode::LineStart);
    case '$':
        ++m_position;
        return std::make_unique<RegExpNode>(RegExpNode::LineEnd);
    case '(':
        atom = parseGroup(&quantifiable);
        break;
    case '*':
    case '+':
    case '?':
        fail("Nothing to repeat");
        return nullptr;
    case '.': {
        ++m_position;
        const CharacterSet excluded = m_flags.dotAll ? CharacterSet() : CharacterSet::lineTerminators();
        atom = std::make_unique<RegExpNode>(RegExpNode::Set);
        atom->set = excluded;
        atom->isInverted = true;
        break;
    }
    case '[':
        atom = parseClass();
        break;
    case '\\':
        ++m_position;
        if (peek() == 'b' || peek() == 'B') {
            const bool negated = peek() == 'B';
            ++m_position;
            return std::make_unique<RegExpNode>(negated ? RegExpNode::NotWordBoundary : RegExpNode::WordBoundary);
        }
        atom = parseAtomEscape();
        break;
    case '{':
        if (looksLikeBraces()) {
            fail("Nothing to repeat");
            return nullptr;
        }
        [[fallthrough]];
    case '}':
    case ']':
        if (m_flags.isUnicode()) {
            fail("Lone quantifier brackets");
            return nullptr;
        }
        [[fallthrough]];
    default:
        atom = characterNode(m_characters[m_position++]);
        break;
    }
    if (failed())
        return nullptr;
    if (quantifiable)
        return parseQuantifier(std::move(atom), firstGroup);
    if (peek() == '*' || peek() == '+' || peek() == '?' || (peek() == '{' && looksLikeBraces()))
        fail("Invalid quantifier");
    return atom;
}

RegExpParser::Node RegExpParser::parseGroup(bool *quantifiable)
{
    ++m_position;
    if (takeText("?:")) {
        Node inner = parseDisjunction();
        if (!take(')'))
            fail("Unterminated group");
        return inner;
    }
    if (takeText("?=") || takeText("?!")) {
        const bool negative = m_characters[m_position - 1] == '!';
        *quantifiable = !m_flags.isUnicode();
        return parseLook(false, negative);
    }
    if (takeText("?<=") || takeText("?<!")) {
        const bool negative = m_characters[m_position - 1] == '!';
        *quantifiable = false;
        return parseLook(true, negative);
    }
    QString name;
    if (takeText("?<")) {
        if (!parseGroupName(&name)) {
            fail("Invalid capture group name");
            return nullptr;
        }
        if (m_names.contains(name)) {
            fail("Duplicate capture group name");
            return nullptr;
        }
    } else if (peek() == '?') {
        fail("Invalid group");
        return nullptr;
    }
    auto group = std::make_unique<RegExpNode>(RegExpNode::Group);
    group->group = ++m_groups;
    m_names.append(name);
    group->children.push_back(parseDisjunction());
    if (!take(')'))
        fail("Unterminated group");
    return group;
}

RegExpParser::Node RegExpParser::parseLook(bool behind, bool negative)
{
    auto look = std::make_unique<RegExpNode>(RegExpNode::Look);
    look->isBehind = behind;
    look->isNegative = negative;
    look->firstGroup = m_groups + 1;
    look->children.push_back(parseDisjunction());
    look->lastGroup = m_groups + 1;
    if (!take(')'))
        fail("Unterminated group");
    return look;
}

/// True at "{3}", "{3,}" or "{3,5}".
bool RegExpParser::looksLikeBraces()
{
    const size_t start = m_position;
    int minimum = 0;
    int maximum = 0;
    const bool result = parseBraces(&minimum, &maximum);
    m_position = start;
    return result;
}

bool RegExpParser::parseBraces(int *minimum, int *maximum)
{
    const size_t start = m_position;
    const auto number = [this](int *value) {
        if (peek() < '0' || peek() > '9')
            return false;
        qint64 sum = 0;
        while (peek() >= '0' && peek() <= '9')
            sum = std::min<qint64>(sum * 10 + (m_characters[m_position++] - '0'), RegExpNode::Unlimited);
        *value = static_cast<int>(sum);
        return true;
    };
    bool right = take('{') && number(minimum);
    if (right) {
        *maximum = *minimum;
        if (take(',')) {
            *maximum = RegExpNode::Unlimited;
            number(maximum);
        }
        right = take('}');
    }
    if (!right)
        m_position = start;
    return right;
}

RegExpParser::Node RegExpParser::parseQuantifier(Node atom, int firstGroup)
{
    int minimum = 0;
    int maximum = RegExpNode::Unlimited;
    if (take('*')) {
    } else if (take('+')) {
        minimum = 1;
    } else if (take('?')) {
        maximum = 1;
    } else if (peek() == '{') {
        if (!parseBraces(&minimum, &maximum)) {
            if (m_flags.isUnicode())
                fail("Incomplete quantifier");
            return atom;
        }
        if (maximum < minimum) {
            fail("numbers out of order in {} quantifier");
            return nullptr;
        }
    } else {
        return atom;
    }
    auto repeat = std::make_unique<RegExpNode>(RegExpNode::Repeat);
    repeat->minimum = minimum;
    repeat->maximum = maximum;
    repeat->isGreedy = !take('?');
    repeat->firstGroup = firstGroup + 1;
    repeat->lastGroup = m_groups + 1;
    repeat->children.push_back(std::move(atom));
    return repeat;
}

RegExpParser::Node RegExpParser::parseAtomEscape()
{
    if (atEnd()) {
        fail("\\ at end of pattern");
        return nullptr;
    }
    const char32_t next = peek();
    if (next >= '1' && next <= '9')
        return parseDecimalEscape();
    if (next == 'k' && (m_flags.isUnicode() || m_hasNames)) {
        ++m_position;
        return parseNamedReference();
    }
    if (ClassOperand operand; takeStringProperty(&operand))
        return operandNode(operand, false);
    CharacterSet set;
    if (parseClassEscape(&set))
        return setNode(set);
    if (failed())
        return nullptr;
    return characterNode(parseCharacterEscape(false));
}

RegExpParser::Node RegExpParser::parseDecimalEscape()
{
    const size_t start = m_position;
    qint64 number = 0;
    while (peek() >= '0' && peek() <= '9')
        number = std::min<qint64>(number * 10 + (m_characters[m_position++] - '0'), RegExpNode::Unlimited);
    if (number <= m_groupTotal) {
        auto reference = std::make_unique<RegExpNode>(RegExpNode::BackReference);
        reference->group = static_cast<int>(number);
        return reference;
    }
    if (m_flags.isUnicode()) {
        fail("Invalid escape");
        return nullptr;
    }
    m_position = start;
    if (peek() >= '8')
        return characterNode(m_characters[m_position++]);
    return characterNode(parseLegacyOctal());
}

char32_t RegExpParser::parseLegacyOctal()
{
    char32_t value = 0;
    for (int digits = 0; digits < 3 && peek() >= '0' && peek() <= '7' && value * 8 + (peek() - '0') <= 0377; ++digits)
        value = value * 8 + (m_characters[m_position++] - '0');
    return value;
}

RegExpParser::Node RegExpParser::parseNamedReference()
{
    QString name;
    if (!take('<') || !parseGroupName(&name)) {
        fail("Invalid named reference");
        return nullptr;
    }
    m_references.append(name);
    auto reference = std::make_unique<RegExpNode>(RegExpNode::NamedReference);
    reference->name = name;
    return reference;
}

/// After "<": the name and ">".
bool RegExpParser::parseGroupName(QString *name)
{
    while (!take('>')) {
        const char32_t character = parseNameCharacter();
        const auto codePoint = static_cast<UChar32>(character);
        const bool isStart =
            character == '$' || character == '_' || (character <= 0x10FFFF && u_hasBinaryProperty(codePoint, UCHAR_ID_START));
        const bool isPart = isStart || character == 0x200C || character == 0x200D
            || (character <= 0x10FFFF && u_hasBinaryProperty(codePoint, UCHAR_ID_CONTINUE));
        if (!(name->isEmpty() ? isStart : isPart))
            return false;
        name->append(QString::fromUcs4(&character, 1));
    }
    return !name->isEmpty();
}

char32_t RegExpParser::parseNameCharacter()
{
    if (atEnd())
        return EndOfPattern;
    char32_t character = m_characters[m_position++];
    if (character == '\\') {
        if (!take('u'))
            return EndOfPattern;
        const bool wasUnicode = m_flags.unicode;
        m_flags.unicode = true; // names always take \u{...} and pairs
        character = parseUnicodeEscape();
        m_flags.unicode = wasUnicode;
        return character;
    }
    if (QChar::isHighSurrogate(character) && QChar::isLowSurrogate(peek()))
        character = QChar::surrogateToUcs4(static_cast<char16_t>(character), static_cast<char16_t>(m_characters[m_position++]));
    return character;
}

/// \d \D \s \S \w \W \p{..} \P{..}
bool RegExpParser::parseClassEscape(CharacterSet *set)
{
    const char32_t letter = peek();
    switch (letter) {
    case 'd':
    case 'D':
        *set = CharacterSet::digits();
        break;
    case 's':
    case 'S':
        *set = CharacterSet::whiteSpace();
        break;
    case 'w':
    case 'W':
        *set = CharacterSet::wordCharacters(m_flags.ignoreCase && m_flags.isUnicode());
        break;
    case 'p':
    case 'P':
        if (!m_flags.isUnicode())
            return false;
        ++m_position;
        return parseProperty(set, letter == 'P');
    default:
        return false;
    }
    ++m_position;
    if (letter < 'a')
        set->invert();
    return true;
}

bool RegExpParser::parseProperty(CharacterSet *set, bool negated)
{
    QString name;
    QString value;
    bool hasValue = false;
    if (!take('{')) {
        fail("Invalid property name");
        return false;
    }
    while (!atEnd() && peek() != '}') {
        const char32_t character = m_characters[m_position++];
        if (character == '=' && !hasValue)
            hasValue = true;
        else
            (hasValue ? value : name).append(QString::fromUcs4(&character, 1));
    }
    const auto known = take('}') ? CharacterSet::ofProperty(name, value, hasValue) : std::nullopt;
    if (!known) {
        fail("Invalid property name");
        return false;
    }
    *set = *known;
    if (negated)
        set->invert();
    return true;
}

bool RegExpParser::parseHex(int digits, char32_t *value)
{
    *value = 0;
    for (int index = 0; index < digits; ++index) {
        const char32_t character = peek(static_cast<size_t>(index));
        const int digit = character < 128 ? u_digit(static_cast<UChar32>(character), 16) : -1;
        if (digit < 0)
            return false;
        *value = *value * 16 + static_cast<char32_t>(digit);
    }
    m_position += static_cast<size_t>(digits);
    return true;
}

/// After "\u".
char32_t RegExpParser::parseUnicodeEscape()
{
    char32_t value = 0;
    if (m_flags.isUnicode() && take('{')) {
        bool any = false;
        char32_t digit = 0;
        while (parseHex(1, &digit)) {
            any = true;
            value = std::min<char32_t>(value * 16 + digit, 0x110000);
        }
        if (!any || value > CharacterSet::LastCodePoint || !take('}'))
            fail("Invalid Unicode escape");
        return value;
    }
    if (!parseHex(4, &value)) {
        if (m_flags.isUnicode())
            fail("Invalid Unicode escape");
        return 'u';
    }
    if (m_flags.isUnicode() && QChar::isHighSurrogate(value) && peek() == '\\' && peek(1) == 'u') {
        const size_t start = m_position;
        m_position += 2;
        char32_t low = 0;
        if (parseHex(4, &low) && QChar::isLowSurrogate(low))
            return QChar::surrogateToUcs4(static_cast<char16_t>(value), static_cast<char16_t>(low));
        m_position = start;
    }
    return value;
}

char32_t RegExpParser::parseCharacterEscape(bool inClass)
{
    if (atEnd()) {
        fail("\\ at end of pattern");
        return 0;
    }
    const char32_t letter = m_characters[m_position++];
    char32_t value = 0;
    switch (letter) {
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    case 'c': {
        const char32_t control = peek();
        const bool isLetter = (control >= 'a' && control <= 'z') || (control >= 'A' && control <= 'Z');
        const bool isClassControl = inClass && !m_flags.isUnicode() && ((control >= '0' && control <= '9') || control == '_');
        if (isLetter || isClassControl) {
            ++m_position;
            return control & 31;
        }
        if (m_flags.isUnicode()) {
            fail("Invalid Unicode escape");
            return 0;
        }
        --m_position; // the backslash stands for itself
        return '\\';
    }
    case 'x':
        if (parseHex(2, &value))
            return value;
        if (m_flags.isUnicode())
            fail("Invalid escape");
        return 'x';
    case 'u':
        return parseUnicodeEscape();
    case '0':
        if (peek() < '0' || peek() > '9')
            return 0;
        [[fallthrough]];
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
        if (m_flags.isUnicode()) {
            fail(inClass ? "Invalid class escape" : "Invalid decimal escape");
            return 0;
        }
        --m_position;
        return parseLegacyOctal();
    default:
        break;
    }
    if (m_flags.isUnicode()) {
        const bool isSyntax = letter < 128 && std::strchr("^$\\.*+?()[]{}|/", static_cast<char>(letter)) != nullptr && letter != 0;
        if (!isSyntax && !(inClass && letter == '-'))
            fail("Invalid escape");
    } else if (letter == 'k' && m_hasNames) {
        fail("Invalid escape");
    }
    return letter;
}

} // namespace loopscope
