// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/LaneBoard.h"

#include <algorithm>
#include <ctime>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr quint32 boardMark = 0x6c6f6f70; // "loop"
/// 64 Ki notes of all lanes together, so that few lanes, which are busy ones, have long ones.
constexpr int notesOfAll = 1 << 16;
constexpr int leastNotes = 256;
constexpr unsigned stateShift = 4;
constexpr unsigned requestShift = 8;

} // namespace

std::size_t LaneBoard::bytesOf(int lanes, int notes)
{
    return sizeof(Head) + static_cast<std::size_t>(lanes) * (sizeof(Lane) + static_cast<std::size_t>(notes) * sizeof(Cell));
}

LaneBoard::LaneBoard(int descriptor, void *memory, std::size_t bytes)
    : m_descriptor(descriptor)
    , m_memory(memory)
    , m_bytes(bytes)
    , m_head(static_cast<Head *>(memory))
    , m_lanes(reinterpret_cast<Lane *>(m_head + 1))
    , m_cells(nullptr)
{
}

std::unique_ptr<LaneBoard> LaneBoard::make(int lanes)
{
    const int notes = std::max(leastNotes, notesOfAll / std::max(lanes, 1));
    const std::size_t bytes = bytesOf(lanes, notes);
    const int descriptor = ::memfd_create("loopscope-lanes", MFD_CLOEXEC);
    if (descriptor < 0 || ::ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) {
        if (descriptor >= 0)
            ::close(descriptor);
        return nullptr;
    }
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        ::close(descriptor);
        return nullptr;
    }
    auto *head = static_cast<Head *>(memory); // zeros are the beginning of everything else
    head->mark = boardMark;
    head->lanes = lanes;
    head->notes = notes;
    std::unique_ptr<LaneBoard> board(new LaneBoard(descriptor, memory, bytes));
    board->m_cells = reinterpret_cast<Cell *>(board->m_lanes + lanes);
    for (int lane = 0; lane < lanes; ++lane)
        board->lane(lane).state = static_cast<quint8>(ThreadState::Gone);
    return board;
}

std::unique_ptr<LaneBoard> LaneBoard::open(int descriptor)
{
    struct stat facts = {};
    if (::fstat(descriptor, &facts) != 0 || static_cast<std::size_t>(facts.st_size) < sizeof(Head))
        return nullptr;
    const auto bytes = static_cast<std::size_t>(facts.st_size);
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED)
        return nullptr;
    std::unique_ptr<LaneBoard> board(new LaneBoard(descriptor, memory, bytes));
    const Head &head = *board->m_head;
    if (head.mark != boardMark || head.lanes < 0 || head.notes < leastNotes || bytesOf(head.lanes, head.notes) != bytes)
        return nullptr;
    board->m_cells = reinterpret_cast<Cell *>(board->m_lanes + head.lanes);
    return board;
}

LaneBoard::~LaneBoard()
{
    ::munmap(m_memory, m_bytes);
    ::close(m_descriptor);
}

void LaneBoard::write(int lane, const LaneNote &note) const
{
    Lane &target = m_lanes[lane];
    const quint64 number = target.notes.load(std::memory_order_relaxed);
    Cell &cell = cellsOf(lane)[number % static_cast<quint64>(m_head->notes)];
    cell.time.store(note.time, std::memory_order_relaxed);
    cell.what.store(static_cast<quint64>(note.request) << requestShift | static_cast<quint64>(note.state) << stateShift
            | static_cast<quint64>(note.kind),
        std::memory_order_relaxed);
    target.notes.store(number + 1, std::memory_order_release);
}

void LaneBoard::setExtras(double ioMilliseconds, double cpuMilliseconds) const
{
    m_head->ioMilliseconds.store(ioMilliseconds, std::memory_order_relaxed);
    m_head->cpuMilliseconds.store(cpuMilliseconds, std::memory_order_relaxed);
}

qint64 LaneBoard::now()
{
    struct timespec moment = {};
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return static_cast<qint64>(moment.tv_sec) * 1'000'000'000 + static_cast<qint64>(moment.tv_nsec);
}

std::vector<LaneNote> LaneReader::take()
{
    const LaneBoard::Lane &lane = m_board->lane(m_lane);
    const LaneBoard::Cell *cells = m_board->cellsOf(m_lane);
    const auto kept = static_cast<quint64>(m_board->m_head->notes);
    const quint64 end = lane.notes.load(std::memory_order_acquire);
    const auto skipTo = [this](quint64 first) {
        m_missed += static_cast<qint64>(first - m_next);
        m_next = first;
    };
    if (end - m_next > kept)
        skipTo(end - kept);
    std::vector<LaneNote> notes;
    notes.reserve(end - m_next);
    const quint64 first = m_next;
    for (; m_next < end; ++m_next) {
        const LaneBoard::Cell &cell = cells[m_next % kept];
        const quint64 what = cell.what.load(std::memory_order_relaxed);
        notes.push_back({cell.time.load(std::memory_order_relaxed), static_cast<qint64>(what >> requestShift),
            static_cast<LaneNote::Kind>(what & 0xfU), static_cast<ThreadState>(what >> stateShift & 0xfU)});
    }
    // What was overwritten meanwhile, or is being: one more note may be half written.
    std::atomic_thread_fence(std::memory_order_acquire);
    const quint64 written = lane.notes.load(std::memory_order_relaxed) + 1;
    if (written > kept && written - kept > first) {
        const auto spoilt = static_cast<std::ptrdiff_t>(std::min<quint64>(written - kept - first, notes.size()));
        notes.erase(notes.begin(), notes.begin() + spoilt);
        m_missed += spoilt;
    }
    return notes;
}

} // namespace loopscope
