// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/HeaderText.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr std::array<bool, 128> tokenCharacters = [] {
    std::array<bool, 128> table{};
    for (int character = '0'; character <= '9'; ++character)
        table[static_cast<size_t>(character)] = true;
    for (int character = 'A'; character <= 'Z'; ++character)
        table[static_cast<size_t>(character)] = table[static_cast<size_t>(character + ('a' - 'A'))] = true;
    for (const char character : "!#$%&'*+-.^_`|~") {
        if (character != '\0')
            table[static_cast<size_t>(character)] = true;
    }
    return table;
}();

} // namespace

bool isHttpToken(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar character) {
        return character.unicode() < tokenCharacters.size() && tokenCharacters[character.unicode()];
    });
}

bool isHttpFieldValue(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar character) {
        const char16_t code = character.unicode();
        return code == '\t' || (code >= 0x20 && code != 0x7f && code <= 0xff);
    });
}

RepeatedField repeatedField(QByteArrayView name)
{
    static const QSet<QByteArray> single{"age", "authorization", "content-length", "content-type", "etag", "expires", "from", "host",
        "if-modified-since", "if-unmodified-since", "last-modified", "location", "max-forwards", "proxy-authorization", "referer",
        "retry-after", "server", "user-agent"};
    if (name == "set-cookie")
        return RepeatedField::List;
    if (name == "cookie")
        return RepeatedField::JoinCookies;
    return single.contains(QByteArray::fromRawData(name.data(), name.size())) ? RepeatedField::KeepFirst : RepeatedField::Join;
}

} // namespace loopscope
