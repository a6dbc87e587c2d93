// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"

#include <array>
#include <vector>

namespace loopscope {

/// What js/lib/_http_*.js call: llhttp behind an object, and the parts of HTTP that go through text byte by byte. One a run.
///
/// binding.http:
///   makeParser(prototype, onHead, onBody, onComplete): a parser, with the methods that `installParserMethods(prototype)` puts on its
///   prototype:
///     initialize(isRequest, maxHeaderSize, isLenient); execute(bytes, isCallback) -> bytes taken or an Error; finish() -> undefined or an
///     Error; (isCallback: it is all that the callback of a handle does, so that pieces of a body are callbacks of their own); pause();
///     resume(); isIdle(); hasExpired(headersTimeout, requestTimeout): both in ms, 0 is without limit; isExecuting() onHead(versionMajor,
///     versionMinor, rawHeaders, method, url, statusCode, statusMessage, upgrade, shouldKeepAlive, marks), with the parser as `this`, gives
///     0: a body follows as the fields say; 1: there is no body; 2: none, and another protocol follows. `marks`: see HeadMark.
///     onBody(begin, end): places in the bytes being executed. onComplete(trailers | undefined).
///   isToken(text), isFieldValue(text)
///   takeFields(object, template, keys) -> bool: gives an object that has no properties yet those of the template, whose own keys are
///   `keys`,
///     at once; false: it has some. The template must not change.
///   beginRequest(method, url) -> number: a server has the head of a request, which the recording then knows as "METHOD /path" without its
///     query. endRequest(number, status): its answer was handed over, or (0) there will be none. Nothing happens, and the number is 0, in
///     runs of the server lab, which see their requests from the client's side.
///   joinFields(rawHeaders, count, target, joinsAll): puts the fields on the object `target`, as message.headers has them.
class HttpNatives
{
public:
    explicit HttpNatives(Core &core);
    ~HttpNatives();
    HttpNatives(const HttpNatives &) = delete;
    HttpNatives &operator=(const HttpNatives &) = delete;
    static HttpNatives &current() { return *s_current; }

    void install(QV4::Object *binding);

    Core &core() { return m_core; }
    QV4::ReturnedValue takeFields(const QV4::Value &object, const QV4::Value &templateObject, const QV4::Value &keys);
    /// `text`, Latin-1, as a string. Names and values of fields come again and again, and so do their strings.
    QV4::ReturnedValue stringOf(QByteArrayView text);

    SubjectId beginRequest(const QString &method, const QString &url);
    void endRequest(SubjectId request, int status);

    /// Fields that a server asks for at every request.
    enum HeadMark : int { HasHost = 1, HasExpect = 2 };

private:
    struct KnownString
    {
        QByteArray text;
        QV4::PersistentValue string;
    };

    /// Objects that begin with one internal class end with the other when they have taken a template's fields.
    struct KnownClass
    {
        QV4::Heap::InternalClass *begin = nullptr;
        QV4::Heap::InternalClass *end = nullptr;
        QV4::PersistentValue keptBegin;
        QV4::PersistentValue keptEnd;
        QV4::PersistentValue templateObject; ///< keeps the values in memory
        std::vector<QV4::Value> values;
    };

    static thread_local HttpNatives *s_current;
    Core &m_core;
    qint64 m_requests = 0; ///< that servers of this run took
    std::array<KnownString, 512> m_knownStrings; ///< by hash; what comes later takes the place
    std::array<KnownClass, 64> m_knownClasses; ///< by hash of `begin`
};

} // namespace loopscope
