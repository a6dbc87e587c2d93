// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/IntlNatives.h"

#include "runtime/Natives.h"

#include <QByteArray>
#include <QHash>

#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <memory>
#include <numeric>

namespace loopscope {

using namespace QV4;

namespace {

const UChar *icuText(const QString &text) { return reinterpret_cast<const UChar *>(text.utf16()); }

/// Calls an ICU function that writes text, again with more room if the first was too little.
template<typename Write>
QString written(Write write)
{
    QString text(64, Qt::Uninitialized);
    for (int attempt = 0; attempt < 2; ++attempt) {
        UErrorCode status = U_ZERO_ERROR;
        const int32_t length = write(reinterpret_cast<UChar *>(text.data()), static_cast<int32_t>(text.size()), &status);
        if (U_SUCCESS(status)) {
            text.resize(length);
            return text;
        }
        if (status != U_BUFFER_OVERFLOW_ERROR)
            break;
        text.resize(length + 1);
    }
    return {};
}

/// Things of ICU's that are costly to make, by what they were made of.
template<typename Thing>
class Cache
{
public:
    template<typename Make>
    Thing *get(const QString &key, Make make, void (*close)(Thing *))
    {
        const auto known = m_things.constFind(key);
        if (known != m_things.constEnd())
            return known->get();
        std::shared_ptr<Thing> thing(make(), [close](Thing *made) {
            if (made)
                close(made);
        });
        m_things.insert(key, thing);
        return thing.get();
    }

private:
    QHash<QString, std::shared_ptr<Thing>> m_things;
};

QByteArray localeId(const Value &tag)
{
    char id[ULOC_FULLNAME_CAPACITY];
    int32_t parsed = 0;
    UErrorCode status = U_ZERO_ERROR;
    const QByteArray text = tag.toQStringNoThrow().toLatin1();
    uloc_forLanguageTag(text.constData(), id, sizeof id, &parsed, &status);
    return U_SUCCESS(status) && parsed == text.size() ? QByteArray(id) : QByteArray();
}

ReturnedValue textValue(const FunctionObject *function, const QString &text)
{
    return function->engine()->newString(text)->asReturnedValue();
}

// intlLocale(tag) -> the tag in its canonical form, or undefined if it is none
ReturnedValue intlLocale(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QByteArray id = localeId(argv[0]);
    char tag[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_toLanguageTag(id.constData(), tag, sizeof tag, 1, &status);
    if (id.isEmpty() || U_FAILURE(status))
        return Encode::undefined();
    return textValue(function, QString::fromLatin1(tag));
}

// intlFormatNumber(locale, skeleton, number) -> text; the skeleton is ICU's ("percent precision-integer")
ReturnedValue intlFormatNumber(const FunctionObject *function, const Value *, const Value *argv, int)
{
    static thread_local Cache<UNumberFormatter> formatters;
    const QByteArray locale = localeId(argv[0]);
    const QString skeleton = argv[1].toQStringNoThrow();
    UNumberFormatter *formatter = formatters.get(
        QString::fromLatin1(locale) + QLatin1Char('\n') + skeleton,
        [&] {
            UErrorCode status = U_ZERO_ERROR;
            return unumf_openForSkeletonAndLocale(icuText(skeleton), static_cast<int32_t>(skeleton.size()), locale.constData(), &status);
        },
        unumf_close);
    UErrorCode status = U_ZERO_ERROR;
    UFormattedNumber *result = unumf_openResult(&status);
    unumf_formatDouble(formatter, argv[2].toNumber(), result, &status);
    const QString text = U_SUCCESS(status)
        ? written([&](UChar *buffer, int32_t size, UErrorCode *error) { return unumf_resultToString(result, buffer, size, error); })
        : QString();
    unumf_closeResult(result);
    if (U_FAILURE(status))
        return function->engine()->throwRangeError(QStringLiteral("Invalid number format"));
    return textValue(function, text);
}

// intlDatePattern(locale, skeleton) -> ICU's pattern for the fields of a skeleton ("yMd")
ReturnedValue intlDatePattern(const FunctionObject *function, const Value *, const Value *argv, int)
{
    static thread_local Cache<UDateTimePatternGenerator> generators;
    const QByteArray locale = localeId(argv[0]);
    UDateTimePatternGenerator *generator = generators.get(
        QString::fromLatin1(locale),
        [&] {
            UErrorCode status = U_ZERO_ERROR;
            return udatpg_open(locale.constData(), &status);
        },
        [](UDateTimePatternGenerator *made) { udatpg_close(made); });
    const QString skeleton = argv[1].toQStringNoThrow();
    return textValue(function, written([&](UChar *buffer, int32_t size, UErrorCode *error) {
        return udatpg_getBestPatternWithOptions(
            generator, icuText(skeleton), static_cast<int32_t>(skeleton.size()), UDATPG_MATCH_HOUR_FIELD_LENGTH, buffer, size, error);
    }));
}

// intlStylePattern(locale, dateStyle, timeStyle) -> the pattern of styles: 0 full, 1 long, 2 medium, 3 short, -1 none
ReturnedValue intlStylePattern(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QByteArray locale = localeId(argv[0]);
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(static_cast<UDateFormatStyle>(argv[2].toInt32()), static_cast<UDateFormatStyle>(argv[1].toInt32()),
        locale.constData(), nullptr, 0, nullptr, 0, &status);
    if (U_FAILURE(status))
        return textValue(function, QString());
    const QString pattern =
        written([&](UChar *buffer, int32_t size, UErrorCode *error) { return udat_toPattern(format, 0, buffer, size, error); });
    udat_close(format);
    return textValue(function, pattern);
}

// intlFormatDate(locale, pattern, timeZone, time) -> text; an empty zone is the machine's
ReturnedValue intlFormatDate(const FunctionObject *function, const Value *, const Value *argv, int)
{
    static thread_local Cache<void> formats;
    const QByteArray locale = localeId(argv[0]);
    const QString pattern = argv[1].toQStringNoThrow();
    const QString zone = argv[2].toQStringNoThrow();
    UDateFormat *format = static_cast<UDateFormat *>(formats.get(
        QString::fromLatin1(locale) + QLatin1Char('\n') + pattern + QLatin1Char('\n') + zone,
        [&]() -> void * {
            UErrorCode status = U_ZERO_ERROR;
            UDateFormat *opened = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale.constData(), zone.isEmpty() ? nullptr : icuText(zone),
                zone.isEmpty() ? 0 : static_cast<int32_t>(zone.size()), icuText(pattern), static_cast<int32_t>(pattern.size()), &status);
            // ECMAScript's calendar has no Julian part.
            if (opened)
                ucal_setGregorianChange(const_cast<UCalendar *>(udat_getCalendar(opened)), -8.64e15, &status);
            return opened;
        },
        [](void *made) { udat_close(static_cast<UDateFormat *>(made)); }));
    const double time = argv[3].toNumber();
    return textValue(function,
        written([&](UChar *buffer, int32_t size, UErrorCode *error) { return udat_format(format, time, buffer, size, nullptr, error); }));
}

// intlTimeZone(name) -> the zone's name as ICU spells it, the machine's for undefined; undefined if there is no such zone
ReturnedValue intlTimeZone(const FunctionObject *function, const Value *, const Value *argv, int)
{
    if (argv[0].isUndefined())
        return textValue(
            function, written([](UChar *buffer, int32_t size, UErrorCode *error) { return ucal_getDefaultTimeZone(buffer, size, error); }));
    const QString name = argv[0].toQStringNoThrow();
    UBool isSystem = 0;
    const QString canonical = written([&](UChar *buffer, int32_t size, UErrorCode *error) {
        return ucal_getCanonicalTimeZoneID(icuText(name), static_cast<int32_t>(name.size()), buffer, size, &isSystem, error);
    });
    return canonical.isEmpty() || !isSystem ? Encode::undefined() : textValue(function, canonical);
}

// timeZoneName(time) -> the long English name of the machine's zone at that time
ReturnedValue timeZoneName(const FunctionObject *function, const Value *, const Value *argv, int)
{
    static thread_local Cache<void> calendars;
    auto *calendar = static_cast<UCalendar *>(calendars.get(
        QString(),
        []() -> void * {
            UErrorCode status = U_ZERO_ERROR;
            return ucal_open(nullptr, 0, "en_US", UCAL_GREGORIAN, &status);
        },
        [](void *made) { ucal_close(static_cast<UCalendar *>(made)); }));
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, argv[0].toNumber(), &status);
    const bool isSummer = ucal_inDaylightTime(calendar, &status);
    return textValue(function, written([&](UChar *buffer, int32_t size, UErrorCode *error) {
        return ucal_getTimeZoneDisplayName(calendar, isSummer ? UCAL_DST : UCAL_STANDARD, "en_US", buffer, size, error);
    }));
}

// intlCompare(locale, strength, isNumeric, a, b) -> -1, 0 or 1; strength: 0 primary, 1 secondary, 2 tertiary, 3 primary with case
ReturnedValue intlCompare(const FunctionObject *, const Value *, const Value *argv, int)
{
    static thread_local Cache<UCollator> collators;
    const QByteArray locale = localeId(argv[0]);
    const int strength = argv[1].toInt32();
    const bool isNumeric = argv[2].toBoolean();
    const QString key =
        QString::fromLatin1(locale) + QLatin1Char('\n') + QString::number(strength) + (isNumeric ? QLatin1String("n") : QLatin1String(""));
    const UCollator *collator = collators.get(
        key,
        [&] {
            UErrorCode status = U_ZERO_ERROR;
            UCollator *opened = ucol_open(locale.constData(), &status);
            if (U_FAILURE(status))
                return opened;
            ucol_setStrength(opened, strength == 1 ? UCOL_SECONDARY : strength == 2 ? UCOL_TERTIARY : UCOL_PRIMARY);
            ucol_setAttribute(opened, UCOL_CASE_LEVEL, strength == 3 ? UCOL_ON : UCOL_OFF, &status);
            ucol_setAttribute(opened, UCOL_NUMERIC_COLLATION, isNumeric ? UCOL_ON : UCOL_OFF, &status);
            return opened;
        },
        ucol_close);
    const QString a = argv[3].toQStringNoThrow();
    const QString b = argv[4].toQStringNoThrow();
    if (!collator)
        return Encode(a < b ? -1 : a == b ? 0 : 1);
    return Encode(
        static_cast<int>(ucol_strcoll(collator, icuText(a), static_cast<int32_t>(a.size()), icuText(b), static_cast<int32_t>(b.size()))));
}

// intlCase(text, locale, isUpper) -> the text in the letters of a language
ReturnedValue intlCase(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QString text = argv[0].toQStringNoThrow();
    const QByteArray locale = localeId(argv[1]);
    const auto convert = argv[2].toBoolean() ? u_strToUpper : u_strToLower;
    return textValue(function, written([&](UChar *buffer, int32_t size, UErrorCode *error) {
        return convert(buffer, size, icuText(text), static_cast<int32_t>(text.size()), locale.constData(), error);
    }));
}

// intlPlural(locale, isOrdinal, number) -> "one", "other", ...
ReturnedValue intlPlural(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QByteArray locale = localeId(argv[0]);
    UErrorCode status = U_ZERO_ERROR;
    UPluralRules *rules =
        uplrules_openForType(locale.constData(), argv[1].toBoolean() ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL, &status);
    if (U_FAILURE(status))
        return textValue(function, QStringLiteral("other"));
    const QString keyword = written(
        [&](UChar *buffer, int32_t size, UErrorCode *error) { return uplrules_select(rules, argv[2].toNumber(), buffer, size, error); });
    uplrules_close(rules);
    return textValue(function, keyword);
}

// intlBoundaries(locale, granularity, text) -> [end of the first segment, is it like a word, end of the second, ...]; granularity 0:
// grapheme clusters, 1: words, 2: sentences
ReturnedValue intlBoundaries(const FunctionObject *function, const Value *, const Value *argv, int)
{
    constexpr UBreakIteratorType types[] = {UBRK_CHARACTER, UBRK_WORD, UBRK_SENTENCE};
    const QByteArray locale = localeId(argv[0]);
    const QString text = argv[2].toQStringNoThrow();
    Scope scope(function->engine());
    ScopedArrayObject boundaries(scope, scope.engine->newArrayObject());
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(
        types[std::clamp(argv[1].toInt32(), 0, 2)], locale.constData(), icuText(text), static_cast<int32_t>(text.size()), &status);
    if (U_FAILURE(status))
        return scope.engine->throwRangeError(QStringLiteral("Internal error. Icu error."));
    ubrk_first(iterator);
    uint count = 0;
    for (int32_t end = ubrk_next(iterator); end != UBRK_DONE; end = ubrk_next(iterator)) {
        boundaries->put(count++, Value::fromInt32(end));
        boundaries->put(count++, Value::fromBoolean(ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT));
    }
    ubrk_close(iterator);
    return boundaries->asReturnedValue();
}

/// Columns of a character in a terminal, as Node counts them (src/node_i18n.cc, GetColumnWidth).
int columnsOf(char32_t character)
{
    const auto point = static_cast<UChar32>(character);
    constexpr uint32_t widthless = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ME_MASK | U_GC_MN_MASK;
    constexpr UChar32 softHyphen = 0xAD;
    if (point != softHyphen && ((U_GET_GC_MASK(point) & widthless) != 0 || u_hasBinaryProperty(point, UCHAR_EMOJI_MODIFIER)))
        return 0;
    switch (u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH:
    case U_EA_WIDE:
        return 2;
    case U_EA_AMBIGUOUS:
    case U_EA_NEUTRAL:
        return u_hasBinaryProperty(point, UCHAR_EMOJI) ? 2 : 1;
    default:
        return 1;
    }
}

// textColumns(text): columns that it takes in a terminal
ReturnedValue textColumns(const FunctionObject *, const Value *, const Value *argv, int)
{
    const QList<uint> characters = argv[0].toQStringNoThrow().toUcs4();
    return Encode(std::accumulate(
        characters.begin(), characters.end(), 0, [](int columns, uint character) { return columns + columnsOf(character); }));
}

} // namespace

void defineIntlNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding,
        {{"intlLocale", intlLocale, 1}, {"intlFormatNumber", intlFormatNumber, 3}, {"intlDatePattern", intlDatePattern, 2},
            {"intlStylePattern", intlStylePattern, 3}, {"intlFormatDate", intlFormatDate, 4}, {"intlTimeZone", intlTimeZone, 1},
            {"timeZoneName", timeZoneName, 1}, {"intlCompare", intlCompare, 5}, {"intlCase", intlCase, 3}, {"intlPlural", intlPlural, 3},
            {"intlBoundaries", intlBoundaries, 3}, {"textColumns", textColumns, 1}});
}

} // namespace loopscope
