// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QString>

#include <atomic>
#include <memory>
#include <vector>

namespace loopscope {

/// Something that a server's thread wrote down.
struct LaneNote
{
    enum class Kind : quint8 {
        State, ///< the thread is in another state
        RequestBegan, ///< it came to the server's code
        HandlerBegan, ///< what was added to it is over
        RequestEnded,
    };
    qint64 time = 0; ///< ns of CLOCK_MONOTONIC
    qint64 request = 0; ///< its number; 0: none, or one without a number
    Kind kind = Kind::State;
    ThreadState state = ThreadState::Idle; ///< Kind::State
};

/// Memory that a run of the lab shares with the processes of its server: a lane for each thread, in which the thread, and nobody else,
/// writes down what it does, and what a person adds to each request. Writing takes some tens of ns and never waits; whoever reads too
/// seldom misses notes, and knows how many.
class LaneBoard
{
public:
    /// What of a lane is written: counters that only grow, or the latest value.
    struct Lane
    {
        std::atomic<qint32> process; ///< 0: not started
        std::atomic<qint32> thread; ///< 0: not known yet
        std::atomic<quint16> port; ///< at which it listens; 0: it does not
        std::atomic<quint8> state; ///< ThreadState
        std::atomic<bool> stays; ///< with a connection, between its requests too; the dispatcher writes it
        std::atomic<quint64> starts;
        std::atomic<quint64> begun; ///< requests
        std::atomic<quint64> ended;
        std::atomic<quint64> notes; ///< written so far
    };

    /// A new board; null if there is no memory.
    static std::unique_ptr<LaneBoard> make(int lanes);
    /// The board behind a descriptor that was inherited; null if it is none.
    static std::unique_ptr<LaneBoard> open(int descriptor);
    ~LaneBoard();
    LaneBoard(const LaneBoard &) = delete;
    LaneBoard &operator=(const LaneBoard &) = delete;

    int descriptor() const { return m_descriptor; }
    int lanes() const { return m_head->lanes; }
    Lane &lane(int index) const { return m_lanes[index]; }
    /// By the thread of the lane only.
    void write(int lane, const LaneNote &note) const;

    /// Threads that run offloaded functions, of which there may be more or fewer at any time.
    void setWorkers(int count) const { m_head->workers = count; }
    int workers() const { return m_head->workers; }
    void setExtras(double ioMilliseconds, double cpuMilliseconds) const;
    double ioMilliseconds() const { return m_head->ioMilliseconds.load(std::memory_order_relaxed); }
    double cpuMilliseconds() const { return m_head->cpuMilliseconds.load(std::memory_order_relaxed); }

    static qint64 now(); ///< ns of CLOCK_MONOTONIC

    // For programs that know the board as a file:
    std::ptrdiff_t offsetOf(const void *member) const { return static_cast<const char *>(member) - static_cast<const char *>(m_memory); }
    const void *placeOfIo() const { return &m_head->ioMilliseconds; } ///< a double
    const void *placeOfCpu() const { return &m_head->cpuMilliseconds; } ///< a double

private:
    struct Head
    {
        quint32 mark;
        qint32 lanes;
        qint32 notes; ///< kept of each lane
        std::atomic<qint32> workers;
        std::atomic<double> ioMilliseconds;
        std::atomic<double> cpuMilliseconds;
    };
    /// The second word: request << 8 | state << 4 | kind.
    struct Cell
    {
        std::atomic<qint64> time;
        std::atomic<quint64> what;
    };
    friend class LaneReader;

    LaneBoard(int descriptor, void *memory, std::size_t bytes);
    static std::size_t bytesOf(int lanes, int notes);
    Cell *cellsOf(int lane) const { return m_cells + static_cast<std::ptrdiff_t>(lane) * m_head->notes; }

    int m_descriptor;
    void *m_memory;
    std::size_t m_bytes;
    Head *m_head;
    Lane *m_lanes;
    Cell *m_cells;
};

/// Reads a lane's notes, each once, on one thread.
class LaneReader
{
public:
    LaneReader(const LaneBoard &board, int lane)
        : m_board(&board)
        , m_lane(lane)
    {
    }
    /// Those that came since the last call, oldest first.
    std::vector<LaneNote> take();
    /// Notes that were overwritten before they were read, in all.
    qint64 missed() const { return m_missed; }

private:
    const LaneBoard *m_board;
    int m_lane;
    quint64 m_next = 0;
    qint64 m_missed = 0;
};

} // namespace loopscope
