// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// A stretch of a loop's time in which it did one thing.
struct Span
{
    enum class Kind : quint8 { Phase, Wait, Task, Call };

    Kind kind = Kind::Task;
    Phase phase = Phase::None; ///< of a phase
    TaskKind taskKind = TaskKind::Internal; ///< of a task
    quint16 loop = 0;
    SubjectId subject = 0; ///< the task
    SiteId site = 0; ///< function of the call or the task
};

/// Hears of spans in the order of the recording. Those of a loop are nested: the one that is opened last is closed first.
class SpanListener
{
public:
    virtual ~SpanListener() = default;
    /// `event` is the one that opens it; `time` of closing is in ns of run time, and what closes several spans closes each.
    virtual void opened(const Span &span, const Event &event) = 0;
    virtual void closed(const Span &span, quint64 time) = 0;
};

/// Makes nested spans of the events of a recording, which are not always so: an error leaves many calls at once, a phase ends where the
/// next one begins, and the file may be damaged or cut.
class SpanWalk
{
public:
    explicit SpanWalk(SpanListener &listener)
        : m_listener(listener)
    {
    }
    /// Takes in the next event of the recording; true if it opened a span, or closed one of its own kind.
    bool apply(const Event &event);
    /// Closes what is open.
    void finish();

private:
    using Stack = std::vector<Span>;

    bool open(Stack &stack, const Event &event, Span span);
    /// Closes the innermost span that `isMeant`, and those inside it.
    template<typename Condition>
    bool close(Stack &stack, Condition isMeant);
    void closeDownTo(Stack &stack, size_t size);
    static bool isCallLeft(const Stack &stack, const Event &event);

    SpanListener &m_listener;
    std::unordered_map<quint16, Stack> m_stacks; ///< by loop
    quint64 m_time = 0;
};

} // namespace loopscope
