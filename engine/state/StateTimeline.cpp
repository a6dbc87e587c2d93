// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/StateTimeline.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr size_t mostSnapshots = 512;
constexpr size_t mostSnapshotBytes = size_t{128} * 1024 * 1024;
constexpr quint64 firstSpacing = 1024;
// Going back one event at a time folds at most this many events each, or a 256th of the snapshots' spacing.
constexpr quint64 leastNearSpacing = 64;
constexpr quint64 mostNearStates = 256;

/// What a copy of the state does not share with others, about; deep recursion makes it large.
size_t ownBytes(const LoopState &state)
{
    return sizeof state + state.stack.size() * sizeof(CallFrame) + (state.waitingTasks.size() + state.unsettledPromises.size()) / 2;
}

} // namespace

StateTimeline::StateTimeline(RecordingReader &reader)
    : m_reader(reader)
    , m_spacing(firstSpacing)
{
    m_snapshots.emplace_back();
}

bool StateTimeline::update(quint64 atMost)
{
    m_reader.refresh();
    const quint64 before = m_newest.cursor;
    const quint64 end = before + std::min(atMost, m_reader.eventCount() - before);
    while (m_newest.cursor < end) {
        const Event event = m_reader.event(m_newest.cursor);
        m_index.add(event);
        m_newest.apply(event);
        if (m_newest.cursor % m_spacing == 0)
            keepSnapshot();
    }
    return m_newest.cursor != before;
}

void StateTimeline::keepSnapshot()
{
    while (m_snapshots.size() >= mostSnapshots || (m_snapshotBytes > mostSnapshotBytes && m_snapshots.size() > 1)) {
        m_spacing *= 2;
        std::erase_if(m_snapshots, [this](const LoopState &each) { return each.cursor % m_spacing != 0; });
        m_snapshotBytes = 0;
        for (const LoopState &each : m_snapshots)
            m_snapshotBytes += ownBytes(each);
    }
    if (m_newest.cursor % m_spacing != 0)
        return;
    m_snapshots.push_back(m_newest);
    m_snapshotBytes += ownBytes(m_newest);
}

/// The last of the states that is not after the cursor; null if there is none.
const LoopState *StateTimeline::nearest(const std::vector<LoopState> &states, quint64 cursor) const
{
    const auto after =
        std::upper_bound(states.begin(), states.end(), cursor, [](quint64 value, const LoopState &each) { return value < each.cursor; });
    return after == states.begin() ? nullptr : &*std::prev(after);
}

void StateTimeline::foldTo(LoopState &state, quint64 cursor, quint64 keepEvery)
{
    while (state.cursor < cursor) {
        if (keepEvery != 0 && state.cursor % keepEvery == 0)
            m_near.push_back(state);
        state.apply(m_reader.event(state.cursor));
    }
}

const LoopState &StateTimeline::stateAt(quint64 cursor)
{
    cursor = std::min(cursor, eventCount());
    if (cursor == m_current.cursor)
        return m_current;
    const LoopState *snapshot = nearest(m_snapshots, cursor);
    const LoopState *close = nearest(m_near, cursor);
    const LoopState *from = close != nullptr && close->cursor > snapshot->cursor ? close : snapshot;
    if (cursor > m_current.cursor && m_current.cursor >= from->cursor) { // a step ahead, or a short way
        foldTo(m_current, cursor, 0);
        return m_current;
    }
    // Back: the next request is likely for the event before, so keep states close together on the way from the snapshot.
    const bool goesBack = cursor < m_current.cursor;
    const quint64 nearSpacing = std::max(leastNearSpacing, m_spacing / mostNearStates);
    const bool isNear = close == from && cursor - from->cursor <= nearSpacing;
    m_current = *from;
    if (goesBack && !isNear) {
        m_current = *snapshot;
        m_near.clear();
    }
    foldTo(m_current, cursor, goesBack && !isNear ? nearSpacing : 0);
    return m_current;
}

std::optional<quint64> StateTimeline::nextOf(quint64 cursor, const Predicate &fits) const
{
    for (quint64 index = cursor; index < eventCount(); ++index) {
        if (fits(m_reader.event(index)))
            return index + 1;
    }
    return std::nullopt;
}

std::optional<quint64> StateTimeline::previousOf(quint64 cursor, const Predicate &fits) const
{
    for (quint64 after = std::min(cursor, eventCount() + 1); after > 1; --after) {
        if (fits(m_reader.event(after - 2)))
            return after - 1;
    }
    return std::nullopt;
}

} // namespace loopscope
