// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <optional>
#include <vector>

namespace loopscope {

/// Which task ran at which events: from TaskBegun to TaskEnded. Grows with the recording; 16 bytes a task. Widget-free.
class TaskSpans
{
public:
    /// Takes in event number eventCount().
    void add(const Event &event);
    void clear();
    quint64 eventCount() const { return m_eventCount; }

    /// The kind of task that ran for most of the events in [from, to); none if the loop itself was at work. Looks at a few spans only,
    /// whatever the stretch, so that a column of pixels costs the same in every recording.
    std::optional<TaskKind> mostly(quint64 from, quint64 to) const;

private:
    struct Span
    {
        quint64 begin : 56;
        quint64 kind : 8;
        quint64 end; ///< one past the last event; maximum while it runs
    };
    std::vector<Span> m_spans; ///< by begin; they do not overlap: a task nested in another cuts it
    std::vector<TaskKind> m_running;
    quint64 m_eventCount = 0;
};

} // namespace loopscope
