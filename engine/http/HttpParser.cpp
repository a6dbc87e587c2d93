// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/HttpParser.h"

namespace loopscope {

namespace {

/// Bytes of the extensions of one chunk that Node takes before it answers 413.
constexpr size_t maxChunkExtensionSize = 16 * 1024;

/// Debian 12 has llhttp 8.1, Node 20 has 9.3. Gives an error of the former the code and words that the latter has for it. `read`: the
/// bytes it was found in, if it is there; `lastField`: the name of the field that came last.
void nameAsNewer(HttpParser::Result &result, QByteArrayView read, QByteArrayView lastField)
{
    const bool isInside = result.parsed >= 0 && result.parsed < read.size();
    const char byte = isInside ? read[result.parsed] : '\0';
    const char byteBefore = isInside && result.parsed > 0 ? read[result.parsed - 1] : '\0';
    const auto become = [&result](const char *code, const char *reason) {
        result.errorCode = code;
        result.reason = reason;
    };
    if (result.reason == "Expected HTTP/") {
        result.reason = "Expected HTTP/, RTSP/ or ICE/";
    } else if (result.reason == "Expected CRLF after version" && byteBefore == '\r') {
        result.errorCode = "HPE_STRICT";
    } else if (result.reason == "Invalid characters in url (strict mode)") {
        result.reason = "Invalid characters in url";
    } else if (result.reason == "Expected CRLF after chunk") {
        if (byte == '\n')
            become("HPE_CR_EXPECTED", "Missing expected CR after chunk data");
        else
            result.reason = "Expected LF after chunk data";
    } else if (result.errorCode == "HPE_UNEXPECTED_CONTENT_LENGTH" && lastField.compare("transfer-encoding", Qt::CaseInsensitive) == 0) {
        become("HPE_INVALID_TRANSFER_ENCODING", "Transfer-Encoding can't be present with Content-Length");
    } else if (result.reason == "Content-Length can't be present with Transfer-Encoding") {
        result.errorCode = "HPE_INVALID_CONTENT_LENGTH";
    } else if (result.reason == "Invalid header value char" && byte == '\n') {
        become("HPE_CR_EXPECTED", "Missing expected CR after header value");
    } else if (result.errorCode == "HPE_INVALID_CHUNK_SIZE" && byte == '\n') {
        become("HPE_CR_EXPECTED", "Missing expected CR after chunk size");
    }
}

} // namespace

struct HttpParser::Callbacks
{
    static HttpParser &of(llhttp_t *parser) { return *static_cast<HttpParser *>(parser->data); }

    static int messageBegin(llhttp_t *parser)
    {
        of(parser).beginMessage();
        return HPE_OK;
    }
    static int url(llhttp_t *parser, const char *at, size_t length) { return of(parser).append(of(parser).m_url, at, length); }
    static int status(llhttp_t *parser, const char *at, size_t length) { return of(parser).append(of(parser).m_statusMessage, at, length); }
    static int fieldName(llhttp_t *parser, const char *at, size_t length) { return of(parser).appendField(true, at, length); }
    static int fieldValue(llhttp_t *parser, const char *at, size_t length) { return of(parser).appendField(false, at, length); }
    static int headersComplete(llhttp_t *parser) { return of(parser).completeHead(); }
    static int body(llhttp_t *parser, const char *at, size_t length)
    {
        if (length == 0 || of(parser).m_client.body({at, static_cast<qsizetype>(length)}))
            return HPE_OK;
        llhttp_set_error_reason(parser, "HPE_JS_EXCEPTION:JS Exception");
        return HPE_USER;
    }
    static int messageComplete(llhttp_t *parser) { return of(parser).completeMessage(); }
    static int chunkExtension(llhttp_t *parser, const char *, size_t length)
    {
        HttpParser &self = of(parser);
        self.m_chunkExtensionBytes += length;
        if (self.m_chunkExtensionBytes <= maxChunkExtensionSize)
            return HPE_OK;
        llhttp_set_error_reason(parser, "HPE_CHUNK_EXTENSIONS_OVERFLOW:Chunk extensions overflow");
        return HPE_USER;
    }
    static int chunkHeader(llhttp_t *parser)
    {
        of(parser).m_headerBytes = 0;
        of(parser).m_chunkExtensionBytes = 0;
        return HPE_OK;
    }
    static int chunkComplete(llhttp_t *parser)
    {
        of(parser).m_headerBytes = 0;
        return HPE_OK;
    }

    static const llhttp_settings_t &settings()
    {
        static const llhttp_settings_t table = [] {
            llhttp_settings_t made;
            llhttp_settings_init(&made);
            made.on_message_begin = messageBegin;
            made.on_url = url;
            made.on_status = status;
            made.on_header_field = fieldName;
            made.on_header_value = fieldValue;
            made.on_headers_complete = headersComplete;
            made.on_body = body;
            made.on_message_complete = messageComplete;
            made.on_chunk_extension_name = chunkExtension;
            made.on_chunk_extension_value = chunkExtension;
            made.on_chunk_header = chunkHeader;
            made.on_chunk_complete = chunkComplete;
            return made;
        }();
        return table;
    }
};

HttpParser::HttpParser(HttpParserClient &client)
    : m_client(client)
{
}

void HttpParser::initialize(Kind kind, size_t maxHeaderSize, bool lenient, quint64 now)
{
    llhttp_init(&m_parser, static_cast<llhttp_type_t>(kind), &Callbacks::settings());
    m_parser.data = this;
    m_isLenient = lenient;
    if (lenient) {
        llhttp_set_lenient_headers(&m_parser, 1);
        llhttp_set_lenient_chunked_length(&m_parser, 1);
        llhttp_set_lenient_keep_alive(&m_parser, 1);
        llhttp_set_lenient_transfer_encoding(&m_parser, 1);
    }
    m_maxHeaderSize = maxHeaderSize > 0 ? maxHeaderSize : DefaultMaxHeaderSize;
    m_pausesAfterwards = false;
    beginMessage();
    m_messageStart = now;
}

void HttpParser::beginMessage()
{
    m_text.resize(0); // keeps its memory
    m_url = {};
    m_statusMessage = {};
    m_fields.clear();
    m_lastWasName = false;
    m_headComplete = false;
    m_headerBytes = 0;
    m_chunkExtensionBytes = 0;
    m_messageStart = m_now;
}

int HttpParser::countHeader(size_t length)
{
    m_headerBytes += length;
    if (m_headerBytes < m_maxHeaderSize)
        return HPE_OK;
    return refuse("HPE_HEADER_OVERFLOW:Header overflow");
}

int HttpParser::append(Span &span, const char *at, size_t length)
{
    const int refusal = countHeader(length);
    if (refusal != HPE_OK)
        return refusal;
    if (span.length == 0)
        span.begin = m_text.size();
    m_text.append(at, static_cast<qsizetype>(length));
    span.length += static_cast<qsizetype>(length);
    return HPE_OK;
}

int HttpParser::refuse(const char *codeAndReason)
{
    llhttp_set_error_reason(&m_parser, codeAndReason);
    return HPE_USER;
}

int HttpParser::appendField(bool isName, const char *at, size_t length)
{
    const bool isFirst = isName && m_fields.empty();
    if (isName && !m_lastWasName) {
        m_fields.resize(m_fields.size() + 2);
        m_fields.back().begin = m_text.size(); // of a value that never comes
    }
    if (m_fields.empty())
        return HPE_OK;
    if (!m_isLenient) {
        // What llhttp 8.1 lets pass and 9 does not.
        if (isFirst && !m_headComplete && at - m_bytes.data() >= 2 && at[-1] == '\n' && at[-2] != '\r')
            return refuse("HPE_INVALID_VERSION:Expected CRLF after version");
        const bool goesOn = !isName && !m_lastWasName && m_fields.back().length > 0;
        if (goesOn && at != m_bytes.data() && at != m_endOfPiece)
            return refuse("HPE_INVALID_HEADER_TOKEN:Unexpected whitespace after header value");
        if (!isName && m_fields[m_fields.size() - 2].length == 0)
            return refuse("HPE_INVALID_HEADER_TOKEN:Invalid header token");
    }
    m_lastWasName = isName;
    m_endOfPiece = at + length;
    return append(isName ? m_fields[m_fields.size() - 2] : m_fields.back(), at, length);
}

void HttpParser::collectFields()
{
    m_head.fields.clear();
    for (const Span &span : m_fields) {
        QByteArrayView text = view(span);
        while (!text.isEmpty() && (text.back() == ' ' || text.back() == '\t'))
            text.chop(1);
        m_head.fields.push_back(text);
    }
}

int HttpParser::completeHead()
{
    m_headComplete = true;
    m_headerBytes = 0;
    collectFields();
    m_head.versionMajor = m_parser.http_major;
    m_head.versionMinor = m_parser.http_minor;
    const bool isRequest = m_parser.type == HTTP_REQUEST;
    m_head.method = isRequest ? QByteArrayView(llhttp_method_name(static_cast<llhttp_method_t>(m_parser.method))) : QByteArrayView();
    m_head.url = view(m_url);
    m_head.statusCode = m_parser.status_code;
    m_head.statusMessage = view(m_statusMessage);
    m_head.upgrade = m_parser.upgrade != 0;
    m_head.shouldKeepAlive = llhttp_should_keep_alive(&m_parser) != 0;
    const HttpParserClient::Body body = m_client.headComplete(m_head);
    m_text.resize(0); // now for trailers
    m_fields.clear();
    m_lastWasName = false;
    switch (body) {
    case HttpParserClient::Body::Expected:
        return 0;
    case HttpParserClient::Body::None:
        return 1;
    case HttpParserClient::Body::NoneThenUpgrade:
        return 2;
    case HttpParserClient::Body::Failed:
        break;
    }
    llhttp_set_error_reason(&m_parser, "HPE_JS_EXCEPTION:JS Exception");
    return -1;
}

int HttpParser::completeMessage()
{
    m_messageStart = 0;
    collectFields();
    const bool goesOn = m_client.messageComplete(m_head.fields);
    m_fields.clear();
    return goesOn ? HPE_OK : -1;
}

HttpParser::Result HttpParser::execute(QByteArrayView bytes, quint64 now)
{
    m_now = now;
    m_bytes = bytes;
    m_isExecuting = true;
    const llhttp_errno_t error = llhttp_execute(&m_parser, bytes.data(), static_cast<size_t>(bytes.size()));
    m_isExecuting = false;
    Result result = resultOf(error, bytes.size(), bytes.data());
    m_bytes = {};
    if (m_pausesAfterwards) {
        m_pausesAfterwards = false;
        llhttp_pause(&m_parser);
    }
    return result;
}

HttpParser::Result HttpParser::finish()
{
    m_isExecuting = true;
    const llhttp_errno_t error = llhttp_finish(&m_parser);
    m_isExecuting = false;
    return resultOf(error, 0, nullptr);
}

void HttpParser::pause()
{
    if (m_isExecuting)
        m_pausesAfterwards = true;
    else
        llhttp_pause(&m_parser);
}

void HttpParser::resume()
{
    m_pausesAfterwards = false;
    llhttp_resume(&m_parser);
}

HttpParser::Result HttpParser::resultOf(llhttp_errno_t error, qsizetype length, const char *start)
{
    Result result;
    result.parsed = length;
    if (error == HPE_OK)
        return result;
    const char *place = llhttp_get_error_pos(&m_parser);
    if (start && place)
        result.parsed = place - start;
    if (error == HPE_PAUSED_UPGRADE) {
        llhttp_resume_after_upgrade(&m_parser);
        return result;
    }
    if (m_parser.upgrade)
        return result; // it is no longer HTTP
    const QByteArray reason = llhttp_get_error_reason(&m_parser);
    const qsizetype colon = reason.indexOf(':');
    const bool isOurs = error == HPE_USER && colon > 0; // "CODE:reason"
    result.errorCode = isOurs ? reason.left(colon) : QByteArray(llhttp_errno_name(error));
    result.reason = isOurs ? reason.mid(colon + 1) : reason;
    nameAsNewer(
        result, QByteArrayView(start, start ? length : 0), m_fields.empty() ? QByteArrayView() : view(m_fields[m_fields.size() - 2]));
    return result;
}

} // namespace loopscope
