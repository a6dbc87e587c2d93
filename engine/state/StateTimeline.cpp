// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/StateTimeline.h"

#include <algorithm>

namespace loopscope {
namespace {

constexpr size_t mostSnapshots = 512;
constexpr quint64 firstSpacing = 1024;
// Going back one event at a time folds at most this many events each, or a 256th of the snapshots' spacing.
constexpr quint64 leastNearSpacing = 64;
constexpr quint64 mostNearStates = 256;
// Of the recording's size, for snapshots and for near states; never less than is of no account beside the window itself.
constexpr quint64 snapshotShare = 4;
constexpr quint64 nearShare = 8;
constexpr quint64 leastBytes = quint64{8} * 1024 * 1024;

} // namespace

StateTimeline::StateTimeline(RecordingReader &reader)
    : m_reader(reader)
    , m_snapshots(firstSpacing, mostSnapshots)
    , m_near(leastNearSpacing, mostNearStates + 1)
{
    m_snapshots.keep(m_newest);
}

void StateTimeline::limitMemory()
{
    m_snapshots.setLimit(std::max(leastBytes, m_reader.bytes() / snapshotShare));
    m_near.setLimit(std::max(leastBytes, m_reader.bytes() / nearShare));
}

bool StateTimeline::update(quint64 atMost)
{
    constexpr quint64 eventSize = sizeof(Event);
    m_reader.refresh(atMost < RecordingReader::all / eventSize ? atMost * eventSize : RecordingReader::all);
    limitMemory();
    const quint64 before = m_newest.cursor;
    const quint64 end = before + std::min(atMost, takeable() - before);
    while (m_newest.cursor < end) {
        const Event event = m_reader.event(m_newest.cursor);
        m_index.add(event);
        m_newest.apply(event);
        m_snapshots.keep(m_newest);
    }
    return m_newest.cursor != before;
}

void StateTimeline::foldTo(LoopState &state, quint64 cursor, SnapshotShelf *keeper)
{
    while (state.cursor < cursor) {
        if (keeper != nullptr)
            keeper->keep(state);
        state.apply(m_reader.event(state.cursor));
    }
}

const LoopState &StateTimeline::stateAt(quint64 cursor)
{
    cursor = std::min(cursor, eventCount());
    if (cursor == m_current.cursor)
        return m_current;
    const LoopState *snapshot = m_snapshots.nearest(cursor);
    const LoopState *close = m_near.nearest(cursor);
    const LoopState *from = close != nullptr && close->cursor > snapshot->cursor ? close : snapshot;
    if (cursor > m_current.cursor && m_current.cursor >= from->cursor) { // a step ahead, or a short way
        foldTo(m_current, cursor, nullptr);
        return m_current;
    }
    // Back: the next request is likely for the event before, so keep states close together on the way from the snapshot.
    const bool goesBack = cursor < m_current.cursor;
    const bool isNear = close == from && cursor - from->cursor <= m_near.spacing();
    const bool keeps = goesBack && !isNear;
    m_current = keeps ? *snapshot : *from;
    if (keeps)
        m_near.clear(std::max(leastNearSpacing, m_snapshots.spacing() / mostNearStates));
    foldTo(m_current, cursor, keeps ? &m_near : nullptr);
    return m_current;
}

const LoopState &StateTimeline::stateAt(quint64 cursor, quint16 loop)
{
    if (loop == 0)
        return stateAt(cursor);
    cursor = std::min(cursor, eventCount());
    auto found = m_others.find(loop);
    if (found == m_others.end()) {
        LoopState start;
        start.loop = loop;
        found = m_others.emplace(loop, OtherLoop{start, start, SnapshotShelf(firstSpacing, mostSnapshots)}).first;
        found->second.snapshots.setLimit(leastBytes);
        found->second.snapshots.keep(start);
    }
    OtherLoop &other = found->second;
    while (other.newest.cursor < cursor) {
        other.newest.apply(m_reader.event(other.newest.cursor));
        other.snapshots.keep(other.newest);
    }
    const LoopState *from = other.snapshots.nearest(cursor);
    if (cursor < other.current.cursor || other.current.cursor < from->cursor)
        other.current = *from;
    foldTo(other.current, cursor, nullptr);
    return other.current;
}

std::optional<quint64> StateTimeline::nextOf(quint64 cursor, const Predicate &fits, quint64 atMost) const
{
    const quint64 end = atMost < eventCount() - std::min(cursor, eventCount()) ? cursor + atMost : eventCount();
    for (quint64 index = cursor; index < end; ++index) {
        if (fits(m_reader.event(index)))
            return index + 1;
    }
    return std::nullopt;
}

std::optional<quint64> StateTimeline::previousOf(quint64 cursor, const Predicate &fits, quint64 atMost) const
{
    const quint64 begin = std::min(cursor, eventCount() + 1);
    for (quint64 after = begin; after > 1 && begin - after < atMost; --after) {
        if (fits(m_reader.event(after - 2)))
            return after - 1;
    }
    return std::nullopt;
}

} // namespace loopscope
