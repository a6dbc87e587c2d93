// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <llhttp.h>

#include <vector>

namespace loopscope {

/// What stands before the body of a message. The views hold until the callback that gets them returns. Bytes are Latin-1.
struct HttpHead
{
    int versionMajor = 1;
    int versionMinor = 1;
    QByteArrayView method; ///< of a request: "GET"
    QByteArrayView url; ///< of a request
    int statusCode = 0; ///< of a response
    QByteArrayView statusMessage; ///< of a response
    std::vector<QByteArrayView> fields; ///< name, value, name, value, ... as received
    bool upgrade = false; ///< another protocol follows (Upgrade, CONNECT)
    bool shouldKeepAlive = false; ///< the connection may carry another message
};

/// Who hears what a parser finds. Calls come from within HttpParser::execute and finish.
class HttpParserClient
{
public:
    virtual ~HttpParserClient() = default;

    enum class Body { Expected, None, NoneThenUpgrade, Failed };
    /// The head is complete. `None`: the message has no body, whatever its fields say; `NoneThenUpgrade`: what follows is another
    /// protocol; `Failed`: parsing stops.
    virtual Body headComplete(const HttpHead &head) = 0;
    /// A piece of the body, which lies in the bytes given to execute(). False: parsing stops.
    virtual bool body(QByteArrayView piece) = 0;
    /// The message is complete; `trailers` are the fields after its body. False: parsing stops.
    virtual bool messageComplete(const std::vector<QByteArrayView> &trailers) = 0;
};

/// Parses the requests or responses of one connection, in any pieces, with llhttp. Limits are those of Node's src/node_http_parser.cc. Used
/// on one thread.
class HttpParser
{
public:
    enum class Kind : quint8 { Request = HTTP_REQUEST, Response = HTTP_RESPONSE };
    static constexpr size_t DefaultMaxHeaderSize = 16 * 1024; ///< bytes of one head, as Node's --max-http-header-size

    struct Result
    {
        qsizetype parsed = 0; ///< bytes taken; in front of what another protocol gets, or of what is wrong
        QByteArray errorCode; ///< "HPE_INVALID_METHOD"; empty if all is well
        QByteArray reason; ///< llhttp's words for it
        bool isError() const { return !errorCode.isEmpty(); }
    };

    explicit HttpParser(HttpParserClient &client);
    HttpParser(const HttpParser &) = delete;
    HttpParser &operator=(const HttpParser &) = delete;

    /// Begins anew. `now` in ns of run time. `lenient` takes what Node takes with insecureHTTPParser.
    void initialize(Kind kind, size_t maxHeaderSize, bool lenient, quint64 now);
    /// `now` counts as the beginning of messages that begin in these bytes. Must not be called from within a callback.
    Result execute(QByteArrayView bytes, quint64 now);
    /// The other side has ended the connection.
    Result finish();
    /// From the end of the running execute() on, execute() refuses with HPE_PAUSED, until resume().
    void pause();
    void resume();

    bool isExecuting() const { return m_isExecuting; }
    /// When the message began whose head or body is being received, ns; 0 if none is. A connection counts as one that waits for its first
    /// message.
    quint64 messageStart() const { return m_messageStart; }
    bool isHeadComplete() const { return m_headComplete; }

private:
    /// A run of bytes of m_text.
    struct Span
    {
        qsizetype begin = 0;
        qsizetype length = 0;
    };
    struct Callbacks; // llhttp's

    void beginMessage();
    int append(Span &span, const char *at, size_t length);
    int appendField(bool isName, const char *at, size_t length);
    int countHeader(size_t length);
    /// For llhttp's callbacks: stops parsing with "CODE:reason".
    int refuse(const char *codeAndReason);
    QByteArrayView view(const Span &span) const { return {m_text.constData() + span.begin, span.length}; }
    /// Values without the blanks behind them.
    void collectFields();
    int completeHead();
    int completeMessage();
    Result resultOf(llhttp_errno_t error, qsizetype length, const char *start);

    HttpParserClient &m_client;
    llhttp_t m_parser{};
    size_t m_maxHeaderSize = DefaultMaxHeaderSize;
    QByteArrayView m_bytes; ///< being parsed
    const char *m_endOfPiece = nullptr; ///< of the piece of a field that came last
    size_t m_headerBytes = 0;
    size_t m_chunkExtensionBytes = 0;
    quint64 m_now = 0;
    quint64 m_messageStart = 0;
    QByteArray m_text; ///< what was received of the head, or of the trailers
    Span m_url;
    Span m_statusMessage;
    std::vector<Span> m_fields; ///< name, value, ...
    HttpHead m_head;
    bool m_isLenient = false;
    bool m_lastWasName = false;
    bool m_headComplete = false;
    bool m_isExecuting = false;
    bool m_pausesAfterwards = false;
};

} // namespace loopscope
