// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Runtime.h"

#include "runtime/RuntimeHost.h"

namespace loopscope {

using namespace QV4;

struct Runtime::Private
{
    RuntimeHost host;
};

Runtime::Runtime(const RunOptions &options, RecordingWriter &writer, ControlGate *gate)
    : d(new Private{RuntimeHost(options, writer, gate)})
{
}

Runtime::~Runtime() = default;

OverlayFileSystem *Runtime::files() { return d->host.overlay(); }

QStringList Runtime::unmetChanges() const { return d->host.unmetChanges(); }

void RuntimeHost::spin()
{
    if (m_loops.group().isAskedToEnd(m_loops.loop()))
        endAsAsked();
    else
        runMain();
    // As Node's SpinEventLoop: 'beforeExit' may give the loop new work; 'exit' may not.
    while (!m_core.isStopping()) {
        runLoop();
        m_core.asyncHooks().runDestroyHooks();
        if (m_core.isStopping())
            break;
        Scope scope(m_core.v4());
        ScopedValue result(scope);
        const bool returned = m_core.callHook("beforeExit", nullptr, 0, result);
        if (!returned)
            m_core.reportUncaught(result, false);
        else if (!m_core.isStopping())
            leaveCallbackScope();
        if (!m_loop.isAlive())
            break;
    }
    if (!m_core.isStopping()) {
        Scope scope(m_core.v4());
        ScopedValue code(scope, Value::fromInt32(0));
        const bool returned = m_core.callHook("exit", nullptr, 0, code);
        if (!returned)
            m_core.reportUncaught(code, false);
        else
            m_core.runMicrotasks(); // those of the handlers; ticks are refused by now
        if (returned && !m_core.isStopping())
            m_core.stop(RunEnding::Finished, code->toInt32());
    }
}

int Runtime::run()
{
    RuntimeHost &host = d->host;
    Core &core = host.core();
    Tracer &tracer = host.tracer();
    if (!host.start())
        return 70; // EX_SOFTWARE
    if (host.gate())
        host.gate()->waitAtStart();
    host.spin();
    host.provider().handles()->closeAll();
    host.loops().leaveProcesses();
    host.loops().endChildren();
    host.loops().group().closePorts(LoopGroup::mainLoop, host.clock().now());
    if (core.ending() != RunEnding::Limit && core.ending() != RunEnding::Stopped)
        host.loops().waitForProcesses();
    host.loops().takeProcesses();
    host.loops().endChildren();
    host.flush();
    host.recordWrittenFiles();
    tracer.emitEvent(EventKind::RunEnded, static_cast<quint8>(core.ending()), 0, 0, core.exitCode());
    tracer.writer().finish();
    if (host.gate())
        host.gate()->ended(core.exitCode());
    return core.exitCode();
}

} // namespace loopscope
