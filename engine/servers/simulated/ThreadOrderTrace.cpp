// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ServerTrace.h"
#include "servers/simulated/ThreadOrder.h"

#include "loop/Tracer.h"

#include <utility>

namespace loopscope {

// What threads run, in the run's recording. The JavaScript of a burst runs before its time (ThreadOrder.h), so its events are held until
// the machine has come to them (HeldBursts).

void ThreadOrder::setTrace(ServerTrace &trace)
{
    m_trace = &trace;
    m_heldBursts.emplace(trace);
    trace.trace(m_tracer, [this](const Event &event) {
        if (m_burstOf != 0)
            tellServed(m_tracer, event);
    });
    m_held = m_tracer.held();
}

/// For which request a task runs.
void ThreadOrder::tellServed(Tracer &tracer, const Event &event)
{
    if (event.kind != EventKind::TaskBegun)
        return;
    if (const SubjectId request = m_trace->subjectOf(m_io.requestOn(m_io.current())); request != 0)
        tracer.emitCaused(EventKind::TaskServes, 0, event.subject, request, 0, 0);
}

void ThreadOrder::holdTrace(int thread, const Runner &runner)
{
    if (!m_trace || !runner.tracer)
        return;
    std::vector<Event> &events = m_traced[runner.engine ? engineOf(thread) : 0];
    events.clear();
    runner.tracer->hold(events, m_now);
    if (!runner.engine)
        m_tracer.setLane(ServerTrace::laneOf(thread).value_or(0));
}

void ThreadOrder::releaseTrace(int thread, const Runner &runner)
{
    if (!m_trace)
        return;
    m_heldBursts->begin(thread, std::exchange(m_traced[runner.engine ? engineOf(thread) : 0], {}), m_now);
    if (runner.engine)
        return; // it holds what it tells in any case
    m_tracer.setLane(0);
    m_tracer.hold(*m_held, m_now);
}

/// An engine has started; its script's start takes no time of the cores.
void ThreadOrder::traceEngine(int process, ProcessEngine &engine)
{
    if (!m_trace)
        return;
    recordEngine(process);
    if (Tracer *tracer = engine.tracer())
        tracer->setAfterEvent([this, tracer](const Event &event) { tellServed(*tracer, event); });
}

/// What an engine told outside of bursts.
void ThreadOrder::recordEngine(int process)
{
    if (!m_trace)
        return;
    for (Event &event : std::exchange(m_traced[process], {})) {
        event.time = m_now;
        if (ServerTrace::laneOf(process))
            m_trace->record(event);
    }
}

} // namespace loopscope
