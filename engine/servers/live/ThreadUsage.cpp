// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/ThreadUsage.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

namespace {

/// So many threads are looked at as often as the caller likes; more of them every `rarely` ns.
constexpr int fewThreads = 64;
constexpr qint64 rarely = 1'000'000'000;

/// False if the thread is no more.
bool readSchedule(int process, int thread, ThreadUsage::Figures *figures)
{
    char text[128];
    std::snprintf(text, sizeof text, "/proc/%d/task/%d/schedstat", process, thread);
    const int file = ::open(text, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const ssize_t count = ::read(file, text, sizeof text - 1);
    ::close(file);
    text[std::max<ssize_t>(count, 0)] = '\0';
    long long ran = 0; // ns on a processor, ns in the queue for one, times
    long long waited = 0;
    if (std::sscanf(text, "%lld %lld", &ran, &waited) != 2)
        return false;
    *figures = {static_cast<double>(ran) / 1e9, static_cast<double>(waited) / 1e9};
    return true;
}

} // namespace

ThreadUsage::ThreadUsage(const LaneBoard &board)
    : m_board(board)
    , m_lanes(static_cast<std::size_t>(board.lanes()))
    , m_figures(m_lanes.size())
{
}

void ThreadUsage::look(bool isForced)
{
    const qint64 now = LaneBoard::now();
    if (!isForced && m_board.lanes() > fewThreads && now - m_lookedAt < rarely)
        return;
    double waited = 0;
    for (std::size_t index = 0; index < m_lanes.size(); ++index) {
        const LaneBoard::Lane &board = m_board.lane(static_cast<int>(index));
        Lane &lane = m_lanes[index];
        Figures &figures = m_figures[index];
        if (const int thread = board.thread.load(std::memory_order_relaxed); thread != lane.thread)
            lane = {board.process.load(std::memory_order_relaxed), thread, figures};
        Figures own;
        if (lane.thread == 0 || !readSchedule(lane.process, lane.thread, &own))
            continue;
        const double ready = lane.before.readySeconds + own.readySeconds;
        waited += ready - figures.readySeconds;
        figures = {lane.before.processorSeconds + own.processorSeconds, ready};
    }
    const double passed = static_cast<double>(now - m_lookedAt) / 1e9;
    m_ready = m_lookedAt > 0 && passed > 0 ? waited / passed : 0;
    m_lookedAt = now;
}

} // namespace loopscope
