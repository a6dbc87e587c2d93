// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/CallTree.h"
#include "analysis/profiler/SiteFunctions.h"
#include "profile/FlameGraph.h"

#include <limits>
#include <memory>

namespace loopscope {

/// The callbacks and calls of a loop one after the other, as a flame graph in the order of time. Grows with the recording. Memory: 24 bytes
/// a call that took time, and a call tree. Needs no window; not thread-safe.
class CallSequence
{
public:
    explicit CallSequence(quint16 loop = 0);

    static constexpr quint64 all = std::numeric_limits<quint64>::max();
    /// Takes in events the reader has and this has not, at most `atMost` of them. True if there were any.
    bool update(const RecordingReader &reader, quint64 atMost = all);
    quint64 eventCount() const { return m_events; }

    /// The same graph all the time: it grows. Callbacks are row 0; what has not come back yet reaches to the last event.
    std::shared_ptr<const FlameGraph> graph() const { return m_graph; }
    /// What the frames' nodes stand for: which function in which callback.
    const std::vector<CallNode> &nodes() const { return m_tree.nodes(); }

private:
    void add(const Event &event);

    quint16 m_loop;
    quint64 m_events = 0;
    quint64 m_time = 0; ///< of the loop's last event
    SiteFunctions m_functions;
    CallTree m_tree;
    std::shared_ptr<FlameGraph> m_graph;
};

} // namespace loopscope
