// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string>

namespace loopscope {

/// Finds the end of the answers on one connection, in any pieces: HTTP/1.0 and 1.1 with Content-Length, chunked coding or the end of the
/// connection (RFC 9112, section 6.3). It keeps the status and counts the bytes of the body, and looks at nothing else: a head that comes
/// in one piece is read where it lies, bodies are skipped. Answers of the kind 1xx are passed over, but 101, which ends the use of this
/// parser.
class ResponseParser
{
public:
    enum class State : quint8 { Incomplete, Complete, Bad };
    static constexpr size_t MostHeadBytes = 64 * 1024;

    /// An answer begins. `isHead`: to a HEAD request, so it has no body.
    void begin(bool isHead);
    /// Takes bytes up to the end of the answer; `taken` says how many of them.
    State feed(const char *data, size_t size, size_t *taken);
    /// The connection ended: complete, if that is how the answer ends.
    State end();

    int status() const { return m_status; }
    /// Without the chunks' own lengths.
    quint64 bodyBytes() const { return m_bodyBytes; }
    /// Another request may follow on this connection.
    bool keepsAlive() const { return m_keepsAlive; }
    /// Some of the answer has come.
    bool hasBegun() const { return m_part != Part::Head || !m_partial.empty(); }

private:
    enum class Part : quint8 { Head, Length, ChunkSize, ChunkExtension, ChunkData, ChunkEnd, Trailers, UntilEnd, Complete, Bad };

    const char *takeHead(const char *at, const char *end);
    /// Where the head ends; null if it is not whole, with Part::Bad if it is none.
    const char *readHead(const char *at, const char *end);
    bool readField(const char *line, const char *end);
    bool readLength(const char *at, const char *end);
    void settleBody();
    const char *takeBody(const char *at, const char *end);
    const char *takeChunkSize(const char *at, const char *end);
    const char *takeTrailers(const char *at, const char *end);
    const char *skip(const char *at, const char *end, Part next);
    const char *bad();
    State state() const { return m_part == Part::Complete ? State::Complete : m_part == Part::Bad ? State::Bad : State::Incomplete; }

    Part m_part = Part::Head;
    bool m_isHead = false;
    bool m_keepsAlive = true;
    bool m_isChunked = false;
    bool m_hasLength = false;
    quint8 m_digits = 0; ///< of a chunk's size
    qint16 m_status = 0;
    quint16 m_lineBytes = 0; ///< of an extension or trailer
    quint32 m_trailerBytes = 0;
    quint64 m_left = 0; ///< of the body or chunk
    quint64 m_bodyBytes = 0;
    std::string m_partial; ///< of a head that comes in pieces
};

} // namespace loopscope
