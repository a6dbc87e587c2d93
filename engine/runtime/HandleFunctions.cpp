// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The native functions of HandleNatives, for js/lib/internal/handles.js. Handles are numbers here; failures are negative errno.

#include "io/FileSystem.h"
#include "io/Permissions.h"
#include "runtime/BufferText.h"
#include "runtime/HandleNatives.h"
#include "runtime/IoNatives.h"
#include "runtime/LoopNatives.h"
#include "runtime/Natives.h"

#include <cerrno>

namespace loopscope {

using namespace QV4;

namespace {

HandleId idOf(const Value *argv, int argc) { return argumentAt(argv, argc, 0).toUInt32(); }

QString textAt(const Value *argv, int argc, int index) { return argumentAt(argv, argc, index).toQStringNoThrow(); }

/// An address and a port, or a path where no port is given.
Endpoint endpointAt(const Value *argv, int argc, int index)
{
    Endpoint endpoint;
    const Value port = argumentAt(argv, argc, index + 1);
    const QString where = textAt(argv, argc, index);
    if (port.isUndefined()) {
        endpoint.path = where.toUtf8();
    } else {
        endpoint.address = where.toLatin1();
        endpoint.port = static_cast<quint16>(port.toInt32());
    }
    return endpoint;
}

QString shownEndpoint(const Endpoint &endpoint)
{
    if (!endpoint.path.isEmpty())
        return QString::fromUtf8(endpoint.path);
    const QString address = QString::fromLatin1(endpoint.address);
    return (endpoint.isIpv6() ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address).arg(endpoint.port);
}

} // namespace

struct HandleFunctions
{
    static HandleNatives &natives() { return HandleNatives::current(); }
    static HandleProvider *provider() { return natives().m_provider.handles(); }
    static ReturnedValue changed(int error)
    {
        natives().afterSystemCall();
        return Encode(error);
    }

    // open(object, kind, asyncType, type) -> id, or a negative errno. `type` is what process.getActiveResourcesInfo() calls it.
    static ReturnedValue open(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        if (!provider())
            return Encode(-ENOSYS);
        const auto kind = static_cast<HandleKind>(argumentAt(argv, argc, 1).toInt32());
        const HandleId id = natives().open(kind, argv[0], textAt(argv, argc, 2), textAt(argv, argc, 3), 0);
        const int error = provider()->open(id, kind);
        if (error >= 0)
            return Encode(static_cast<double>(id));
        natives().m_handles.erase(id);
        return Encode(error);
    }
    // close(id, callback)
    static ReturnedValue close(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        natives().close(idOf(argv, argc), false, argumentAt(argv, argc, 1));
        return changed(0);
    }
    // reset(id, callback): closes a TCP connection with RST
    static ReturnedValue reset(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const HandleNatives::Handle *handle = natives().find(id);
        if (!handle || handle->isClosing)
            return Encode(0);
        const int error = provider()->reset(id);
        if (error == 0)
            natives().close(id, true, argumentAt(argv, argc, 1));
        return changed(error);
    }
    // setContext(id, context): the async context of the handle's callbacks from now on
    static ReturnedValue setContext(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        natives().setContext(idOf(argv, argc), argumentAt(argv, argc, 1));
        return Encode::undefined();
    }

    // setReferenced(id, flag)
    static ReturnedValue setReferenced(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        natives().setReferenced(idOf(argv, argc), argumentAt(argv, argc, 1).toBoolean());
        return Encode::undefined();
    }
    // isReferenced(id)
    static ReturnedValue isReferenced(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleNatives::Handle *handle = natives().find(idOf(argv, argc));
        return Encode(handle && !handle->isClosing && handle->isReferenced);
    }
    // asyncId(id)
    static ReturnedValue asyncId(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleNatives::Handle *handle = natives().find(idOf(argv, argc));
        return handle ? Encode(handle->operation.id) : Encode(-1);
    }
    // watch(id, path) -> 0 or a negative errno; throws if the run may not read there
    static ReturnedValue watch(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const Value path = argumentAt(argv, argc, 1);
        const int error = provider()->watch(id, path.as<String>() ? textAt(argv, argc, 1).toUtf8() : bytesOf(path).toByteArray());
        if (error == refusedAccess) {
            Scope scope(function);
            ScopedValue refusal(scope, IoNatives::current().errorObject(Permissions::takeRefusal()));
            return scope.engine->throwError(refusal);
        }
        if (error == 0) {
            natives().setActive(id, true);
            natives().name(id, QStringLiteral("watcher of ") + textAt(argv, argc, 1).section(QLatin1Char('/'), -1));
        }
        return changed(error);
    }
    // setActive(id, flag): a process runs
    static ReturnedValue setActive(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        natives().setActive(idOf(argv, argc), argumentAt(argv, argc, 1).toBoolean());
        return Encode::undefined();
    }

    // ------------------------------------------------------------------------------------------------ streams and servers

    // bind(id, address, port, flags) or bind(id, path)
    static ReturnedValue bind(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(provider()->bind(idOf(argv, argc), endpointAt(argv, argc, 1), argumentAt(argv, argc, 3).toInt32()));
    }
    // listen(id, backlog)
    static ReturnedValue listen(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const int error = provider()->listen(id, argumentAt(argv, argc, 1).toInt32());
        if (error == 0) {
            natives().setActive(id, true);
            Endpoint local;
            if (provider()->localEndpoint(id, &local) == 0)
                natives().name(id, QStringLiteral("server ") + shownEndpoint(local));
        }
        return changed(error);
    }
    // connect(id, request, asyncType, type, address, port) or, to a pipe, connect(id, request, asyncType, type, path)
    static ReturnedValue connect(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const HandleNatives::Handle *handle = natives().find(id);
        if (!handle || handle->isClosing)
            return Encode(-EBADF);
        const Endpoint endpoint = endpointAt(argv, argc, 4);
        const SubjectId request = natives().m_core.tracer().newSubject();
        const int error = provider()->connect(id, request, endpoint);
        if (error < 0)
            return Encode(error);
        const QString where = shownEndpoint(endpoint);
        natives().name(id, QStringLiteral("socket to ") + where);
        natives().keepRequest(request, id, QStringLiteral("connect ") + where, argumentAt(argv, argc, 1),
            textAt(argv, argc, 2).toLatin1().constData(), textAt(argv, argc, 3), handle->operation.id);
        return changed(0);
    }
    // setReading(id, flag)
    static ReturnedValue setReading(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const bool isReading = argumentAt(argv, argc, 1).toBoolean();
        const int error = provider()->setReading(id, isReading);
        if (error == 0) {
            natives().setActive(id, isReading);
            if (!isReading)
                natives().cancelTurns(id);
        }
        return changed(error);
    }
    static ReturnedValue writeBytes(HandleId id, const Value &requestObject, const QByteArray &bytes, HandleId sent = 0)
    {
        HandleNatives::Handle *handle = natives().find(id);
        if (!handle || handle->isClosing)
            return Encode(-EBADF);
        const SubjectId request = natives().m_core.tracer().newSubject();
        const WriteOutcome outcome =
            sent == 0 ? provider()->write(id, request, bytes) : provider()->writeWithHandle(id, request, bytes, sent);
        if (outcome.error == 0) {
            handle->bytesWritten += static_cast<double>(bytes.size());
            if (!outcome.isDone) {
                natives().keepRequest(request, id, QStringLiteral("write %L1 bytes").arg(bytes.size()), requestObject, "WRITEWRAP",
                    QStringLiteral("WriteWrap"), handle->operation.id);
            }
        }
        natives().afterSystemCall();
        return Encode(outcome.error != 0 ? outcome.error : outcome.isDone ? 1 : 0);
    }
    // write(id, request, bytes, sent = 0) -> 1 done at once, 0 the request tells, or a negative errno
    static ReturnedValue write(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return writeBytes(idOf(argv, argc), argumentAt(argv, argc, 1), bytesOf(argumentAt(argv, argc, 2)).toByteArray(),
            argumentAt(argv, argc, 3).toUInt32());
    }
    // adopt(object, kind, asyncType, type, number) -> id of a handle that came with a message of another loop, or a negative errno
    static ReturnedValue adopt(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const std::shared_ptr<HandleInFlight> arrived = LoopNatives::current().takeArrived(argumentAt(argv, argc, 4).toUInt32());
        if (!arrived)
            return Encode(-EBADF);
        const auto kind = static_cast<HandleKind>(argumentAt(argv, argc, 1).toInt32());
        const HandleId id = natives().open(kind, argv[0], textAt(argv, argc, 2), textAt(argv, argc, 3), 0);
        const int error = provider()->adopt(id, *arrived);
        natives().afterSystemCall();
        if (error == 0)
            return Encode(static_cast<double>(id));
        natives().m_handles.erase(id);
        return Encode(error);
    }
    // writeText(id, request, text, encoding, bytes = none): as write(), with a number of TextEncoding, and what follows the text
    static ReturnedValue writeText(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const auto encoding = static_cast<TextEncoding>(argumentAt(argv, argc, 3).toInt32());
        QByteArray bytes = encodedText(textAt(argv, argc, 2), encoding);
        bytes.append(bytesOf(argumentAt(argv, argc, 4)));
        return writeBytes(idOf(argv, argc), argumentAt(argv, argc, 1), bytes);
    }
    // shutdown(id, request)
    static ReturnedValue shutdown(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const HandleNatives::Handle *handle = natives().find(id);
        if (!handle || handle->isClosing)
            return Encode(-ENOTCONN);
        const SubjectId request = natives().m_core.tracer().newSubject();
        const int error = provider()->shutdown(id, request);
        if (error == 0) {
            natives().keepRequest(request, id, QStringLiteral("shutdown"), argumentAt(argv, argc, 1), "SHUTDOWNWRAP",
                QStringLiteral("ShutdownWrap"), handle->operation.id);
        }
        return changed(error);
    }
    static ReturnedValue giveEndpoint(int error, const Endpoint &endpoint, const Value &out)
    {
        if (error != 0)
            return Encode(error);
        ExecutionEngine *v4 = natives().m_core.v4();
        Scope scope(v4);
        ScopedObject target(scope, out);
        ScopedValue value(scope, v4->newString(QString::fromLatin1(endpoint.address)));
        putNamed(target, QStringLiteral("address"), value);
        value = v4->newString(endpoint.isIpv6() ? QStringLiteral("IPv6") : QStringLiteral("IPv4"));
        putNamed(target, QStringLiteral("family"), value);
        value = Value::fromInt32(endpoint.port);
        putNamed(target, QStringLiteral("port"), value);
        return Encode(0);
    }
    // localEndpoint(id, out): out gets address, family and port
    static ReturnedValue localEndpoint(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Endpoint endpoint;
        const int error = provider()->localEndpoint(idOf(argv, argc), &endpoint);
        return giveEndpoint(error, endpoint, argumentAt(argv, argc, 1));
    }
    // remoteEndpoint(id, out)
    static ReturnedValue remoteEndpoint(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Endpoint endpoint;
        const int error = provider()->remoteEndpoint(idOf(argv, argc), &endpoint);
        return giveEndpoint(error, endpoint, argumentAt(argv, argc, 1));
    }
    // counts(id) -> [bytes read, bytes written, bytes that wait to be sent]
    static ReturnedValue counts(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        Scope scope(function);
        const HandleId id = idOf(argv, argc);
        const HandleNatives::Handle *handle = natives().find(id);
        Value *values = scope.alloc(3);
        values[0] = Value::fromDouble(handle ? handle->bytesRead : 0);
        values[1] = Value::fromDouble(handle ? handle->bytesWritten : 0);
        values[2] = Value::fromDouble(handle && !handle->isClosing ? static_cast<double>(provider()->queuedBytes(id)) : 0);
        return scope.engine->newArrayObject(values, 3)->asReturnedValue();
    }
    // setNoDelay(id, flag)
    static ReturnedValue setNoDelay(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(provider()->setNoDelay(idOf(argv, argc), argumentAt(argv, argc, 1).toBoolean()));
    }
    // setKeepAlive(id, flag, seconds)
    static ReturnedValue setKeepAlive(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(
            provider()->setKeepAlive(idOf(argv, argc), argumentAt(argv, argc, 1).toBoolean(), argumentAt(argv, argc, 2).toInt32()));
    }
    // openDescriptor(id, fd)
    static ReturnedValue openDescriptor(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(provider()->openDescriptor(idOf(argv, argc), argumentAt(argv, argc, 1).toInt32()));
    }

    // --------------------------------------------------------------------------------------------------------- datagrams

    // setReceiving(id, flag)
    static ReturnedValue setReceiving(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        const bool isReceiving = argumentAt(argv, argc, 1).toBoolean();
        const int error = provider()->setReceiving(id, isReceiving);
        if (error == 0) {
            natives().setActive(id, isReceiving);
            if (!isReceiving)
                natives().cancelTurns(id);
            Endpoint local;
            if (isReceiving && provider()->localEndpoint(id, &local) == 0)
                natives().name(id, QStringLiteral("UDP socket ") + shownEndpoint(local));
        }
        return changed(error);
    }
    // send(id, request, bytes, address, port) -> 1 done at once, 0 the request tells, or a negative errno. Without address: to the peer.
    static ReturnedValue send(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const HandleId id = idOf(argv, argc);
        HandleNatives::Handle *handle = natives().find(id);
        if (!handle || handle->isClosing)
            return Encode(-EBADF);
        const QByteArray bytes = bytesOf(argumentAt(argv, argc, 2)).toByteArray();
        const bool hasTarget = !argumentAt(argv, argc, 3).isUndefined();
        const Endpoint target = hasTarget ? endpointAt(argv, argc, 3) : Endpoint();
        const SubjectId request = natives().m_core.tracer().newSubject();
        const WriteOutcome outcome = provider()->send(id, request, bytes, hasTarget ? &target : nullptr);
        if (outcome.error == 0 && !outcome.isDone) {
            natives().keepRequest(request, id, QStringLiteral("send %L1 bytes").arg(bytes.size()), argumentAt(argv, argc, 1), "UDPSENDWRAP",
                QStringLiteral("UDPSendWrap"), handle->operation.id);
        }
        natives().afterSystemCall();
        return Encode(outcome.error != 0 ? outcome.error : outcome.isDone ? 1 : 0);
    }
    // setPeer(id, address, port), setPeer(id)
    static ReturnedValue setPeer(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        if (argc < 2)
            return Encode(provider()->setPeer(idOf(argv, argc), nullptr));
        const Endpoint endpoint = endpointAt(argv, argc, 1);
        return Encode(provider()->setPeer(idOf(argv, argc), &endpoint));
    }
    // setMembership(id, group, interface, source, isMember)
    static ReturnedValue setMembership(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const auto bytes = [&](int index) {
            return argumentAt(argv, argc, index).isNullOrUndefined() ? QByteArray() : textAt(argv, argc, index).toLatin1();
        };
        return Encode(provider()->setMembership(idOf(argv, argc), bytes(1), bytes(2), bytes(3), argumentAt(argv, argc, 4).toBoolean()));
    }
    // setMulticastInterface(id, interface)
    static ReturnedValue setMulticastInterface(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(provider()->setMulticastInterface(idOf(argv, argc), textAt(argv, argc, 1).toLatin1()));
    }
    // setOption(id, option, value)
    static ReturnedValue setOption(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const auto option = static_cast<HandleOption>(argumentAt(argv, argc, 1).toInt32());
        return Encode(provider()->setOption(idOf(argv, argc), option, argumentAt(argv, argc, 2).toInt32()));
    }
    // option(id, option) -> its value, or a negative errno
    static ReturnedValue option(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(provider()->option(idOf(argv, argc), static_cast<HandleOption>(argumentAt(argv, argc, 1).toInt32())));
    }
    // active() -> the objects of handles that are open and referenced
    static ReturnedValue active(const FunctionObject *, const Value *, const Value *, int) { return natives().activeHandles(); }
    // activeTypes() -> names for process.getActiveResourcesInfo()
    static ReturnedValue activeTypes(const FunctionObject *function, const Value *, const Value *, int)
    {
        return function->engine()->newArrayObject(natives().activeTypes())->asReturnedValue();
    }
};

void HandleNatives::install(Object *binding)
{
    Scope scope(m_core.v4());
    ScopedObject target(scope, m_core.v4()->newObject());
    using F = HandleFunctions;
    defineNatives(m_core.v4(), target,
        {{"open", F::open, 4}, {"close", F::close, 2}, {"reset", F::reset, 2}, {"setContext", F::setContext, 2},
            {"setReferenced", F::setReferenced, 2}, {"isReferenced", F::isReferenced, 1}, {"asyncId", F::asyncId, 1},
            {"setActive", F::setActive, 2}, {"watch", F::watch, 2}, {"bind", F::bind, 4}, {"listen", F::listen, 2},
            {"connect", F::connect, 6}, {"setReading", F::setReading, 2}, {"write", F::write, 4}, {"adopt", F::adopt, 5},
            {"writeText", F::writeText, 5}, {"shutdown", F::shutdown, 2}, {"localEndpoint", F::localEndpoint, 2},
            {"remoteEndpoint", F::remoteEndpoint, 2}, {"counts", F::counts, 1}, {"setNoDelay", F::setNoDelay, 2},
            {"setKeepAlive", F::setKeepAlive, 3}, {"openDescriptor", F::openDescriptor, 2}, {"setReceiving", F::setReceiving, 2},
            {"send", F::send, 5}, {"setPeer", F::setPeer, 3}, {"setMembership", F::setMembership, 5},
            {"setMulticastInterface", F::setMulticastInterface, 2}, {"setOption", F::setOption, 3}, {"option", F::option, 2},
            {"active", F::active}, {"activeTypes", F::activeTypes}});
    ScopedObject keptBinding(scope, binding);
    keptBinding->defineDefaultProperty(QStringLiteral("handles"), target);
}

} // namespace loopscope
