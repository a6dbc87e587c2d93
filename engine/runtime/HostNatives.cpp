// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/HostNatives.h"

#include "io/SystemErrors.h"
#include "runtime/Natives.h"
#include "runtime/RuntimeHost.h"
#include "runtime/RuntimeLibrary.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>

#include <algorithm>
#include <cmath>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

using namespace QV4;

namespace {

/// The same on every machine, so that a recording is: what Node would show is only a number anyway.
constexpr int virtualProcessId = 4242;

RuntimeHost &host() { return RuntimeHost::current(); }

/// As UTF-8, with U+FFFD for half a surrogate pair; Qt would write a question mark.
QByteArray wellFormedUtf8(QString text)
{
    for (qsizetype index = 0; index < text.size(); ++index) {
        const QChar unit = text.at(index);
        if (!unit.isSurrogate())
            continue;
        if (unit.isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate())
            ++index;
        else
            text[index] = QChar::ReplacementCharacter;
    }
    return text.toUtf8();
}

// writeStdout(text or bytes) -> 0, or why nobody gets it
ReturnedValue writeStream(int stream, const Value *argv)
{
    const TypedArray *view = argv[0].as<TypedArray>();
    return Encode(host().write(stream,
        view ? QByteArray(view->constArrayData() + view->byteOffset(), static_cast<qsizetype>(view->byteLength()))
             : wellFormedUtf8(argv[0].toQStringNoThrow())));
}
ReturnedValue writeStdout(const FunctionObject *, const Value *, const Value *argv, int) { return writeStream(1, argv); }
ReturnedValue writeStderr(const FunctionObject *, const Value *, const Value *argv, int) { return writeStream(2, argv); }

ReturnedValue now(const FunctionObject *, const Value *, const Value *, int) { return Encode(host().now()); }
ReturnedValue epochNow(const FunctionObject *, const Value *, const Value *, int) { return Encode(host().epochNow()); }

// exit(code): ends the run; nothing after it runs.
ReturnedValue exitRun(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    host().core().stop(RunEnding::Exited, argumentAt(argv, argc, 0).toInt32() & 0xff);
    return Encode::undefined();
}
// fail(code, wasRefused): the same, after an error that nobody caught, or a file that could not be prepared.
ReturnedValue failRun(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const bool wasRefused = argumentAt(argv, argc, 1).toBoolean();
    host().core().stop(wasRefused ? RunEnding::Refused : RunEnding::Uncaught, argumentAt(argv, argc, 0).toInt32() & 0xff);
    return Encode::undefined();
}

/// What a call of the file system failed with, as an exception.
ReturnedValue throwFileError(ExecutionEngine *v4, int error, const char *syscall, const QString &path = {})
{
    Scope scope(v4);
    const IoError described = error == refusedAccess ? Permissions::takeRefusal() : makeIoError(error, QLatin1String(syscall), path);
    ScopedValue object(scope, IoNatives::current().errorObject(described));
    return v4->throwError(object);
}

ReturnedValue cwd(const FunctionObject *function, const Value *, const Value *, int)
{
    QByteArray path;
    if (const int error = host().files().currentDirectory(&path); error < 0)
        return throwFileError(function->engine(), error, "uv_cwd");
    return function->engine()->newString(QFile::decodeName(path))->asReturnedValue();
}

ReturnedValue chdir(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QString path = argv[0].toQStringNoThrow();
    if (const int error = host().files().changeDirectory(QFile::encodeName(path)); error < 0)
        return throwFileError(function->engine(), error, "chdir", path);
    return Encode::undefined();
}

// setModeMask(mask) -> the mask of before
ReturnedValue setModeMask(const FunctionObject *, const Value *, const Value *argv, int)
{
    return Encode(host().files().setModeMask(argv[0].toUInt32()));
}

ReturnedValue memoryUsage(const FunctionObject *function, const Value *, const Value *, int)
{
    Scope scope(function);
    MemoryManager *memory = scope.engine->memoryManager;
    struct rusage usage
    {
    };
    getrusage(RUSAGE_SELF, &usage);
    Value *values = scope.alloc(5);
    values[0] = Value::fromDouble(static_cast<double>(usage.ru_maxrss) * 1024);
    values[1] = Value::fromDouble(static_cast<double>(memory->getAllocatedMem()));
    values[2] = Value::fromDouble(static_cast<double>(memory->getUsedMem()));
    values[3] = Value::fromDouble(static_cast<double>(memory->getLargeItemsMem()));
    values[4] = Value::fromDouble(0);
    return scope.engine->newArrayObject(values, 5)->asReturnedValue();
}

// loopTimes() -> [ms when the loop began to turn, or -1; ms that it has waited in its poll phases]
ReturnedValue loopTimes(const FunctionObject *function, const Value *, const Value *, int)
{
    Scope scope(function);
    Value *values = scope.alloc(2);
    const std::optional<quint64> start = host().loopStart();
    values[0] = start ? Value::fromDouble(static_cast<double>(*start) / 1e6) : Value::fromInt32(-1);
    values[1] = Value::fromDouble(static_cast<double>(host().idleTime()) / 1e6);
    return scope.engine->newArrayObject(values, 2)->asReturnedValue();
}

ReturnedValue cpuUsage(const FunctionObject *function, const Value *, const Value *, int)
{
    Scope scope(function);
    Value *values = scope.alloc(2);
    if (host().clock().isVirtual()) {
        values[0] = Value::fromDouble(std::floor(static_cast<double>(host().clock().now()) / 1000));
        values[1] = Value::fromInt32(0);
    } else {
        struct rusage usage
        {
        };
        getrusage(RUSAGE_SELF, &usage);
        values[0] = Value::fromDouble(static_cast<double>(usage.ru_utime.tv_sec) * 1e6 + static_cast<double>(usage.ru_utime.tv_usec));
        values[1] = Value::fromDouble(static_cast<double>(usage.ru_stime.tv_sec) * 1e6 + static_cast<double>(usage.ru_stime.tv_usec));
    }
    return scope.engine->newArrayObject(values, 2)->asReturnedValue();
}

ReturnedValue isTerminal(const FunctionObject *, const Value *, const Value *argv, int) { return Encode(isatty(argv[0].toInt32()) != 0); }

// --- files and compiler behind the module loader ---

// readSource(path) -> string; throws ENOENT and friends
ReturnedValue readSource(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const Permissions::LoadingScope loading;
    const QString path = argv[0].toQStringNoThrow();
    FileSystem &files = host().files();
    const int handle = files.open(QFile::encodeName(path), O_RDONLY, 0);
    if (handle < 0)
        return throwFileError(function->engine(), handle, "open", path);
    constexpr qint64 chunkSize = 65536;
    QByteArray text;
    qint64 count = 0;
    do {
        const qsizetype length = text.size();
        text.resize(length + chunkSize);
        count = files.read(handle, text.data() + length, chunkSize, -1);
        text.truncate(length + std::max<qint64>(count, 0));
    } while (count > 0);
    files.close(handle);
    if (count < 0)
        return throwFileError(function->engine(), static_cast<int>(count), "read", path);
    return function->engine()->newString(QString::fromUtf8(text))->asReturnedValue();
}

// statKind(path) -> 0 file, 1 directory, -1 none; throws if this run may not look
ReturnedValue statKind(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const Permissions::LoadingScope loading;
    FileStatus status;
    const int error = host().files().status(QFile::encodeName(argv[0].toQStringNoThrow()), true, &status);
    if (error == refusedAccess)
        return throwFileError(function->engine(), error, "stat");
    return Encode(error < 0 ? -1 : S_ISDIR(status.mode) ? 1 : 0);
}

ReturnedValue realpath(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const Permissions::LoadingScope loading;
    const QString path = argv[0].toQStringNoThrow();
    QByteArray real;
    const int error = host().files().resolve(QFile::encodeName(path), &real);
    return function->engine()->newString(error < 0 ? path : QFile::decodeName(real))->asReturnedValue();
}

// compile(path, 'commonjs' | 'module' | 'global', text) -> { outer, requests, exportNames, starExports, hasTopLevelAwait, firstSite }
ReturnedValue compile(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const QString name = argv[1].toQStringNoThrow();
    const ScriptKind kind = name == QLatin1String("module") ? ScriptKind::Module
        : name == QLatin1String("global")                   ? ScriptKind::Global
                                                            : ScriptKind::CommonJs;
    return host().compile(argv[0].toQStringNoThrow(), kind, argumentAt(argv, argc, 2).toQStringNoThrow().toUtf8());
}

// loadLibrary(bundle) -> function of the binding that gives the library, or another bundle beside it
ReturnedValue loadLibrary(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const QJSValue library = RuntimeLibrary::load(host().core().engine(), argumentAt(argv, argc, 0).toQStringNoThrow());
    if (library.isError()) {
        Scope scope(function);
        ScopedValue error(scope, QJSValuePrivate::asReturnedValue(&library));
        return scope.engine->throwError(error);
    }
    return QJSValuePrivate::asReturnedValue(&library);
}

// enqueueClosing(callback): a close callback, for the closing phase.
ReturnedValue enqueueClosing(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Core &core = host().core();
    Tracer &tracer = core.tracer();
    const SubjectId task = tracer.newSubject();
    const SubjectId cause = tracer.runningTask();
    const SiteId site = core.siteOf(argv[0]);
    tracer.emitEvent(EventKind::TaskCreated, static_cast<quint8>(TaskKind::CloseCallback), task, site, tracer.currentSite());
    const PersistentValue callback(function->engine(), argv[0]);
    const PersistentValue context(function->engine(), core.asyncContext());
    host().loop().enqueueClosing([&core, task, cause, site, callback, context] {
        Scope scope(core.v4());
        core.tracer().clock().work(core.tracer().costs().callback);
        core.tracer().beginTask(task, TaskKind::CloseCallback, cause, site);
        ScopedValue kept(scope, context.value());
        core.setAsyncContext(kept);
        ScopedValue result(scope);
        kept = callback.value();
        const bool returned = core.call(kept, Value::undefinedValue(), nullptr, 0, result);
        core.tracer().endTask(task, TaskKind::CloseCallback, !returned);
        core.setAsyncContext(Value::undefinedValue());
        if (!returned)
            core.reportUncaught(result, false);
        else
            core.runNextTicks();
    });
    return Encode::undefined();
}

// activeTimers() -> [timers, immediates] that keep the loop alive
ReturnedValue activeTimers(const FunctionObject *function, const Value *, const Value *, int)
{
    Scope scope(function);
    Value *counts = scope.alloc(2);
    counts[0] = Value::fromInt32(host().loop().referencedTimers());
    counts[1] = Value::fromInt32(host().loop().referencedImmediates());
    return scope.engine->newArrayObject(counts, 2)->asReturnedValue();
}

// activeRequests() -> the objects of I/O requests under way
ReturnedValue activeRequests(const FunctionObject *, const Value *, const Value *, int) { return IoNatives::current().activeRequests(); }

// refusal(permission, resource) -> the error of a call that this run does not allow
ReturnedValue refusal(const FunctionObject *, const Value *, const Value *argv, int)
{
    const std::optional<Permission> permission = Permissions::named(argv[0].toQStringNoThrow());
    Q_ASSERT(permission);
    return IoNatives::current().errorObject(Permissions::refusal(*permission, argv[1].toQStringNoThrow()));
}

// mayReach(host, port) -> boolean: a connection to a name or an address
ReturnedValue mayReach(const FunctionObject *, const Value *, const Value *argv, int)
{
    return Encode(host().permissions().mayReach(argv[0].toQStringNoThrow(), argv[1].toInt32()));
}

// mayReachAddress(host, address, port) -> boolean: the same when the name has been looked up
ReturnedValue mayReachAddress(const FunctionObject *, const Value *, const Value *argv, int)
{
    return Encode(host().permissions().mayReachAddress(argv[0].toQStringNoThrow(), argv[1].toQStringNoThrow(), argv[2].toInt32()));
}

// mayListen(address, port) -> 0 no, 1 at the loopback address only, 2 as asked
ReturnedValue mayListen(const FunctionObject *, const Value *, const Value *argv, int)
{
    const QString address = argv[0].toQStringNoThrow();
    const int port = argv[1].toInt32();
    if (!host().permissions().mayListen(address, port))
        return Encode(0);
    const bool isUnspecified = address.isEmpty() || address == QLatin1String("::") || address == QLatin1String("0.0.0.0");
    return Encode(isUnspecified && !host().permissions().mayListenEverywhere(port) ? 1 : 2);
}

// mayRun(program) -> boolean
ReturnedValue mayRun(const FunctionObject *, const Value *, const Value *argv, int)
{
    return Encode(host().permissions().mayRun(argv[0].toQStringNoThrow()));
}

void defineConstants(RuntimeHost &owner, Object *binding)
{
    ExecutionEngine *v4 = owner.core().v4();
    Scope scope(v4);
    ScopedObject target(scope, binding);
    ScopedValue value(scope);
    const auto put = [&](const char *name) { putNamed(target, QLatin1String(name), value); };
    const RunOptions &options = owner.options();
    const bool isVirtual = owner.clock().isVirtual();
    const LoopStart *start = owner.ownStart();
    const bool isProcess = start && start->kind != LoopKind::Worker;
    value = Value::fromInt32((isVirtual ? virtualProcessId : static_cast<int>(getpid())) + (isProcess ? start->loop + start->process : 0));
    put("pid");
    value = Value::fromInt32(isProcess && start->kind == LoopKind::Child ? virtualProcessId
            : isVirtual                                                  ? virtualProcessId - 1
                                                                         : static_cast<int>(getppid()));
    put("ppid");
    value = v4->newString(QCoreApplication::applicationFilePath());
    put("execPath");
    value = v4->newString(QStringLiteral("linux"));
    put("platform");
    value = v4->newString(QStringLiteral("x64"));
    put("arch");
    value = Value::fromDouble(isVirtual ? owner.epochNow() - owner.now() : owner.epochNow());
    put("wallTimeOrigin");
    value = Value::fromBoolean(isVirtual);
    put("isVirtualClock");
    value = Value::fromBoolean(options.isIoReal);
    put("isIoReal");
    value = Value::fromBoolean(options.forceModule);
    put("forceModule");
    value = v4->newArrayObject(
        QStringList{QStringLiteral("run"), QStringLiteral("--io"), QStringLiteral("real")} + options.permissions.options());
    put("childArguments"); // of a run of this program that a script starts
    value = Value::fromDouble(static_cast<double>(options.seed));
    put("seed");
    value = v4->newString(options.file);
    put("mainFile");
    if (options.standardInput) {
        value = v4->newString(QString::fromUtf8(*options.standardInput));
        put("mainText");
    }
    value = v4->newArrayObject(options.arguments);
    put("arguments");
    value = v4->newArrayObject(options.nodeOptions);
    put("execArgv");
    ScopedObject environment(scope, v4->newObject());
    QStringList hidden;
    const bool hasOwnEnvironment = start && (start->kind == LoopKind::Worker || start->kind == LoopKind::Child);
    for (qsizetype index = 0; hasOwnEnvironment && index + 1 < start->environment.size(); index += 2) {
        value = v4->newString(start->environment[index + 1]);
        putNamed(environment, start->environment[index], value);
    }
    const QProcessEnvironment system = hasOwnEnvironment ? QProcessEnvironment() : QProcessEnvironment::systemEnvironment();
    for (const QString &name : system.keys()) {
        if (!owner.permissions().maySee(name)) {
            hidden.append(name);
            continue;
        }
        value = v4->newString(system.value(name));
        putNamed(environment, name, value);
    }
    putNamed(target, QStringLiteral("env"), environment);
    value = v4->newArrayObject(hidden);
    put("hiddenEnv");
}

} // namespace

void defineHostNatives(RuntimeHost &owner, Object *binding)
{
    defineNatives(owner.core().v4(), binding,
        {{"writeStdout", writeStdout, 1}, {"writeStderr", writeStderr, 1}, {"writeStdoutBytes", writeStdout, 1},
            {"writeStderrBytes", writeStderr, 1}, {"now", now}, {"epochNow", epochNow}, {"exit", exitRun, 1}, {"fail", failRun, 1},
            {"cwd", cwd}, {"chdir", chdir, 1}, {"setModeMask", setModeMask, 1}, {"memoryUsage", memoryUsage}, {"cpuUsage", cpuUsage},
            {"loopTimes", loopTimes}, {"isatty", isTerminal, 1}, {"readSource", readSource, 1}, {"statKind", statKind, 1},
            {"realpath", realpath, 1}, {"compile", compile, 3}, {"loadLibrary", loadLibrary, 1}, {"enqueueClosing", enqueueClosing, 1},
            {"activeTimers", activeTimers}, {"activeRequests", activeRequests}, {"refusal", refusal, 2}, {"mayReach", mayReach, 2},
            {"mayReachAddress", mayReachAddress, 3}, {"mayListen", mayListen, 2}, {"mayRun", mayRun, 1}});
    defineConstants(owner, binding);
}

} // namespace loopscope
