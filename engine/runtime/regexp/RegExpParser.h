// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/regexp/RegExpSyntax.h"

#include <set>
#include <vector>

namespace loopscope {

/// Recursive descent over a pattern. The first error ends it: `m_error` is then set and every function returns quickly.
class RegExpParser
{
public:
    RegExpParser(const QString &source, const RegExpFlags &flags);
    RegExpSyntax parse();

private:
    using Node = std::unique_ptr<RegExpNode>;
    /// A class with the v flag: single characters and strings of several.
    struct ClassOperand
    {
        CharacterSet set;
        std::set<std::u32string> strings;
    };
    struct ClassAtom
    {
        char32_t character = 0;
        CharacterSet set;
        bool isSet = false;
    };

    bool atEnd() const { return m_position >= m_characters.size(); }
    char32_t peek(size_t ahead = 0) const
    {
        return m_position + ahead < m_characters.size() ? m_characters[m_position + ahead] : EndOfPattern;
    }
    bool take(char32_t character);
    bool takeText(const char *text);
    bool failed() const { return !m_error.isEmpty(); }
    void fail(const char *message);

    void countGroups();
    Node parseDisjunction();
    Node parseAlternative();
    Node parseTerm();
    Node parseGroup(bool *quantifiable);
    Node parseLook(bool behind, bool negative);
    Node parseQuantifier(Node atom, int firstGroup);
    bool parseBraces(int *minimum, int *maximum);
    bool looksLikeBraces();
    Node parseAtomEscape();
    Node parseDecimalEscape();
    Node parseNamedReference();
    bool parseClassEscape(CharacterSet *set);
    bool parseProperty(CharacterSet *set, bool negated);
    char32_t parseCharacterEscape(bool inClass);
    char32_t parseUnicodeEscape();
    bool parseHex(int digits, char32_t *value);
    char32_t parseLegacyOctal();
    bool parseGroupName(QString *name);
    char32_t parseNameCharacter();

    Node parseClass();
    bool parseClassAtom(ClassAtom *atom);
    void nameClassInError();
    Node parseClassSets();
    ClassOperand parseClassUnion(bool *inverted);
    ClassOperand parseSetOperand(bool *isCharacter, char32_t *character);
    ClassOperand parseStringAlternatives();
    bool takeStringProperty(ClassOperand *operand);
    std::u32string comparable(std::u32string text) const;
    Node stringsNode(std::set<std::u32string>::const_iterator first, std::set<std::u32string>::const_iterator last, size_t depth) const;
    char32_t parseSetCharacter();
    void fold(ClassOperand *operand) const;

    Node characterNode(char32_t character) const;
    Node setNode(const CharacterSet &set, bool inverted = false) const;
    Node operandNode(const ClassOperand &operand, bool inverted) const;

    static constexpr char32_t EndOfPattern = 0xFFFFFFFF;

    RegExpFlags m_flags;
    std::vector<char32_t> m_characters;
    size_t m_position = 0;
    int m_groups = 0; ///< opened so far
    int m_groupTotal = 0;
    int m_depth = 0;
    bool m_hasNames = false;
    QStringList m_names;
    QStringList m_references;
    QString m_error;
};

} // namespace loopscope
