// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ResponseParser.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <strings.h>

namespace loopscope {

namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isBlank(char c) { return c == ' ' || c == '\t'; }

template<size_t N>
bool isName(const char *name, size_t length, const char (&wanted)[N])
{
    return length == N - 1 && strncasecmp(name, wanted, N - 1) == 0;
}

/// Whether a list like "keep-alive, Upgrade" has a word.
template<size_t N>
bool hasWord(const char *at, const char *end, const char (&wanted)[N])
{
    while (at < end) {
        const char *comma = static_cast<const char *>(std::memchr(at, ',', static_cast<size_t>(end - at)));
        const char *stop = comma ? comma : end;
        const char *word = at;
        while (word < stop && isBlank(*word))
            ++word;
        const char *last = stop;
        while (last > word && isBlank(last[-1]))
            --last;
        if (isName(word, static_cast<size_t>(last - word), wanted))
            return true;
        at = stop + 1;
    }
    return false;
}

} // namespace

void ResponseParser::begin(bool isHead)
{
    m_part = Part::Head;
    m_isHead = isHead;
    m_status = 0;
    m_bodyBytes = 0;
    m_partial.clear();
}

ResponseParser::State ResponseParser::feed(const char *data, size_t size, size_t *taken)
{
    const char *at = data;
    const char *end = data + size;
    while (at && at < end && m_part != Part::Complete && m_part != Part::Bad)
        at = m_part == Part::Head ? takeHead(at, end) : takeBody(at, end);
    *taken = at ? static_cast<size_t>(at - data) : size;
    return state();
}

ResponseParser::State ResponseParser::end()
{
    m_part = m_part == Part::UntilEnd || m_part == Part::Complete ? Part::Complete : Part::Bad;
    m_keepsAlive = false;
    return state();
}

const char *ResponseParser::bad()
{
    m_part = Part::Bad;
    return nullptr;
}

const char *ResponseParser::takeHead(const char *at, const char *end)
{
    if (m_partial.empty()) {
        if (const char *behind = readHead(at, end))
            return behind;
        if (m_part == Part::Bad)
            return nullptr;
    }
    // Collects it until its empty line has come, and reads it once.
    const size_t before = m_partial.size();
    const size_t piece = std::min(static_cast<size_t>(end - at), MostHeadBytes - before);
    m_partial.append(at, piece);
    const size_t found = m_partial.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (found == std::string::npos)
        return m_partial.size() >= MostHeadBytes ? bad() : end;
    const std::string head = std::move(m_partial);
    m_partial.clear();
    if (!readHead(head.data(), head.data() + found + 4))
        return bad();
    return at + (found + 4 - before);
}

const char *ResponseParser::readHead(const char *at, const char *end)
{
    constexpr std::ptrdiff_t shortest = 14; // "HTTP/1.1 200\r\n"
    if (end - at < shortest)
        return nullptr;
    if (std::memcmp(at, "HTTP/1.", 7) != 0 || (at[7] != '0' && at[7] != '1') || at[8] != ' ' || !isDigit(at[9]) || !isDigit(at[10])
        || !isDigit(at[11]) || (at[12] != ' ' && at[12] != '\r'))
        return bad();
    m_status = static_cast<qint16>((at[9] - '0') * 100 + (at[10] - '0') * 10 + (at[11] - '0'));
    m_keepsAlive = at[7] == '1';
    m_isChunked = m_hasLength = false;
    const char *line = static_cast<const char *>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
    if (!line)
        return nullptr;
    if (line[-1] != '\r' || m_status < 100)
        return bad();
    for (++line; line < end;) {
        const char *newline = static_cast<const char *>(std::memchr(line, '\n', static_cast<size_t>(end - line)));
        if (!newline)
            return nullptr;
        if (newline == line || newline[-1] != '\r')
            return bad();
        if (newline == line + 1) {
            settleBody();
            return newline + 1;
        }
        if (!readField(line, newline - 1))
            return bad();
        line = newline + 1;
    }
    return nullptr;
}

bool ResponseParser::readField(const char *line, const char *end)
{
    const char *colon = static_cast<const char *>(std::memchr(line, ':', static_cast<size_t>(end - line)));
    if (!colon || colon == line || isBlank(*line))
        return false;
    const auto length = static_cast<size_t>(colon - line);
    const char *value = colon + 1;
    while (value < end && isBlank(*value))
        ++value;
    while (end > value && isBlank(end[-1]))
        --end;
    if (isName(line, length, "content-length"))
        return readLength(value, end);
    if (isName(line, length, "transfer-encoding"))
        m_isChunked = hasWord(value, end, "chunked");
    else if (isName(line, length, "connection"))
        m_keepsAlive = m_keepsAlive ? !hasWord(value, end, "close") : hasWord(value, end, "keep-alive");
    return true;
}

bool ResponseParser::readLength(const char *at, const char *end)
{
    constexpr std::ptrdiff_t mostDigits = 18;
    if (at == end || end - at > mostDigits)
        return false;
    quint64 length = 0;
    for (; at < end; ++at) {
        if (!isDigit(*at))
            return false;
        length = length * 10 + static_cast<quint64>(*at - '0');
    }
    if (m_hasLength && length != m_left)
        return false;
    m_hasLength = true;
    m_left = length;
    return true;
}

void ResponseParser::settleBody()
{
    if (m_status < 200 && m_status != 101) {
        m_part = Part::Head; // another one follows
        return;
    }
    m_digits = 0;
    if (m_isHead || m_status == 101 || m_status == 204 || m_status == 304)
        m_part = Part::Complete;
    else if (m_isChunked)
        m_part = Part::ChunkSize;
    else if (m_hasLength)
        m_part = m_left == 0 ? Part::Complete : Part::Length;
    else
        m_part = Part::UntilEnd;
    if (m_isChunked)
        m_left = 0;
    m_keepsAlive = m_keepsAlive && m_part != Part::UntilEnd;
}

const char *ResponseParser::skip(const char *at, const char *end, Part next)
{
    const quint64 piece = std::min(m_left, static_cast<quint64>(end - at));
    m_left -= piece;
    m_bodyBytes += piece;
    if (m_left == 0)
        m_part = next;
    return at + piece;
}

const char *ResponseParser::takeBody(const char *at, const char *end)
{
    switch (m_part) {
    case Part::Length:
        return skip(at, end, Part::Complete);
    case Part::UntilEnd:
        m_bodyBytes += static_cast<quint64>(end - at);
        return end;
    case Part::ChunkSize:
    case Part::ChunkExtension:
        return takeChunkSize(at, end);
    case Part::ChunkData:
        m_digits = 0;
        return skip(at, end, Part::ChunkEnd);
    case Part::ChunkEnd:
        if (*at != (m_digits == 0 ? '\r' : '\n'))
            return bad();
        if (m_digits++ == 1) {
            m_digits = 0;
            m_part = Part::ChunkSize;
        }
        return at + 1;
    case Part::Trailers:
        return takeTrailers(at, end);
    case Part::Head:
    case Part::Complete:
    case Part::Bad:
        break;
    }
    return nullptr;
}

const char *ResponseParser::takeChunkSize(const char *at, const char *end)
{
    constexpr quint8 mostDigits = 15;
    for (; at < end && m_part == Part::ChunkSize; ++at) {
        const int digit = digitOf(*at);
        if (digit < 0) {
            if (m_digits == 0 || (*at != '\r' && *at != ';' && !isBlank(*at)))
                return bad();
            m_part = Part::ChunkExtension;
            m_lineBytes = 0;
            break;
        }
        if (++m_digits > mostDigits)
            return bad();
        m_left = m_left * 16 + static_cast<quint64>(digit);
    }
    for (; at < end; ++at) {
        if (*at == '\n') {
            m_part = m_left == 0 ? Part::Trailers : Part::ChunkData;
            m_lineBytes = 0;
            m_trailerBytes = 0;
            return at + 1;
        }
        if (++m_lineBytes == std::numeric_limits<quint16>::max())
            return bad();
    }
    return at;
}

const char *ResponseParser::takeTrailers(const char *at, const char *end)
{
    for (; at < end; ++at) {
        if (++m_trailerBytes > MostHeadBytes)
            return bad();
        if (*at == '\n') {
            if (m_lineBytes == 0) {
                m_part = Part::Complete;
                return at + 1;
            }
            m_lineBytes = 0;
        } else if (*at != '\r') {
            m_lineBytes = 1; // it has something
        }
    }
    return at;
}

} // namespace loopscope
