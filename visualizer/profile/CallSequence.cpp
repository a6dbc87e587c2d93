// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/CallSequence.h"

#include <algorithm>

namespace loopscope {

CallSequence::CallSequence(quint16 loop)
    : m_loop(loop)
    , m_graph(std::make_shared<FlameGraph>())
{
}

bool CallSequence::update(const RecordingReader &reader, quint64 atMost)
{
    const quint64 there = std::max(m_events, reader.eventCount());
    const quint64 end = m_events + std::min(atMost, there - m_events);
    if (m_events == end)
        return false;
    for (; m_events < end; ++m_events) {
        const Event event = reader.event(m_events);
        if (event.loop() == m_loop && event.lane() % lanesOfLoop == 0)
            add(m_functions.inFunction(event, reader));
    }
    for (std::size_t row = 0; row < m_tree.frames().size(); ++row)
        m_graph->reach(static_cast<int>(row), m_time);
    return true;
}

void CallSequence::add(const Event &event)
{
    m_time = std::max(m_time, event.time); // damage may let it go back
    const std::size_t before = m_tree.frames().size();
    m_tree.add(event);
    const std::size_t after = m_tree.frames().size();
    for (std::size_t row = before; row > after; --row)
        m_graph->end(static_cast<int>(row) - 1, m_time);
    if (after > before)
        m_graph->begin(static_cast<int>(before), m_time, m_tree.current(), static_cast<quint32>(m_events));
}

} // namespace loopscope
