// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TextSink.h"

#include <array>
#include <charconv>

namespace loopscope {
namespace {

constexpr size_t longestNumber = 24;

template<typename Number>
void appendNumber(QByteArray &to, Number number)
{
    std::array<char, longestNumber> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    to.append(digits.data(), end - digits.data());
}

void appendEscaped(QByteArray &to, char character)
{
    static constexpr std::array<char, 17> hexDigits{"0123456789abcdef"};
    const auto code = static_cast<unsigned char>(character);
    switch (character) {
    case '"':
        to += "\\\"";
        break;
    case '\\':
        to += "\\\\";
        break;
    case '\n':
        to += "\\n";
        break;
    default:
        if (code >= ' ')
            to += character;
        else
            to.append("\\u00").append(hexDigits[code >> 4U]).append(hexDigits[code & 15U]);
    }
}

} // namespace

TextSink::TextSink(QIODevice &device)
    : m_device(device)
{
}

TextSink &TextSink::operator<<(qint64 number)
{
    appendNumber(m_waiting, number);
    return *this;
}

TextSink &TextSink::operator<<(quint64 number)
{
    appendNumber(m_waiting, number);
    return *this;
}

TextSink &TextSink::scaled(quint64 number, quint64 unit)
{
    appendNumber(m_waiting, number / unit);
    m_waiting += '.';
    for (quint64 rest = number % unit, digit = unit / 10; digit > 0; digit /= 10)
        m_waiting += static_cast<char>('0' + rest / digit % 10);
    return *this;
}

TextSink &TextSink::microseconds(quint64 nanoseconds) { return scaled(nanoseconds, 1000); }

TextSink &TextSink::milliseconds(quint64 nanoseconds) { return scaled(nanoseconds, 1'000'000); }

void TextSink::flush()
{
    m_hasFailed = m_hasFailed || m_device.write(m_waiting) != m_waiting.size();
    m_waiting.resize(0);
}

QByteArray jsonText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    QByteArray quoted;
    quoted.reserve(bytes.size() + 2);
    quoted += '"';
    for (const char character : bytes)
        appendEscaped(quoted, character);
    quoted += '"';
    return quoted;
}

QByteArray csvField(const QString &text)
{
    QByteArray field = text.toUtf8();
    const bool needsQuotes = field.contains('"') || field.contains(',') || field.contains('\n') || field.contains('\r');
    return needsQuotes ? '"' + field.replace('"', "\"\"") + '"' : field;
}

} // namespace loopscope
