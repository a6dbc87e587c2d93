// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/HttpNatives.h"

#include "http/HeaderText.h"
#include "http/HttpParser.h"
#include "runtime/HandleNatives.h"
#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"

namespace loopscope {

/// A parser and the JavaScript object that stands for it, which is on V4's stack while callbacks can come.
class HttpParserObject : public HttpParserClient
{
public:
    HttpParserObject()
        : parser(*this)
    {
    }

    Body headComplete(const HttpHead &head) override;
    bool body(QByteArrayView piece) override;
    bool messageComplete(const std::vector<QByteArrayView> &trailers) override;

    QV4::ReturnedValue execute(const QV4::Value *object, QByteArrayView bytes, bool isCallback);
    QV4::ReturnedValue finish(const QV4::Value *object);

    HttpParser parser;
    bool hasExpired = false; ///< it was told once that its message took too long

private:
    bool call(const QV4::Value &callback, const QV4::Value *arguments, int count, QV4::Value *result);
    QV4::ReturnedValue errorObject(const HttpParser::Result &result);

    const QV4::Value *m_object = nullptr;
    QByteArrayView m_bytes;
    bool m_isCallback = false; ///< execute() is all that a handle's callback does
};

} // namespace loopscope

namespace QV4 {
namespace Heap {

#define LoopscopeHttpParserMembers(class, Member)                                                                                          \
    Member(class, HeapValue, HeapValue, onHead) Member(class, HeapValue, HeapValue, onBody) Member(class, HeapValue, HeapValue, onComplete)

DECLARE_HEAP_OBJECT(LoopscopeHttpParser, Object)
{
    DECLARE_MARKOBJECTS(LoopscopeHttpParser)
    loopscope::HttpParserObject *state;
    void init()
    {
        Object::init();
        state = new loopscope::HttpParserObject;
    }
    void destroy()
    {
        delete state;
        Object::destroy();
    }
};

} // namespace Heap

struct LoopscopeHttpParser : Object
{
    V4_OBJECT2(LoopscopeHttpParser, Object)
    V4_NEEDS_DESTROY
};

DEFINE_OBJECT_VTABLE(LoopscopeHttpParser);
} // namespace QV4

namespace loopscope {

using namespace QV4;

thread_local HttpNatives *HttpNatives::s_current = nullptr;

namespace {

constexpr quint64 nanosecondsPerMillisecond = 1'000'000;
/// Longer strings seldom come again.
constexpr qsizetype longestKnownString = 100;

ReturnedValue arrayOf(const std::vector<QByteArrayView> &fields)
{
    HttpNatives &natives = HttpNatives::current();
    Scope scope(natives.core().v4());
    ScopedArrayObject array(scope, scope.engine->newArrayObject());
    array->arrayReserve(static_cast<uint>(fields.size()));
    ScopedValue string(scope);
    for (std::size_t index = 0; index < fields.size(); ++index) {
        string = natives.stringOf(fields[index]);
        array->arrayPut(static_cast<uint>(index), string);
    }
    array->setArrayLengthUnchecked(static_cast<uint>(fields.size()));
    return array->asReturnedValue();
}

bool isNamed(QByteArrayView field, const char *name) { return field.compare(name, Qt::CaseInsensitive) == 0; }

int marksOf(const HttpHead &head)
{
    int marks = 0;
    for (std::size_t index = 0; index + 1 < head.fields.size(); index += 2) {
        const QByteArrayView name = head.fields[index];
        if (name.size() == 4 && isNamed(name, "host"))
            marks |= HttpNatives::HasHost;
        else if (name.size() == 6 && isNamed(name, "expect"))
            marks |= HttpNatives::HasExpect;
    }
    return marks;
}

} // namespace

// ------------------------------------------------------------------------------------------------------------------------ parser

bool HttpParserObject::call(const Value &callback, const Value *arguments, int count, Value *result)
{
    const FunctionObject *function = callback.as<FunctionObject>();
    *result = function->call(m_object, arguments, count);
    return !function->engine()->hasException;
}

HttpParserClient::Body HttpParserObject::headComplete(const HttpHead &head)
{
    HttpNatives &natives = HttpNatives::current();
    Scope scope(natives.core().v4());
    Scoped<LoopscopeHttpParser> self(scope, *m_object);
    constexpr int count = 10;
    Value *arguments = scope.alloc(count);
    const bool isRequest = !head.method.isNull();
    arguments[0] = Value::fromInt32(head.versionMajor);
    arguments[1] = Value::fromInt32(head.versionMinor);
    arguments[2] = arrayOf(head.fields);
    arguments[3] = isRequest ? natives.stringOf(head.method) : Encode::undefined();
    arguments[4] = isRequest ? natives.stringOf(head.url) : Encode::undefined();
    arguments[5] = isRequest ? Encode::undefined() : Encode(head.statusCode);
    arguments[6] = isRequest ? Encode::undefined() : natives.stringOf(head.statusMessage);
    arguments[7] = Value::fromBoolean(head.upgrade);
    arguments[8] = Value::fromBoolean(head.shouldKeepAlive);
    arguments[9] = Value::fromInt32(marksOf(head));
    ScopedValue callback(scope, self->d()->onHead);
    ScopedValue result(scope);
    if (!call(callback, arguments, count, result))
        return Body::Failed;
    switch (result->toInt32()) {
    case 1:
        return Body::None;
    case 2:
        return Body::NoneThenUpgrade;
    default:
        return Body::Expected;
    }
}

bool HttpParserObject::body(QByteArrayView piece)
{
    Scope scope(HttpNatives::current().core().v4());
    Scoped<LoopscopeHttpParser> self(scope, *m_object);
    Value *arguments = scope.alloc(2);
    const auto begin = static_cast<int>(piece.data() - m_bytes.data());
    arguments[0] = Value::fromInt32(begin);
    arguments[1] = Value::fromInt32(begin + static_cast<int>(piece.size()));
    ScopedValue callback(scope, self->d()->onBody);
    ScopedValue result(scope);
    if (!call(callback, arguments, 2, result))
        return false;
    // For Node this is a callback, unlike those of head and end (node_http_parser.cc): ticks and microtasks follow.
    return !m_isCallback || HandleNatives::current().splitCallback();
}

bool HttpParserObject::messageComplete(const std::vector<QByteArrayView> &trailers)
{
    Scope scope(HttpNatives::current().core().v4());
    Scoped<LoopscopeHttpParser> self(scope, *m_object);
    Value *arguments = scope.alloc(1);
    arguments[0] = trailers.empty() ? Encode::undefined() : arrayOf(trailers);
    ScopedValue callback(scope, self->d()->onComplete);
    ScopedValue result(scope);
    return call(callback, arguments, 1, result);
}

ReturnedValue HttpParserObject::execute(const Value *object, QByteArrayView bytes, bool isCallback)
{
    ExecutionEngine *v4 = HttpNatives::current().core().v4();
    if (parser.isExecuting())
        return v4->throwError(QStringLiteral("This parser is at work already"));
    m_object = object;
    m_bytes = bytes;
    m_isCallback = isCallback;
    hasExpired = false;
    const HttpParser::Result result = parser.execute(bytes, HttpNatives::current().core().tracer().clock().now());
    m_object = nullptr;
    if (v4->hasException)
        return Encode::undefined();
    return result.isError() ? errorObject(result) : Encode(static_cast<int>(result.parsed));
}

ReturnedValue HttpParserObject::finish(const Value *object)
{
    if (parser.isExecuting())
        return Encode::undefined();
    m_object = object;
    const HttpParser::Result result = parser.finish();
    m_object = nullptr;
    if (HttpNatives::current().core().v4()->hasException || !result.isError())
        return Encode::undefined();
    return errorObject(result);
}

ReturnedValue HttpParserObject::errorObject(const HttpParser::Result &result)
{
    ExecutionEngine *v4 = HttpNatives::current().core().v4();
    Scope scope(v4);
    ScopedString message(scope, v4->newString(QStringLiteral("Parse Error")));
    ScopedObject error(scope, v4->newErrorObject(message));
    ScopedValue value(scope, Value::fromInt32(static_cast<int>(result.parsed)));
    putNamed(error, QStringLiteral("bytesParsed"), value);
    value = v4->newString(QString::fromLatin1(result.errorCode));
    putNamed(error, QStringLiteral("code"), value);
    value = v4->newString(QString::fromLatin1(result.reason));
    putNamed(error, QStringLiteral("reason"), value);
    return error->asReturnedValue();
}

// ----------------------------------------------------------------------------------------------------------------- native functions

namespace {

struct ParserFunctions
{
    static HttpParserObject *stateOf(const Value *thisObject)
    {
        const LoopscopeHttpParser *parser = thisObject->as<LoopscopeHttpParser>();
        return parser ? parser->d()->state : nullptr;
    }
    static ReturnedValue refuse(const FunctionObject *function)
    {
        return function->engine()->throwTypeError(QStringLiteral("Illegal invocation"));
    }

    static ReturnedValue initialize(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
    {
        HttpParserObject *state = stateOf(thisObject);
        if (!state || state->parser.isExecuting())
            return refuse(function);
        const auto kind = argumentAt(argv, argc, 0).toBoolean() ? HttpParser::Kind::Request : HttpParser::Kind::Response;
        const double maxHeaderSize = argumentAt(argv, argc, 1).toNumber();
        state->hasExpired = false;
        state->parser.initialize(kind, maxHeaderSize > 0 ? static_cast<size_t>(maxHeaderSize) : 0, argumentAt(argv, argc, 2).toBoolean(),
            HttpNatives::current().core().tracer().clock().now());
        return Encode::undefined();
    }
    static ReturnedValue execute(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
    {
        HttpParserObject *state = stateOf(thisObject);
        const TypedArray *bytes = argc > 0 ? argv[0].as<TypedArray>() : nullptr;
        if (!state || !bytes)
            return refuse(function);
        return state->execute(thisObject, {bytes->constArrayData() + bytes->byteOffset(), static_cast<qsizetype>(bytes->byteLength())},
            argumentAt(argv, argc, 1).toBoolean());
    }
    static ReturnedValue finish(const FunctionObject *function, const Value *thisObject, const Value *, int)
    {
        HttpParserObject *state = stateOf(thisObject);
        return state ? state->finish(thisObject) : refuse(function);
    }
    static ReturnedValue pause(const FunctionObject *function, const Value *thisObject, const Value *, int)
    {
        HttpParserObject *state = stateOf(thisObject);
        if (!state)
            return refuse(function);
        state->parser.pause();
        return Encode::undefined();
    }
    static ReturnedValue resume(const FunctionObject *function, const Value *thisObject, const Value *, int)
    {
        HttpParserObject *state = stateOf(thisObject);
        if (!state)
            return refuse(function);
        state->parser.resume();
        return Encode::undefined();
    }
    static ReturnedValue isIdle(const FunctionObject *function, const Value *thisObject, const Value *, int)
    {
        const HttpParserObject *state = stateOf(thisObject);
        return state ? Encode(state->parser.messageStart() == 0) : refuse(function);
    }
    static ReturnedValue isExecuting(const FunctionObject *function, const Value *thisObject, const Value *, int)
    {
        const HttpParserObject *state = stateOf(thisObject);
        return state ? Encode(state->parser.isExecuting()) : refuse(function);
    }
    static ReturnedValue hasExpired(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
    {
        HttpParserObject *state = stateOf(thisObject);
        if (!state)
            return refuse(function);
        const quint64 start = state->parser.messageStart();
        if (start == 0 || state->hasExpired)
            return Encode(false);
        const quint64 age = HttpNatives::current().core().tracer().clock().now() - start;
        const auto isOlder = [age](double limit) { return limit > 0 && age > static_cast<quint64>(limit) * nanosecondsPerMillisecond; };
        state->hasExpired = (!state->parser.isHeadComplete() && isOlder(argumentAt(argv, argc, 0).toNumber()))
            || isOlder(argumentAt(argv, argc, 1).toNumber());
        return Encode(state->hasExpired);
    }
};

struct HttpFunctions
{
    static ReturnedValue installParserMethods(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        Scope scope(function);
        ScopedObject prototype(scope, argumentAt(argv, argc, 0));
        defineNatives(scope.engine, prototype,
            {{"initialize", ParserFunctions::initialize, 3}, {"execute", ParserFunctions::execute, 2}, {"finish", ParserFunctions::finish},
                {"pause", ParserFunctions::pause}, {"resume", ParserFunctions::resume}, {"isIdle", ParserFunctions::isIdle},
                {"isExecuting", ParserFunctions::isExecuting}, {"hasExpired", ParserFunctions::hasExpired, 2}});
        return Encode::undefined();
    }
    static ReturnedValue makeParser(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        Scope scope(function);
        ScopedObject prototype(scope, argumentAt(argv, argc, 0));
        Scoped<LoopscopeHttpParser> parser(scope, scope.engine->memoryManager->allocate<LoopscopeHttpParser>());
        parser->setPrototypeUnchecked(prototype);
        parser->d()->onHead.set(scope.engine, argumentAt(argv, argc, 1));
        parser->d()->onBody.set(scope.engine, argumentAt(argv, argc, 2));
        parser->d()->onComplete.set(scope.engine, argumentAt(argv, argc, 3));
        return parser->asReturnedValue();
    }
    static ReturnedValue isToken(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(isHttpToken(argumentAt(argv, argc, 0).toQString()));
    }
    static ReturnedValue takeFields(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return HttpNatives::current().takeFields(argumentAt(argv, argc, 0), argumentAt(argv, argc, 1), argumentAt(argv, argc, 2));
    }
    static ReturnedValue beginRequest(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(HttpNatives::current().beginRequest(
            argumentAt(argv, argc, 0).toQStringNoThrow(), argumentAt(argv, argc, 1).toQStringNoThrow()));
    }
    static ReturnedValue endRequest(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        HttpNatives::current().endRequest(argumentAt(argv, argc, 0).toUInt32(), argumentAt(argv, argc, 1).toInt32());
        return Encode::undefined();
    }
    static ReturnedValue isFieldValue(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(isHttpFieldValue(argumentAt(argv, argc, 0).toQString()));
    }
    static ReturnedValue joinFields(const FunctionObject *function, const Value *, const Value *argv, int argc);
};

void joinField(Object *target, PropertyKey name, const Value &value, const char *separator)
{
    Scope scope(target->engine());
    ScopedValue existing(scope, target->get(name));
    if (existing->isString()) {
        existing = scope.engine->newString(existing->toQStringNoThrow() + QLatin1String(separator) + value.toQStringNoThrow());
        target->put(name, existing);
    } else {
        target->put(name, value);
    }
}

ReturnedValue HttpFunctions::joinFields(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    ScopedObject fields(scope, argumentAt(argv, argc, 0));
    ScopedObject target(scope, argumentAt(argv, argc, 2));
    if (!fields || !target)
        return scope.engine->throwTypeError();
    const uint count = argumentAt(argv, argc, 1).toUInt32();
    const bool joinsAll = argumentAt(argv, argc, 3).toBoolean();
    ScopedValue value(scope);
    ScopedString name(scope);
    ScopedPropertyKey key(scope);
    ScopedArrayObject list(scope);
    for (uint index = 0; index + 1 < count; index += 2) {
        value = fields->get(index);
        const QByteArray lower = value->toQStringNoThrow().toLatin1().toLower();
        name = HttpNatives::current().stringOf(lower);
        key = name->toPropertyKey();
        value = fields->get(index + 1);
        switch (repeatedField(lower)) {
        case RepeatedField::Join:
            joinField(target, key, value, ", ");
            break;
        case RepeatedField::JoinCookies:
            joinField(target, key, value, "; ");
            break;
        case RepeatedField::List:
            list = target->get(key);
            if (!list) {
                list = scope.engine->newArrayObject();
                target->put(key, list);
            }
            list->push_back(value);
            break;
        case RepeatedField::KeepFirst:
            if (joinsAll)
                joinField(target, key, value, ", ");
            else if (Value::fromReturnedValue(target->get(key)).isUndefined())
                target->put(key, value);
            break;
        }
    }
    return target->asReturnedValue();
}

} // namespace

HttpNatives::HttpNatives(Core &core)
    : m_core(core)
{
    s_current = this;
}

HttpNatives::~HttpNatives() { s_current = nullptr; }

ReturnedValue HttpNatives::stringOf(QByteArrayView text)
{
    ExecutionEngine *v4 = m_core.v4();
    if (text.size() > longestKnownString)
        return v4->newString(QString::fromLatin1(text.data(), text.size()))->asReturnedValue();
    KnownString &known = m_knownStrings[qHash(text) % m_knownStrings.size()];
    if (known.string.isUndefined() || QByteArrayView(known.text) != text) {
        Scope scope(v4);
        ScopedString string(scope, v4->newIdentifier(QString::fromLatin1(text.data(), text.size())));
        known.text = QByteArray(text.data(), text.size());
        known.string.set(v4, string);
    }
    return known.string.value();
}

ReturnedValue HttpNatives::takeFields(const Value &object, const Value &templateObject, const Value &keys)
{
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    ScopedObject target(scope, object);
    ScopedObject fields(scope, templateObject);
    if (!target || !fields || target->internalClass()->size != 0)
        return Encode(false);
    Heap::InternalClass *begin = target->internalClass();
    KnownClass &known = m_knownClasses[qHash(quintptr(begin) >> 4U) % m_knownClasses.size()];
    if (known.begin == begin && known.templateObject.asManaged()->d() == fields->d()) {
        target->setInternalClass(known.end);
        for (std::size_t index = 0; index < known.values.size(); ++index)
            target->setProperty(v4, static_cast<uint>(index), known.values[index]);
        return Encode(true);
    }
    ScopedObject names(scope, keys);
    ScopedValue name(scope);
    ScopedStringOrSymbol key(scope);
    ScopedValue value(scope);
    known.values.clear();
    const auto count = static_cast<uint>(names->getLength());
    for (uint index = 0; index < count; ++index) {
        name = names->get(index);
        key = name->toPropertyKey(v4).asStringOrSymbol();
        value = fields->get(key);
        target->insertMember(key, value);
        known.values.push_back(*value);
    }
    known.begin = begin;
    known.end = target->internalClass();
    known.keptBegin.set(v4, known.begin);
    known.keptEnd.set(v4, known.end);
    known.templateObject.set(v4, fields);
    return Encode(true);
}

SubjectId HttpNatives::beginRequest(const QString &method, const QString &url)
{
    // Clients of the server lab tell their requests themselves; a simulated load stands beside the loop.
    const RunOptions &options = RuntimeHost::current().options();
    if (options.server || options.companion)
        return 0;
    Tracer &tracer = m_core.tracer();
    const SubjectId request = tracer.newSubject();
    tracer.emitEvent(EventKind::RequestSent, 0, request, 0, ++m_requests);
    tracer.emitEvent(
        EventKind::SubjectNamed, 0, request, 0, tracer.text(method + QLatin1Char(' ') + url.left(url.indexOf(QLatin1Char('?')))));
    return request;
}

void HttpNatives::endRequest(SubjectId request, int status)
{
    if (request != 0)
        m_core.tracer().emitEvent(EventKind::RequestEnded, 0, request, 0, status);
}

void HttpNatives::install(Object *binding)
{
    Scope scope(m_core.v4());
    ScopedObject target(scope, scope.engine->newObject());
    defineNatives(scope.engine, target,
        {{"installParserMethods", HttpFunctions::installParserMethods, 1}, {"makeParser", HttpFunctions::makeParser, 4},
            {"isToken", HttpFunctions::isToken, 1}, {"isFieldValue", HttpFunctions::isFieldValue, 1},
            {"takeFields", HttpFunctions::takeFields, 3}, {"joinFields", HttpFunctions::joinFields, 4},
            {"beginRequest", HttpFunctions::beginRequest, 2}, {"endRequest", HttpFunctions::endRequest, 2}});
    ScopedObject keptBinding(scope, binding);
    keptBinding->defineDefaultProperty(QStringLiteral("http"), target);
}

} // namespace loopscope
