// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/BufferText.h"

#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>

namespace loopscope {

namespace {

constexpr char16_t replacement = 0xfffd;
constexpr int bitsOfDigit = 6; // of base64

constexpr bool isSurrogate(char16_t unit) { return (unit & 0xf800U) == 0xd800; }
constexpr bool isHighSurrogate(char16_t unit) { return (unit & 0xfc00U) == 0xd800; }
constexpr bool isLowSurrogate(char16_t unit) { return (unit & 0xfc00U) == 0xdc00; }

// ----------------------------------------------------------------------------------------------------------------------- UTF-8

qsizetype utf8Length(QStringView text)
{
    qsizetype length = text.size();
    const char16_t *units = text.utf16();
    for (qsizetype index = 0; index < text.size(); ++index) {
        const char16_t unit = units[index];
        if (unit < 0x80)
            continue;
        length += unit < 0x800 ? 1 : 2;
        // A pair takes 4 bytes: 2 units and 2 more.
        if (isHighSurrogate(unit) && index + 1 < text.size() && isLowSurrogate(units[index + 1]))
            ++index;
    }
    return length;
}

/// The character at `index`, which moves behind it.
char32_t takeCharacter(QStringView text, qsizetype &index)
{
    const char16_t unit = text.utf16()[index++];
    if (!isSurrogate(unit))
        return unit;
    if (isHighSurrogate(unit) && index < text.size() && isLowSurrogate(text.utf16()[index]))
        return QChar::surrogateToUcs4(unit, text.utf16()[index++]);
    return replacement;
}

qsizetype writeUtf8(QStringView text, char *target, qsizetype room)
{
    const char16_t *units = text.utf16();
    qsizetype written = 0;
    for (qsizetype index = 0; index < text.size();) {
        if (units[index] < 0x80) {
            if (written == room)
                break;
            target[written++] = static_cast<char>(units[index++]);
            continue;
        }
        const char32_t character = takeCharacter(text, index);
        const int size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        if (written + size > room)
            break;
        const auto following = [&](int shift) { return static_cast<char>(0x80U | ((character >> shift) & 0x3fU)); };
        if (size == 2) {
            target[written++] = static_cast<char>(0xc0U | (character >> 6U));
        } else if (size == 3) {
            target[written++] = static_cast<char>(0xe0U | (character >> 12U));
            target[written++] = following(6);
        } else {
            target[written++] = static_cast<char>(0xf0U | (character >> 18U));
            target[written++] = following(12);
            target[written++] = following(6);
        }
        target[written++] = following(0);
    }
    return written;
}

/// The automaton of the Encoding Standard's UTF-8 decoder.
QString decodeDamagedUtf8(QByteArrayView bytes)
{
    QString text;
    text.reserve(bytes.size());
    char32_t character = 0;
    int needed = 0;
    unsigned lower = 0x80;
    unsigned upper = 0xbf;
    const auto begin = [&](unsigned byte) {
        if (byte >= 0xc2 && byte <= 0xdf) {
            needed = 1;
            character = byte & 0x1fU;
        } else if (byte >= 0xe0 && byte <= 0xef) {
            needed = 2;
            character = byte & 0x0fU;
            lower = byte == 0xe0 ? 0xa0 : 0x80;
            upper = byte == 0xed ? 0x9f : 0xbf;
        } else if (byte >= 0xf0 && byte <= 0xf4) {
            needed = 3;
            character = byte & 0x07U;
            lower = byte == 0xf0 ? 0x90 : 0x80;
            upper = byte == 0xf4 ? 0x8f : 0xbf;
        } else {
            text.append(QChar(byte < 0x80 ? static_cast<char16_t>(byte) : replacement));
        }
    };
    for (const char raw : bytes) {
        const auto byte = static_cast<unsigned char>(raw);
        if (needed == 0) {
            begin(byte);
            continue;
        }
        const bool follows = byte >= lower && byte <= upper;
        lower = 0x80;
        upper = 0xbf;
        if (!follows) { // what began is cut short, and this byte begins anew
            text.append(QChar(replacement));
            needed = 0;
            begin(byte);
            continue;
        }
        character = (character << 6U) | (byte & 0x3fU);
        if (--needed == 0)
            text.append(QChar::fromUcs4(character));
    }
    if (needed != 0)
        text.append(QChar(replacement));
    return text;
}

QString decodeUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder.decode(bytes);
    return decoder.hasError() ? decodeDamagedUtf8(bytes) : text;
}

// ----------------------------------------------------------------------------------------------------------------- hex and base64

int hexValue(char16_t unit)
{
    if (unit >= u'0' && unit <= u'9')
        return unit - u'0';
    const auto letter = static_cast<char16_t>(unit | 0x20U);
    return letter >= u'a' && letter <= u'f' ? letter - u'a' + 10 : -1;
}

qsizetype writeHex(QStringView text, char *target, qsizetype room)
{
    const qsizetype count = std::min(text.size() / 2, room);
    for (qsizetype index = 0; index < count; ++index) {
        const int high = hexValue(text.utf16()[2 * index]);
        const int low = hexValue(text.utf16()[2 * index + 1]);
        if (high < 0 || low < 0)
            return index;
        target[index] = static_cast<char>(high * 16 + low);
    }
    return count;
}

/// Of both alphabets; -1: no digit.
std::array<signed char, 128> makeBase64Values()
{
    std::array<signed char, 128> values{};
    values.fill(-1);
    const QByteArrayView digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (qsizetype index = 0; index < digits.size(); ++index)
        values[static_cast<std::size_t>(digits[index])] = static_cast<signed char>(index);
    values['-'] = values['+'];
    values['_'] = values['/'];
    return values;
}

qsizetype writeBase64(QStringView text, char *target, qsizetype room)
{
    static const std::array<signed char, 128> values = makeBase64Values();
    qsizetype written = 0;
    unsigned bits = 0;
    int held = 0;
    for (qsizetype index = 0; index < text.size() && written < room; ++index) {
        const auto unit = static_cast<char16_t>(text.utf16()[index] & 0xffU); // of wider ones Node sees the low byte
        const int value = unit < values.size() ? values[unit] : -1;
        if (value < 0) {
            if (unit == u'=')
                break;
            continue;
        }
        bits = (bits << bitsOfDigit) | static_cast<unsigned>(value);
        held += bitsOfDigit;
        if (held >= 8) {
            held -= 8;
            target[written++] = static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xffU);
        }
    }
    return written;
}

qsizetype base64Length(QStringView text)
{
    qsizetype length = text.size();
    if (length > 0 && text[length - 1] == u'=')
        --length;
    if (length > 1 && text[length - 1] == u'=')
        --length;
    return length * 3 / 4;
}

QString withoutHighBits(QByteArrayView bytes)
{
    QString text(bytes.size(), Qt::Uninitialized);
    std::transform(bytes.begin(), bytes.end(), text.begin(), [](char byte) { return QChar(static_cast<char16_t>(byte & 0x7f)); });
    return text;
}

} // namespace

qsizetype encodedLength(QStringView text, TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return utf8Length(text);
    case TextEncoding::Utf16:
        return text.size() * 2;
    case TextEncoding::Latin1:
    case TextEncoding::Ascii:
        return text.size();
    case TextEncoding::Hex:
        return text.size() / 2;
    case TextEncoding::Base64:
    case TextEncoding::Base64Url:
        return base64Length(text);
    }
    return 0;
}

qsizetype encodeText(QStringView text, TextEncoding encoding, char *target, qsizetype room)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return writeUtf8(text, target, room);
    case TextEncoding::Utf16: {
        const qsizetype count = std::min(text.size(), room / 2);
        qToLittleEndian<char16_t>(text.utf16(), count, target);
        return count * 2;
    }
    case TextEncoding::Latin1:
    case TextEncoding::Ascii: {
        const qsizetype count = std::min(text.size(), room);
        std::transform(text.utf16(), text.utf16() + count, target, [](char16_t unit) { return static_cast<char>(unit & 0xffU); });
        return count;
    }
    case TextEncoding::Hex:
        return writeHex(text, target, room);
    case TextEncoding::Base64:
    case TextEncoding::Base64Url:
        return writeBase64(text, target, room);
    }
    return 0;
}

QByteArray encodedText(QStringView text, TextEncoding encoding)
{
    QByteArray bytes(encodedLength(text, encoding), Qt::Uninitialized);
    bytes.truncate(encodeText(text, encoding, bytes.data(), bytes.size()));
    return bytes;
}

QString decodedText(QByteArrayView bytes, TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return decodeUtf8(bytes);
    case TextEncoding::Utf16: {
        QString text(bytes.size() / 2, Qt::Uninitialized);
        qFromLittleEndian<char16_t>(bytes.data(), text.size(), text.data());
        return text;
    }
    case TextEncoding::Latin1:
        return QString::fromLatin1(bytes);
    case TextEncoding::Ascii:
        return withoutHighBits(bytes);
    case TextEncoding::Hex:
        return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toHex());
    case TextEncoding::Base64:
        return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64());
    case TextEncoding::Base64Url:
        return QString::fromLatin1(
            QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }
    return {};
}

} // namespace loopscope
