// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceFile.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace loopscope {
namespace {

constexpr size_t pieceSize = size_t{4} << 20U;
constexpr size_t longestElement = size_t{64} << 20U; ///< and head
constexpr size_t noEnd = static_cast<size_t>(-1);

bool isSpace(char character) { return character == ' ' || character == '\n' || character == '\r' || character == '\t'; }

size_t skipSpace(const char *text, size_t at, size_t length)
{
    while (at < length && isSpace(text[at]))
        ++at;
    return at;
}

/// The byte behind the string that begins at `at`, or noEnd.
size_t stringEnd(const char *text, size_t at, size_t length)
{
    for (++at; at < length; ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return noEnd;
}

} // namespace

TraceFile::TraceFile()
    : m_parser(std::make_unique<simdjson::dom::parser>())
{
}

TraceFile::~TraceFile() = default;

bool TraceFile::open(const QString &path)
{
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::ReadOnly)) {
        m_problem = tr("the file '%1' cannot be read: %2.").arg(path, m_file.errorString());
        return false;
    }
    if (findArray())
        return true;
    if (m_problem.isEmpty())
        m_problem = tr("'%1' is neither a recording nor a trace: read are recordings of Loopscope, Chrome's trace events (JSON) and CPU "
                       "profiles of V8.")
                        .arg(path);
    return false;
}

/// Goes through the members of the object up to the one that says what it is.
bool TraceFile::findArray()
{
    if (!more())
        return false;
    size_t at = m_length >= 3 && std::memcmp(data(), "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    at = skipSpace(data(), at, m_length);
    if (at < m_length && data()[at] == '[') {
        m_format = Format::ChromeTrace;
        drop(at + 1);
        return true;
    }
    if (at >= m_length || data()[at] != '{')
        return false;
    const size_t start = at++;
    for (;;) {
        constexpr size_t longestKey = 65536;
        if (m_length - at < longestKey && m_length < longestElement)
            more();
        at = skipSpace(data(), at, m_length);
        const size_t keyEnd = at < m_length && data()[at] == '"' ? stringEnd(data(), at, m_length) : noEnd;
        if (keyEnd == noEnd)
            return false;
        const QByteArray key(data() + at + 1, static_cast<qsizetype>(keyEnd - at - 2));
        const size_t colon = skipSpace(data(), keyEnd, m_length);
        const size_t value = skipSpace(data(), colon + 1, m_length);
        if (key == "nodes" || key == "samples" || key == "timeDeltas") {
            m_format = Format::CpuProfile;
            return true;
        }
        if (key == "traceEvents" && value < m_length && data()[value] == '[') {
            m_format = Format::ChromeTrace;
            m_head = QByteArray(data() + start, static_cast<qsizetype>(at - start)) + "\"traceEvents\":[]}";
            drop(value + 1);
            return true;
        }
        size_t end = elementEnd(value);
        while (end == noEnd && m_length < longestElement && more())
            end = elementEnd(value);
        if (end == noEnd || data()[end] != ',')
            return false;
        at = end + 1;
    }
}

/// Appends a piece of the file; false at its end.
bool TraceFile::more()
{
    const qint64 left = m_file.size() - m_file.pos();
    const size_t piece = m_file.isSequential() || left < 0 ? pieceSize : std::min(pieceSize, static_cast<size_t>(left));
    m_buffer.resize(1 + m_length + piece + simdjson::SIMDJSON_PADDING);
    const qint64 count = m_file.read(data() + m_length, static_cast<qint64>(piece));
    m_isAtEnd = count <= 0;
    m_length += m_isAtEnd ? 0 : static_cast<size_t>(count);
    return !m_isAtEnd;
}

void TraceFile::drop(size_t bytes)
{
    m_length -= bytes;
    m_offset += bytes;
    std::memmove(data(), data() + bytes, m_length);
}

bool TraceFile::read(const Take &take, const std::function<void(quint64)> &progress)
{
    for (;;) {
        if (!m_isAtEnd && m_length < pieceSize)
            more();
        if (progress)
            progress(m_offset);
        bool isStopped = false;
        const size_t taken = takeGuessed(take, &isStopped);
        if (isStopped)
            return false;
        if (taken > 0) {
            drop(taken);
            continue;
        }
        switch (takeSlowly(take)) {
        case Outcome::Ended:
            return m_problem.isEmpty();
        case Outcome::Stopped:
            return false;
        case Outcome::More:
            break;
        }
    }
}

/// Whether a place between two brackets is the end of an event follows from the parse: from one event's beginning on, the text is whole
/// JSON only if it ends with an event's end.
size_t TraceFile::takeGuessed(const Take &take, bool *isStopped)
{
    if (m_length < pieceSize)
        return 0;
    const char *text = data();
    size_t end = m_length;
    size_t comma = 0;
    for (;;) {
        const void *found = ::memrchr(text, '}', end);
        if (found == nullptr)
            return 0;
        end = static_cast<size_t>(static_cast<const char *>(found) - text);
        comma = skipSpace(text, end + 1, m_length);
        const size_t next = comma < m_length ? skipSpace(text, comma + 1, m_length) : m_length;
        if (next < m_length && text[comma] == ',' && text[next] == '{')
            break;
    }
    data()[-1] = '[';
    data()[comma] = ']';
    const auto parsed = m_parser->parse(data() - 1, comma + 2, false);
    data()[comma] = ',';
    simdjson::dom::array array;
    if (parsed.get(array) != simdjson::SUCCESS)
        return 0;
    for (const simdjson::dom::element element : array) {
        if (!take(element)) {
            *isStopped = true;
            break;
        }
    }
    return comma + 1;
}

/// The byte behind the value that begins at `from`: a comma, a closing bracket, or noEnd if it goes on behind the buffer.
size_t TraceFile::elementEnd(size_t from) const
{
    const char *text = data();
    size_t depth = 0;
    for (size_t at = from; at < m_length; ++at) {
        switch (text[at]) {
        case '"':
            at = stringEnd(text, at, m_length);
            if (at == noEnd)
                return noEnd;
            --at;
            break;
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            if (depth == 0)
                return at;
            --depth;
            break;
        case ',':
            if (depth == 0)
                return at;
            break;
        default:
            break;
        }
    }
    return noEnd;
}

TraceFile::Outcome TraceFile::takeSlowly(const Take &take)
{
    size_t at = 0;
    for (;;) {
        at = skipSpace(data(), at, m_length);
        if (at < m_length && data()[at] == ']')
            return Outcome::Ended;
        size_t end = at < m_length ? elementEnd(at) : noEnd;
        const bool isLast = end == noEnd && m_isAtEnd;
        if (isLast && at == m_length)
            return Outcome::Ended; // an array that is not closed is whole
        if (end == noEnd && !isLast) {
            drop(at);
            if (m_length >= longestElement)
                return fail(tr("an event is longer than 64 MB"), 0);
            more();
            return Outcome::More;
        }
        end = std::min(end, m_length);
        simdjson::dom::element element;
        const auto error = m_parser->parse(data() + at, end - at, false).get(element);
        if (error != simdjson::SUCCESS)
            return fail(isLast                       ? tr("it ends in the middle of an event")
                    : error == simdjson::DEPTH_ERROR ? tr("an event is nested too deep")
                                                     : tr("this is no JSON"),
                at);
        if (!take(element))
            return Outcome::Stopped;
        if (isLast || data()[end] != ',')
            return Outcome::Ended;
        at = end + 1;
    }
}

TraceFile::Outcome TraceFile::fail(const QString &what, size_t at)
{
    m_problem = tr("'%1' is damaged at byte %2: %3. What is before that was read.").arg(m_file.fileName()).arg(m_offset + at).arg(what);
    return Outcome::Ended;
}

} // namespace loopscope
