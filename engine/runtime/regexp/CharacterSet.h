// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace loopscope {

/// A set of Unicode code points (or UTF-16 code units, in patterns without the u flag), as sorted ranges that do not touch.
class CharacterSet
{
public:
    struct Range
    {
        char32_t first;
        char32_t last; ///< included
        bool operator==(const Range &) const = default;
    };
    static constexpr char32_t LastCodePoint = 0x10FFFF;

    CharacterSet() = default;
    CharacterSet(std::initializer_list<Range> ranges);

    void add(char32_t character) { add(character, character); }
    void add(char32_t first, char32_t last);
    void add(const CharacterSet &other);
    void invert();
    CharacterSet intersected(const CharacterSet &other) const;
    CharacterSet without(const CharacterSet &other) const;

    bool isEmpty() const { return m_ranges.empty(); }
    bool contains(char32_t character) const;
    const std::vector<Range> &ranges() const { return m_ranges; }

    static CharacterSet digits();
    static CharacterSet whiteSpace(); ///< ECMAScript's WhiteSpace and LineTerminator
    static CharacterSet lineTerminators();
    /// \w; with both flags it also holds the two letters that fold to s and k.
    static CharacterSet wordCharacters(bool ignoreCaseAndUnicode);
    /// The set of \p{name} or \p{name=value} by Unicode's database; nothing if ECMAScript knows no such property.
    static std::optional<CharacterSet> ofProperty(const QString &name, const QString &value, bool hasValue);
    /// ECMAScript's properties of strings (table 69, for the v flag), such as RGI_Emoji: those of one character go into `characters`,
    /// longer ones into `strings`. False if there is no such property.
    static bool addStringProperty(const QString &name, CharacterSet *characters, std::set<std::u32string> *strings);

private:
    std::vector<Range> m_ranges;
};

/// A set made ready for matching: Latin-1 by a bit each, the rest by binary search.
class CharacterMatcher
{
public:
    CharacterMatcher() = default;
    CharacterMatcher(const CharacterSet &set, bool inverted);

    bool matches(char32_t character) const
    {
        if (character < 256)
            return m_latin1[character >> 6] >> (character & 63) & 1;
        return m_set.contains(character) != m_inverted;
    }

private:
    CharacterSet m_set;
    bool m_inverted = false;
    std::array<quint64, 4> m_latin1{};
};

/// ECMAScript's Canonicalize: what letters are compared by under the i flag.
class CaseFolding
{
public:
    /// Full upper case of single code units (without u), or Unicode's simple case folding (with u).
    static char32_t canonical(char32_t character, bool unicode);
    /// The set, and what its members are compared by; a character is then a member if its canonical form is.
    static CharacterSet closure(const CharacterSet &set, bool unicode);
};

} // namespace loopscope
