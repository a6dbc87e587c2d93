// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/SpanWalk.h"
#include "state/WaitingTasks.h"

#include <array>

namespace loopscope {

/// How an event of the recording that neither opens nor closes a span looks in a trace.
struct EventLook
{
    char phase =
        'i'; ///< in Chrome's letters: i instant, b begin, n step and e end of what overlaps, M a name or the like, which is not shown
    const char *category = "note";
    SubjectId id = 0; ///< of what overlaps

    bool isAsync() const { return id != 0; }
};

/// What begins, goes on and ends beside the stack: requests, promises, waiting timers. Anything else is an instant.
EventLook lookOf(const Event &event);

/// The category of a span: phase, idle, task or call.
const char *categoryOf(const Span &span);

/// The words for LoopQueue in traces.
constexpr std::array<const char *, loopQueueCount> queueKeys = {
    "", "nextTick", "microtasks", "timers", "pending", "poll", "check", "closing"};

/// What is told of spans, events and lanes in traces for viewers of several programs.
class TraceNames
{
public:
    explicit TraceNames(const ExportNames &names)
        : m_names(names)
    {
    }
    const ExportNames &names() const { return m_names; }

    QString span(const Span &span) const;
    /// Parts of what overlaps belong together by their name, too.
    QString event(const Event &event, const EventLook &look) const;
    /// The thread that a lane is.
    QString lane(quint16 lane) const;
    /// The process that a loop is in.
    QString process(quint16 loop) const;
    /// Its number. Loops in threads are in the main script's process, 1.
    quint32 processOf(quint16 loop) const;

private:
    const ExportNames &m_names;
};

/// True if a thread of the pool begins or ends a request there; the last lane stands for several threads.
bool isPoolWork(const Event &event);

} // namespace loopscope
