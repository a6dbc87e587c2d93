// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ServerNatives.h"

#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"
#include "runtime/ServerHook.h"

#include <QByteArrayList>
#include <QFileInfo>

#include <ctime>

namespace loopscope {

using namespace QV4;

namespace {

ServerHook &hook() { return *RuntimeHost::current().options().server; }

/// ns that this thread has spent on a processor.
quint64 threadTime()
{
    struct timespec spent = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<quint64>(spent.tv_sec) * 1'000'000'000 + static_cast<quint64>(spent.tv_nsec);
}

// leave(): the run ends here
ReturnedValue leave(const FunctionObject *, const Value *, const Value *, int)
{
    RuntimeHost::current().core().stop(RunEnding::Stopped, 0);
    return Encode::undefined();
}

// listening(port)
ReturnedValue listening(const FunctionObject *, const Value *, const Value *argv, int)
{
    RuntimeHost::current().compiler().rest(); // most of what there is to load has been
    hook().listening(static_cast<quint16>(argv[0].toInt32()));
    return Encode::undefined();
}

// requestBegan(number, method, url)
ReturnedValue requestBegan(const FunctionObject *, const Value *, const Value *argv, int)
{
    hook().requestBegan(static_cast<qint64>(argv[0].toNumber()), argv[1].toQStringNoThrow(), argv[2].toQStringNoThrow());
    return Encode::undefined();
}

// handlerBegins(number)
ReturnedValue handlerBegins(const FunctionObject *, const Value *, const Value *argv, int)
{
    hook().handlerBegins(static_cast<qint64>(argv[0].toNumber()));
    return Encode::undefined();
}

// requestEnded(number, status)
ReturnedValue requestEnded(const FunctionObject *, const Value *, const Value *argv, int)
{
    hook().requestEnded(static_cast<qint64>(argv[0].toNumber()), argv[1].toInt32());
    return Encode::undefined();
}

// ioMilliseconds()
ReturnedValue ioMilliseconds(const FunctionObject *, const Value *, const Value *, int) { return Encode(hook().ioMilliseconds()); }

// workers()
ReturnedValue workers(const FunctionObject *, const Value *, const Value *, int) { return Encode(hook().workers()); }

// compute(): keeps the processor busy for the hook's cpuMilliseconds()
ReturnedValue compute(const FunctionObject *, const Value *, const Value *, int)
{
    const auto nanoseconds = static_cast<quint64>(hook().cpuMilliseconds() * 1e6);
    if (nanoseconds == 0)
        return Encode::undefined();
    if (Clock &clock = RuntimeHost::current().clock(); clock.isVirtual()) {
        clock.work(nanoseconds);
        return Encode::undefined();
    }
    // Time on the processor, and not of the day: beside others it takes longer, as every computation does.
    const quint64 end = threadTime() + nanoseconds;
    while (threadTime() < end) { }
    return Encode::undefined();
}

/// Tells the hook for which request JavaScript runs. The request is a property of the async context, which goes with all that a handler
/// starts; server-request.js makes such contexts, and AsyncLocalStorage others from them.
class ContextListener
{
public:
    ContextListener(Core &core, ServerHook &server)
        : m_core(core)
        , m_server(server)
        , m_name(core.v4(), core.v4()->newIdentifier(QStringLiteral("request"))->asReturnedValue())
        , m_last(core.v4(), Encode::undefined())
    {
    }
    void operator()(const Value &context)
    {
        if (!context.isObject()) {
            m_server.callbackOf(0);
            return;
        }
        // Callbacks of one request mostly come several in a row.
        if (context.rawValue() != m_last.valueRef()->rawValue()) {
            Scope scope(m_core.v4());
            ScopedObject object(scope, context);
            ScopedString name(scope, m_name.value());
            ScopedValue request(scope, object->get(name));
            m_last.set(m_core.v4(), context);
            m_lastRequest = request->isNumber() ? static_cast<qint64>(request->asDouble()) : 0;
        }
        m_server.callbackOf(m_lastRequest);
    }

private:
    Core &m_core;
    ServerHook &m_server;
    PersistentValue m_name;
    PersistentValue m_last; ///< kept, so that no other object takes its place
    qint64 m_lastRequest = 0;
};

} // namespace

QByteArray offloadCode(RuntimeHost &host, const QString &path)
{
    const ServerHook *server = host.options().server;
    const QStringList names = server ? server->offloaded() : QStringList();
    if (names.isEmpty() || QFileInfo(host.options().file).canonicalFilePath() != QFileInfo(path).canonicalFilePath())
        return {};
    QByteArrayList entries;
    for (const QString &name : names) {
        const QByteArray text = name.toUtf8();
        entries << text + ": { get: () => typeof " + text + " === 'undefined' ? undefined : " + text + ", set: (f) => { " + text
                + " = f; } }";
    }
    return "\n;process[Symbol.for('loopscope.offload')]({ " + entries.join(", ") + " });\n";
}

ServerHook *hookOfWorker(const RuntimeHost &host, const QString &name)
{
    static const QString prefix = QStringLiteral("loopscope:offload:");
    ServerHook *server = host.options().server;
    return server && name.startsWith(prefix) ? server->hookOfWorker(name.mid(prefix.size()).toInt()) : nullptr;
}

void defineServerNatives(RuntimeHost &host, Object *binding)
{
    if (!host.options().server)
        return;
    ExecutionEngine *v4 = host.core().v4();
    Scope scope(v4);
    ScopedObject keptBinding(scope, binding);
    ScopedObject target(scope, v4->newObject());
    defineNatives(v4, target,
        {{"leave", leave}, {"listening", listening, 1}, {"requestBegan", requestBegan, 3}, {"handlerBegins", handlerBegins, 1},
            {"requestEnded", requestEnded, 2}, {"ioMilliseconds", ioMilliseconds}, {"workers", workers}, {"compute", compute}});
    const ServerHook::Place place = host.options().server->place();
    ScopedValue value(scope, Value::fromInt32(static_cast<int>(place.way)));
    putNamed(target, QStringLiteral("way"), value);
    value = Value::fromInt32(place.port);
    putNamed(target, QStringLiteral("port"), value);
    value = Value::fromInt32(place.backlog);
    putNamed(target, QStringLiteral("backlog"), value);
    value = Value::fromInt32(place.channel);
    putNamed(target, QStringLiteral("channel"), value);
    value = Value::fromInt32(place.mostStaying);
    putNamed(target, QStringLiteral("mostStaying"), value);
    value = Value::fromBoolean(place.keepsConnections);
    putNamed(target, QStringLiteral("keepsConnections"), value);
    value = Value::fromBoolean(place.isFirst);
    putNamed(target, QStringLiteral("isFirst"), value);
    keptBinding->defineDefaultProperty(QStringLiteral("server"), target);
    if (host.options().server->hearsOfCallbacks())
        host.core().setContextListener(ContextListener(host.core(), *host.options().server));
}

} // namespace loopscope
