// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/SpanWalk.h"

#include <algorithm>

namespace loopscope {

bool SpanWalk::apply(const Event &event)
{
    m_time = event.time;
    Stack &stack = m_stacks[event.loop()];
    switch (event.kind) {
    case EventKind::PhaseEntered:
        closeDownTo(stack, 0);
        return open(stack, event, {.kind = Span::Kind::Phase, .phase = event.phase()});
    case EventKind::PhaseLeft:
        return close(stack, [](const Span &span) { return span.kind == Span::Kind::Phase; });
    case EventKind::IterationStarted:
    case EventKind::RunEnded:
    case EventKind::LoopEnded:
        closeDownTo(stack, 0);
        return false;
    case EventKind::PollWaitStarted:
        return open(stack, event, {.kind = Span::Kind::Wait});
    case EventKind::PollWaitEnded:
        return close(stack, [](const Span &span) { return span.kind == Span::Kind::Wait; });
    case EventKind::TaskBegun:
        return open(stack, event,
            {.kind = Span::Kind::Task, .taskKind = static_cast<TaskKind>(event.detail), .subject = event.subject, .site = event.site});
    case EventKind::TaskEnded:
        return close(stack, [&](const Span &span) { return span.kind == Span::Kind::Task && span.subject == event.subject; });
    case EventKind::CallEntered:
        return open(stack, event, {.kind = Span::Kind::Call, .subject = event.cause, .site = event.site});
    case EventKind::CallLeft:
        return isCallLeft(stack, event)
            && close(stack, [&](const Span &span) { return span.kind == Span::Kind::Call && span.site == event.site; });
    default:
        return false;
    }
}

void SpanWalk::finish()
{
    for (auto &[loop, stack] : m_stacks)
        closeDownTo(stack, 0);
}

/// A call is left inside its own task only.
bool SpanWalk::isCallLeft(const Stack &stack, const Event &event)
{
    for (auto span = stack.rbegin(); span != stack.rend() && span->kind == Span::Kind::Call; ++span) {
        if (span->site == event.site)
            return true;
    }
    return false;
}

bool SpanWalk::open(Stack &stack, const Event &event, Span span)
{
    span.loop = event.loop();
    stack.push_back(span);
    m_listener.opened(span, event);
    return true;
}

template<typename Condition>
bool SpanWalk::close(Stack &stack, Condition isMeant)
{
    const auto found = std::find_if(stack.rbegin(), stack.rend(), isMeant);
    if (found == stack.rend())
        return false;
    closeDownTo(stack, static_cast<size_t>(stack.rend() - found) - 1);
    return true;
}

void SpanWalk::closeDownTo(Stack &stack, size_t size)
{
    while (stack.size() > size) {
        const Span span = stack.back();
        stack.pop_back();
        m_listener.closed(span, m_time);
    }
}

} // namespace loopscope
