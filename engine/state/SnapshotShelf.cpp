// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/SnapshotShelf.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr size_t leastStates = 8; ///< fewer would make jumps slow

} // namespace

void SnapshotShelf::clear(quint64 spacing)
{
    m_states.clear();
    m_bytes = 0;
    m_spacing = spacing;
}

void SnapshotShelf::add(const LoopState &state)
{
    if (!m_states.empty())
        m_bytes += m_states.back().ownBytes();
    while (m_states.size() >= m_most || (m_bytes > m_limit && m_states.size() > leastStates))
        thinOut();
    if (wants(state.cursor))
        m_states.push_back(state);
}

void SnapshotShelf::thinOut()
{
    m_spacing *= 2;
    std::erase_if(m_states, [this](const LoopState &each) { return !wants(each.cursor); });
    m_bytes = 0;
    for (const LoopState &each : m_states)
        m_bytes += each.ownBytes();
}

const LoopState *SnapshotShelf::nearest(quint64 cursor) const
{
    const auto after = std::upper_bound(
        m_states.begin(), m_states.end(), cursor, [](quint64 value, const LoopState &each) { return value < each.cursor; });
    return after == m_states.begin() ? nullptr : &*std::prev(after);
}

} // namespace loopscope
