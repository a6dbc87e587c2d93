// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ProcessEngine.h"

#include "loop/EventLoop.h"
#include "loop/Tracer.h"
#include "servers/simulated/ServerTrace.h"

namespace loopscope {

ProcessEngine::ProcessEngine(const Server &server, const RunCompanion::Parts &parts, ServerHook *hook, int process, bool keepsConnections,
    StrandId strand, quint64 moment, std::vector<Event> *traced)
    : m_server(server)
    , m_process(process)
    , m_keepsConnections(keepsConnections)
    , m_strand(strand)
    , m_traced(traced)
    , m_startedAt(moment)
{
    m_thread = parts.startProcess(*this, hook, process, moment);
    waitForTurn();
}

ProcessEngine::~ProcessEngine()
{
    if (!hasEnded())
        turn([this] { m_stop(); });
}

void ProcessEngine::pass(Turn to)
{
    const std::scoped_lock lock(m_mutex);
    m_turn = to;
    m_passed.notify_all();
}

void ProcessEngine::waitForTurn()
{
    {
        std::unique_lock lock(m_mutex);
        m_passed.wait(lock, [this] { return m_turn != Turn::Engine; });
    }
    if (m_turn == Turn::Over)
        m_thread.reset();
}

void ProcessEngine::turn(const std::function<void()> &work)
{
    m_work = &work;
    pass(Turn::Engine);
    waitForTurn();
}

// ------------------------------------------------------------------------------------------------- on the engine's thread

std::unique_ptr<IoProvider> ProcessEngine::adopt(std::unique_ptr<IoProvider> provider)
{
    Q_UNUSED(provider) // all processes have the machine's
    auto io = std::make_unique<ProcessIo>(m_server.io, m_process, m_keepsConnections);
    io->setSource(&m_server.source);
    io->onGone = [this] {
        m_lastClock = *m_clock;
        m_clock = &*m_lastClock;
        m_tracer = nullptr;
        pass(Turn::Over);
    };
    m_io = io.get();
    return io;
}

void ProcessEngine::join(const Parts &parts)
{
    m_clock = &parts.tracer.clock();
    m_loop = &parts.loop;
    m_client = &parts.client;
    m_tracer = &parts.tracer;
    if (m_traced) {
        m_tracer->setLane(ServerTrace::laneOf(m_process).value_or(0));
        m_tracer->hold(*m_traced, m_startedAt);
    }
    m_stop = parts.stop;
    m_server.io.setClock(*m_clock);
    parts.tracer.setCosts(m_server.costs);
    parts.loop.setOrder(this);
}

void ProcessEngine::attend()
{
    m_server.companion.attend();
    if (m_server.client.isStopping())
        m_stop();
}

void ProcessEngine::run()
{
    // The script's start was the first turn. A turn in which the script ends is passed on when all is closed.
    while (!m_client->isStopping()) {
        pass(Turn::Server);
        {
            std::unique_lock lock(m_mutex);
            m_passed.wait(lock, [this] { return m_turn == Turn::Engine; });
        }
        (*m_work)();
    }
}

} // namespace loopscope
