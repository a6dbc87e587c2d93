// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace loopscope {

/// Lets several event loops, each on a thread of its own, share one virtual time: a conservative discrete-event simulation (Chandy and
/// Misra, 1979) in which one thread runs at a time. Each loop stands at a moment of its own. The one that is furthest behind has the turn,
/// and may go on until another one would be further behind; so whatever loops do to each other, and whatever they record, happens in the
/// order of virtual time, and equal runs are equal. Loops that are busy at the same time do not delay each other: their work counts once.
///
/// A loop whose moment equals another's goes first if its number is smaller. Moments are ns of run time.
/// Functions with a `loop` are called on that loop's thread while it has the turn, unless they say otherwise.
class LoopScheduler
{
public:
    static constexpr quint64 never = ~0ULL;

    LoopScheduler();
    ~LoopScheduler();
    LoopScheduler(const LoopScheduler &) = delete;
    LoopScheduler &operator=(const LoopScheduler &) = delete;

    /// A new loop that waits until `moment`; its number. Loop 0 is there from the beginning, and has the turn.
    int add(quint64 moment);
    /// The first call on a new loop's thread: waits for its first turn.
    void begin(int loop);
    /// The loop has ended; another one takes the turn. For all but loop 0, which ends last.
    void end(int loop);

    /// False as long as there is one loop only, which never needs to ask.
    bool hasOthers(int loop) const;
    /// The first moment at which the loop must ask (see goOn) before it does anything that others could notice.
    quint64 askAt(int loop) const;
    /// The loop is at `moment`, and busy: waits until it is the one furthest behind.
    void goOn(int loop, quint64 moment);
    /// The loop has nothing to do until `moment`: waits until then, or until woken, and gives the moment at which it goes on. `isIdle`:
    /// what it does then is nothing to wait for. When all loops sleep that are idle or sleep until `never`, loop 0 is given `never`.
    quint64 sleep(int loop, quint64 moment, bool isIdle = false);
    /// Called by the loop that has the turn: `loop` sleeps no longer than until `moment`, at which something comes for it.
    void wake(int loop, quint64 moment);
    /// Loops that are busy or could be at `moment`, this one included.
    int busyAt(int loop, quint64 moment) const;

private:
    struct Member
    {
        quint64 moment = 0; ///< does nothing before
        bool sleeps = false;
        bool isIdle = false; ///< and sleeps
        bool hasEnded = false;
        std::condition_variable hasTurn;
    };

    int furthestBehind() const;
    bool allAreIdle() const;
    void handOver(int loop, std::unique_lock<std::mutex> &lock);

    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Member>> m_members; ///< by number
    int m_turn = 0;
    bool m_isOver = false; ///< loop 0 has the turn since all are idle
};

} // namespace loopscope
