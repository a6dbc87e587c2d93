// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/LaneWatch.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {
/// A look at lanes tells at most so many spans; a screen has no more columns for them.
constexpr std::size_t mostSpans = 20'000;
/// Parts of a request's way.
constexpr std::size_t mostParts = 200;
} // namespace

LaneWatch::LaneWatch(const LaneBoard &board, qint64 origin, qint64 keepsWays)
    : m_board(board)
    , m_origin(origin)
    , m_keepsWays(keepsWays)
{
    for (int lane = 0; lane < board.lanes(); ++lane)
        m_lanes.push_back({LaneReader(board, lane), ThreadState::Gone, 0, 0});
    // What was before the load is of no interest.
    for (Lane &lane : m_lanes) {
        const std::vector<LaneNote> notes = lane.reader.take();
        const auto last =
            std::find_if(notes.rbegin(), notes.rend(), [](const LaneNote &entry) { return entry.kind == LaneNote::Kind::State; });
        if (last != notes.rend()) {
            lane.state = last->state;
            lane.since = seconds(LaneBoard::now());
        }
        m_missed -= lane.reader.missed();
    }
}

void LaneWatch::setOrigin(qint64 origin)
{
    const double later = seconds(origin);
    for (Lane &lane : m_lanes)
        lane.since -= later;
    m_origin = origin;
}

LabLanes LaneWatch::take()
{
    LabLanes lanes;
    const double now = seconds(LaneBoard::now());
    lanes.time = now;
    qint64 missed = m_missed;
    for (std::size_t index = 0; index < m_lanes.size(); ++index) {
        Lane &lane = m_lanes[index];
        const std::vector<LaneNote> notes = lane.reader.take();
        for (const LaneNote &entry : notes)
            note(static_cast<int>(index), entry, &lanes);
        // A state that goes on is told up to here, so that lanes are whole.
        if (lane.state != ThreadState::Gone)
            close(static_cast<int>(index), now, &lanes);
        missed += lane.reader.missed();
    }
    lanes.left += missed - std::exchange(m_missed, 0);
    for (const Lane &lane : m_lanes)
        m_missed -= lane.reader.missed();
    return lanes;
}

/// Who stays with a silent connection waits for it.
ThreadState LaneWatch::shown(int lane, ThreadState state) const
{
    return state == ThreadState::Idle && m_board.lane(lane).stays.load(std::memory_order_relaxed) ? ThreadState::Blocked : state;
}

void LaneWatch::close(int index, double until, LabLanes *lanes)
{
    Lane &lane = m_lanes[static_cast<std::size_t>(index)];
    if (until <= lane.since)
        return;
    const LabSpan span{index + 1, shown(index, lane.state), lane.since, until, lane.request};
    lane.since = until;
    if (Way *way = keptWay(span.request)) {
        std::vector<LabSpan> &parts = way->spans;
        if (!parts.empty() && parts.back().state == span.state && parts.back().to == span.from)
            parts.back().to = span.to;
        else if (parts.size() < mostParts)
            parts.push_back(span);
    }
    if (lane.state == ThreadState::Gone)
        return;
    // One that was told in pieces, as it lasted, need not be one of the reader's.
    if (lanes->spans.size() < mostSpans)
        lanes->spans.push_back(span);
    else
        ++lanes->left;
}

void LaneWatch::note(int index, const LaneNote &note, LabLanes *lanes)
{
    Lane &lane = m_lanes[static_cast<std::size_t>(index)];
    const double time = seconds(note.time);
    if (note.kind == LaneNote::Kind::State) {
        if (note.state == lane.state && note.request == lane.request && lane.state != ThreadState::Gone)
            return;
        close(index, time, lanes);
        lane.state = note.state;
        lane.request = note.request;
        lane.since = time;
        return;
    }
    Way *way = keptWay(note.request);
    if (!way)
        return;
    if (note.kind == LaneNote::Kind::RequestBegan) {
        way->began = time;
        way->lane = index;
    } else if (note.kind == LaneNote::Kind::HandlerBegan) {
        way->handler = time;
    } else {
        way->ended = time;
    }
}

LaneWatch::Way *LaneWatch::keptWay(qint64 request)
{
    if (request < 1 || request > m_keepsWays)
        return nullptr;
    const auto number = static_cast<std::size_t>(request);
    if (m_ways.size() < number)
        m_ways.resize(std::max(number, 2 * m_ways.size()));
    return &m_ways[number - 1];
}

qint64 LaneWatch::inService() const
{
    qint64 count = 0;
    for (int index = 0; index < m_board.lanes(); ++index) {
        const LaneBoard::Lane &lane = m_board.lane(index);
        count += static_cast<qint64>(lane.begun.load(std::memory_order_relaxed) - lane.ended.load(std::memory_order_relaxed));
    }
    return std::max<qint64>(0, count);
}

std::array<int, 4> LaneWatch::states(double waiting) const
{
    std::array<int, 4> counts = {};
    for (int index = 0; index < m_board.lanes(); ++index) {
        const auto state =
            static_cast<std::size_t>(shown(index, static_cast<ThreadState>(m_board.lane(index).state.load(std::memory_order_relaxed))));
        if (state < counts.size())
            ++counts[state];
    }
    int &running = counts[static_cast<std::size_t>(ThreadState::Running)];
    const int ready = std::clamp(static_cast<int>(std::lround(waiting)), 0, running);
    running -= ready;
    counts[static_cast<std::size_t>(ThreadState::Ready)] = ready;
    return counts;
}

int LaneWatch::threads() const
{
    int count = 0;
    for (int index = 0; index < m_board.lanes(); ++index)
        count += m_board.lane(index).state.load(std::memory_order_relaxed) != static_cast<quint8>(ThreadState::Gone) ? 1 : 0;
    return count;
}

const LaneWatch::Way *LaneWatch::way(qint64 request) const
{
    if (request < 1 || static_cast<std::size_t>(request) > m_ways.size())
        return nullptr;
    const Way &found = m_ways[static_cast<std::size_t>(request - 1)];
    return found.lane < 0 ? nullptr : &found;
}

} // namespace loopscope
