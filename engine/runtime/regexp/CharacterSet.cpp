// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/regexp/CharacterSet.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace loopscope {

CharacterSet::CharacterSet(std::initializer_list<Range> ranges)
{
    for (const Range &range : ranges)
        add(range.first, range.last);
}

void CharacterSet::add(char32_t first, char32_t last)
{
    // The ranges that the new one touches become one with it.
    auto begin = std::lower_bound(
        m_ranges.begin(), m_ranges.end(), first, [](const Range &range, char32_t value) { return value > 0 && range.last < value - 1; });
    auto end = begin;
    while (end != m_ranges.end() && (end->first <= last || end->first == last + 1)) {
        first = std::min(first, end->first);
        last = std::max(last, end->last);
        ++end;
    }
    if (begin == end) {
        m_ranges.insert(begin, Range{first, last});
        return;
    }
    *begin = Range{first, last};
    m_ranges.erase(begin + 1, end);
}

void CharacterSet::add(const CharacterSet &other)
{
    for (const Range &range : other.m_ranges)
        add(range.first, range.last);
}

void CharacterSet::invert()
{
    std::vector<Range> inverted;
    char32_t next = 0;
    for (const Range &range : m_ranges) {
        if (range.first > next)
            inverted.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    if (next <= LastCodePoint)
        inverted.push_back({next, LastCodePoint});
    m_ranges = std::move(inverted);
}

CharacterSet CharacterSet::intersected(const CharacterSet &other) const
{
    CharacterSet result;
    for (const Range &a : m_ranges) {
        for (const Range &b : other.m_ranges) {
            const char32_t first = std::max(a.first, b.first);
            const char32_t last = std::min(a.last, b.last);
            if (first <= last)
                result.m_ranges.push_back({first, last});
        }
    }
    return result;
}

CharacterSet CharacterSet::without(const CharacterSet &other) const
{
    CharacterSet rest = other;
    rest.invert();
    return intersected(rest);
}

bool CharacterSet::contains(char32_t character) const
{
    const auto range =
        std::lower_bound(m_ranges.begin(), m_ranges.end(), character, [](const Range &r, char32_t value) { return r.last < value; });
    return range != m_ranges.end() && range->first <= character;
}

CharacterSet CharacterSet::digits() { return {{'0', '9'}}; }

CharacterSet CharacterSet::whiteSpace()
{
    return {{0x09, 0x0D}, {0x20, 0x20}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
        {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
}

CharacterSet CharacterSet::lineTerminators() { return {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}; }

CharacterSet CharacterSet::wordCharacters(bool ignoreCaseAndUnicode)
{
    CharacterSet set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
    if (ignoreCaseAndUnicode) {
        set.add(0x17F);
        set.add(0x212A);
    }
    return set;
}

namespace {

CharacterSet fromIcu(USet *icuSet)
{
    CharacterSet set;
    const int32_t count = uset_getItemCount(icuSet);
    for (int32_t index = 0; index < count; ++index) {
        UChar32 first = 0;
        UChar32 last = 0;
        UErrorCode status = U_ZERO_ERROR;
        if (uset_getItem(icuSet, index, &first, &last, nullptr, 0, &status) == 0)
            set.add(static_cast<char32_t>(first), static_cast<char32_t>(last));
    }
    uset_close(icuSet);
    return set;
}

CharacterSet withProperty(UProperty property, int32_t value)
{
    USet *set = uset_openEmpty();
    UErrorCode status = U_ZERO_ERROR;
    uset_applyIntPropertyValue(set, property, value, &status);
    return fromIcu(set);
}

/// ICU ignores case and separators in names; ECMAScript wants them as Unicode spells them.
bool isExactValueName(UProperty property, int32_t value, const QByteArray &name)
{
    for (int choice = U_SHORT_PROPERTY_NAME;; ++choice) {
        const char *known = u_getPropertyValueName(property, value, static_cast<UPropertyNameChoice>(choice));
        if (known && name == known)
            return true;
        if (!known && choice > U_LONG_PROPERTY_NAME)
            return false;
    }
}

bool isExactPropertyName(UProperty property, const QByteArray &name)
{
    for (int choice = U_SHORT_PROPERTY_NAME;; ++choice) {
        const char *known = u_getPropertyName(property, static_cast<UPropertyNameChoice>(choice));
        if (known && name == known)
            return true;
        if (!known && choice > U_LONG_PROPERTY_NAME)
            return false;
    }
}

std::optional<CharacterSet> valueSet(UProperty property, const QByteArray &value)
{
    // The general category comes as a mask, so that groups like L and P are known too.
    const UProperty lookup = property == UCHAR_GENERAL_CATEGORY ? UCHAR_GENERAL_CATEGORY_MASK : property;
    const int32_t number = u_getPropertyValueEnum(lookup == UCHAR_SCRIPT_EXTENSIONS ? UCHAR_SCRIPT : lookup, value.constData());
    if (number == UCHAR_INVALID_CODE)
        return std::nullopt;
    if (!isExactValueName(lookup == UCHAR_SCRIPT_EXTENSIONS ? UCHAR_SCRIPT : lookup, number, value))
        return std::nullopt;
    return withProperty(lookup, number);
}

// The binary properties of ECMA-262, table 68; ICU knows more.
constexpr UProperty binaryProperties[] = {UCHAR_ASCII_HEX_DIGIT, UCHAR_ALPHABETIC, UCHAR_BIDI_CONTROL, UCHAR_BIDI_MIRRORED,
    UCHAR_CASE_IGNORABLE, UCHAR_CASED, UCHAR_CHANGES_WHEN_CASEFOLDED, UCHAR_CHANGES_WHEN_CASEMAPPED, UCHAR_CHANGES_WHEN_LOWERCASED,
    UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED, UCHAR_CHANGES_WHEN_TITLECASED, UCHAR_CHANGES_WHEN_UPPERCASED, UCHAR_DASH,
    UCHAR_DEFAULT_IGNORABLE_CODE_POINT, UCHAR_DEPRECATED, UCHAR_DIACRITIC, UCHAR_EMOJI, UCHAR_EMOJI_COMPONENT, UCHAR_EMOJI_MODIFIER,
    UCHAR_EMOJI_MODIFIER_BASE, UCHAR_EMOJI_PRESENTATION, UCHAR_EXTENDED_PICTOGRAPHIC, UCHAR_EXTENDER, UCHAR_GRAPHEME_BASE,
    UCHAR_GRAPHEME_EXTEND, UCHAR_HEX_DIGIT, UCHAR_IDS_BINARY_OPERATOR, UCHAR_IDS_TRINARY_OPERATOR, UCHAR_ID_CONTINUE, UCHAR_ID_START,
    UCHAR_IDEOGRAPHIC, UCHAR_JOIN_CONTROL, UCHAR_LOGICAL_ORDER_EXCEPTION, UCHAR_LOWERCASE, UCHAR_MATH, UCHAR_NONCHARACTER_CODE_POINT,
    UCHAR_PATTERN_SYNTAX, UCHAR_PATTERN_WHITE_SPACE, UCHAR_QUOTATION_MARK, UCHAR_RADICAL, UCHAR_REGIONAL_INDICATOR, UCHAR_S_TERM,
    UCHAR_SOFT_DOTTED, UCHAR_TERMINAL_PUNCTUATION, UCHAR_UNIFIED_IDEOGRAPH, UCHAR_UPPERCASE, UCHAR_VARIATION_SELECTOR, UCHAR_WHITE_SPACE,
    UCHAR_XID_CONTINUE, UCHAR_XID_START};

constexpr UProperty stringProperties[] = {UCHAR_BASIC_EMOJI, UCHAR_EMOJI_KEYCAP_SEQUENCE, UCHAR_RGI_EMOJI, UCHAR_RGI_EMOJI_FLAG_SEQUENCE,
    UCHAR_RGI_EMOJI_MODIFIER_SEQUENCE, UCHAR_RGI_EMOJI_TAG_SEQUENCE, UCHAR_RGI_EMOJI_ZWJ_SEQUENCE};

/// ICU knows one of them by an earlier name.
UProperty stringProperty(const QByteArray &name)
{
    if (name == "Emoji_Keycap_Sequence")
        return UCHAR_EMOJI_KEYCAP_SEQUENCE;
    const UProperty property = u_getPropertyEnum(name.constData());
    const bool isKnown = std::find(std::begin(stringProperties), std::end(stringProperties), property) != std::end(stringProperties);
    return isKnown && isExactPropertyName(property, name) ? property : UCHAR_INVALID_CODE;
}

} // namespace

bool CharacterSet::addStringProperty(const QString &name, CharacterSet *characters, std::set<std::u32string> *strings)
{
    const UProperty property = stringProperty(name.toLatin1());
    if (property == UCHAR_INVALID_CODE)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const USet *set = u_getBinaryPropertySet(property, &status);
    const int32_t count = uset_getItemCount(set);
    for (int32_t index = 0; index < count; ++index) {
        UChar32 first = 0;
        UChar32 last = 0;
        std::array<UChar, 32> text{}; // the longest are families of about ten
        const int32_t length = uset_getItem(set, index, &first, &last, text.data(), static_cast<int32_t>(text.size()), &status);
        if (length == 0)
            characters->add(static_cast<char32_t>(first), static_cast<char32_t>(last));
        else
            strings->insert(QStringView(text.data(), length).toString().toStdU32String());
    }
    return U_SUCCESS(status) != 0;
}

std::optional<CharacterSet> CharacterSet::ofProperty(const QString &name, const QString &value, bool hasValue)
{
    const QByteArray latinName = name.toLatin1();
    const QByteArray latinValue = value.toLatin1();
    if (hasValue) {
        if (latinName == "General_Category" || latinName == "gc")
            return valueSet(UCHAR_GENERAL_CATEGORY, latinValue);
        if (latinName == "Script" || latinName == "sc")
            return valueSet(UCHAR_SCRIPT, latinValue);
        if (latinName == "Script_Extensions" || latinName == "scx")
            return valueSet(UCHAR_SCRIPT_EXTENSIONS, latinValue);
        return std::nullopt;
    }
    if (latinName == "Any")
        return CharacterSet{{0, LastCodePoint}};
    if (latinName == "ASCII")
        return CharacterSet{{0, 0x7F}};
    if (latinName == "Assigned") {
        CharacterSet unassigned = withProperty(UCHAR_GENERAL_CATEGORY_MASK, U_GC_CN_MASK);
        unassigned.invert();
        return unassigned;
    }
    if (auto category = valueSet(UCHAR_GENERAL_CATEGORY, latinName))
        return category;
    const UProperty property = u_getPropertyEnum(latinName.constData());
    if (std::find(std::begin(binaryProperties), std::end(binaryProperties), property) == std::end(binaryProperties)
        || !isExactPropertyName(property, latinName))
        return std::nullopt;
    return withProperty(property, 1);
}

CharacterMatcher::CharacterMatcher(const CharacterSet &set, bool inverted)
    : m_set(set)
    , m_inverted(inverted)
{
    for (char32_t character = 0; character < 256; ++character) {
        if (set.contains(character) != inverted)
            m_latin1[character >> 6] |= quint64(1) << (character & 63);
    }
}

char32_t CaseFolding::canonical(char32_t character, bool unicode)
{
    if (character < 128) {
        if (unicode)
            return character >= 'A' && character <= 'Z' ? character + 32 : character;
        return character >= 'a' && character <= 'z' ? character - 32 : character;
    }
    if (unicode)
        return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(character), U_FOLD_CASE_DEFAULT));
    if (character > 0xFFFF)
        return character;
    const UChar source = static_cast<UChar>(character);
    UChar upper[4];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length = u_strToUpper(upper, 4, &source, 1, "", &status);
    if (U_FAILURE(status) || length != 1 || upper[0] < 128)
        return character;
    return upper[0];
}

namespace {

struct CasePair
{
    char32_t character;
    char32_t canonical;
};

/// All characters that are compared by another one, in order.
const std::vector<CasePair> &casePairs(bool unicode)
{
    const auto collect = [](bool withUnicode) {
        std::vector<CasePair> pairs;
        const char32_t last = withUnicode ? 0x1FFFF : 0xFFFF; // no letters with case above
        for (char32_t character = 0; character <= last; ++character) {
            if (character >= 0xD800 && character <= 0xDFFF)
                continue;
            const char32_t canonical = CaseFolding::canonical(character, withUnicode);
            if (canonical != character)
                pairs.push_back({character, canonical});
        }
        return pairs;
    };
    if (unicode) {
        static const std::vector<CasePair> folded = collect(true);
        return folded;
    }
    static const std::vector<CasePair> upper = collect(false);
    return upper;
}

} // namespace

CharacterSet CaseFolding::closure(const CharacterSet &set, bool unicode)
{
    CharacterSet result = set;
    const bool isAscii = set.isEmpty() || set.ranges().back().last < 128;
    for (const CharacterSet::Range &range : set.ranges()) {
        if (isAscii) {
            for (char32_t character = range.first; character <= range.last; ++character)
                result.add(canonical(character, unicode));
            continue;
        }
        const auto &pairs = casePairs(unicode);
        auto pair =
            std::lower_bound(pairs.begin(), pairs.end(), range.first, [](const CasePair &p, char32_t c) { return p.character < c; });
        for (; pair != pairs.end() && pair->character <= range.last; ++pair)
            result.add(pair->canonical);
    }
    return result;
}

} // namespace loopscope
