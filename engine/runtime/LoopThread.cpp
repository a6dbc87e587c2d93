// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/LoopThread.h"

#include "runtime/RuntimeHost.h"
#include "runtime/ServerHook.h"

#include <QThread>

namespace loopscope {

namespace {
/// As the main thread's (see RuntimeHost): reserved, not used until needed.
constexpr uint stackSize = 256U << 20U;
} // namespace

LoopThread::LoopThread(LoopStart start, RecordingWriter &writer)
    : m_start(std::move(start))
    , m_writer(writer)
    , m_thread(QThread::create([this] { run(); }))
{
    m_thread->setStackSize(stackSize);
    m_thread->start();
}

LoopThread::~LoopThread() { wait(); }

void LoopThread::wait() { m_thread->wait(); }

void LoopThread::run()
{
    LoopGroup &group = *m_start.group;
    const int loop = m_start.loop;
    if (group.isVirtual())
        group.scheduler().begin(loop);
    {
        RuntimeHost host(m_start.options, m_writer, nullptr, &m_start);
        Tracer &tracer = host.tracer();
        tracer.emitCaused(
            EventKind::LoopStarted, static_cast<quint8>(m_start.kind), m_start.subject, m_start.cause, 0, tracer.text(m_start.name));
        const bool starts = host.start();
        if (starts)
            host.spin();
        if (m_start.options.server)
            m_start.options.server->ended(host.core().ending(), host.core().exitCode());
        host.provider().handles()->closeAll();
        host.loops().leaveProcesses();
        host.loops().endChildren();
        host.flush();
        tracer.emitEvent(EventKind::LoopEnded, static_cast<quint8>(host.core().ending()), m_start.subject, 0, host.core().exitCode());
        group.endLoop(loop, m_start.parent, starts ? host.core().exitCode() : 1, {}, host.clock().now());
        tracer.setOthersAt(LoopGroup::never);
    }
    if (group.isVirtual())
        group.scheduler().end(loop);
}

} // namespace loopscope
