// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/LoopScheduler.h"
#include "recording/Event.h"

#include <QArrayDataPointer>
#include <QByteArray>
#include <QString>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <variant>
#include <vector>

namespace loopscope {

class HandleInFlight;
class LoopThread;

/// A part of a message on its way from one JavaScript heap to another; js/lib/internal/message-codec.js makes and reads sequences of them.
/// No text or buffer of the sender's heap is shared, but for the memory of a SharedArrayBuffer.
struct MessagePart
{
    struct SharedMemory
    {
        QArrayDataPointer<char> memory;
    };
    std::variant<std::monostate, std::nullptr_t, bool, double, QString, QByteArray, SharedMemory> value;
};

/// An end of a channel between two loops, or within one. 0 is none.
using PortNumber = quint32;

struct Message
{
    quint64 arrival = 0; ///< ns of run time; on the wall clock the moment it was sent
    SubjectId subject = 0;
    std::vector<MessagePart> parts;
    std::vector<PortNumber> ports; ///< that come with it
    std::vector<std::shared_ptr<HandleInFlight>> handles; ///< that come with it
};

/// What a loop is told from outside.
struct Notice
{
    enum class Kind : quint8 {
        Message, ///< there is something at `port`
        Closed, ///< the other end of `port` was closed
        Ended, ///< the loop `loop`, which this one started, has ended
    };
    Kind kind = Kind::Message;
    quint64 arrival = 0;
    PortNumber port = 0;
    int loop = 0;
    int exitCode = 0;
    QString error; ///< code of Node's error, if it could not go on
};

/// What the loops of one run share: turns on virtual time, the channels between them, and word of each other's end. On the wall clock the
/// loops run at the same time and everything here is locked; in virtual time one runs at a time.
class LoopGroup
{
public:
    static constexpr quint64 never = LoopScheduler::never;
    /// A message takes this long, in ns of virtual time: what writing to an eventfd and waking a thread takes on Linux.
    static constexpr quint64 messageLatency = 20'000;
    static constexpr int mainLoop = 0;

    LoopGroup(bool isVirtual, int cores);

    bool isVirtual() const { return m_isVirtual; }
    /// Processors that busy loops share, in virtual time.
    int cores() const { return m_cores; }
    LoopScheduler &scheduler() { return m_scheduler; }

    /// A loop that can do something from `moment` on.
    int addLoop(quint64 moment);
    /// It has ended: closes its ports, and tells `parent`.
    void endLoop(int loop, int parent, int exitCode, const QString &error, quint64 now);

    /// Its process has ended: who is at the other ends of its ports hears so.
    void closePorts(int loop, quint64 now);

    /// Node's numbers of threads, from 1.
    int nextThreadId() { return ++m_lastThreadId; }

    // --- channels ---
    std::pair<PortNumber, PortNumber> openChannel(int loop);
    /// Sends to the other end; false if there is none any more.
    bool post(PortNumber from, Message message, quint64 now);
    /// Takes a port out of its loop, to be sent in a message; `adopt` puts it into another.
    void release(PortNumber port);
    void adopt(PortNumber port, int loop, quint64 now);
    /// Messages of a port that is not started wait for receive().
    void setStarted(PortNumber port, bool isStarted, quint64 now);
    /// Both ends: the other one's loop is told.
    void close(PortNumber port, quint64 now);
    /// The first message that has come to a port, started or not.
    std::optional<Message> receive(PortNumber port, quint64 now);
    /// The lane of the loop that the other end is in; nothing while it is on its way.
    std::optional<quint16> laneBehind(PortNumber port) const;

    // --- broadcast ---
    /// The port at which `loop` hears what other loops broadcast under a name; and leaves again.
    PortNumber join(const QString &name, int loop);
    void leave(const QString &name, PortNumber port, quint64 now);
    /// Sends to all other members; true if there is one.
    bool broadcast(const QString &name, PortNumber from, const Message &message, quint64 now);

    // --- what comes to a loop ---
    /// The moment of the first notice; never if there is none.
    quint64 nextNotice(int loop) const;
    std::optional<Notice> takeNotice(int loop, quint64 now);
    /// Wall clock: waits for a notice or an interruption, `nanoseconds` at most.
    void waitForNotice(int loop, quint64 nanoseconds);

    // --- ends asked for from outside ---
    /// `loop` ends at its next turn or statement, whatever it does.
    void askToEnd(int loop, quint64 now);
    bool isAskedToEnd(int loop) const;
    bool hasEnded(int loop) const;
    /// Wall clock: called on other threads, to end a loop's wait for I/O, and to have a busy one look at isAskedToEnd().
    void setCalls(int loop, std::function<void()> wakeUp, std::function<void()> interrupt);

    // --- processes whose parent has ended ---
    void addOrphan(int loop, std::shared_ptr<LoopThread> thread);
    /// For the main loop, which ends last.
    std::map<int, std::shared_ptr<LoopThread>> takeOrphans();

    // --- Atomics.wait and notify ---
    struct Waiter;
    enum class WaitOutcome : quint8 { Ok, TimedOut, Ended };
    /// Waits for a notification at an address of shared memory. `until`: run time. In virtual time `now` moves to where it goes on.
    WaitOutcome waitAt(const void *address, int loop, quint64 until, quint64 *now);
    /// Wakes up to `count` that wait there, the longest first; how many it was.
    int notifyAt(const void *address, quint64 count, quint64 now);

private:
    struct Port
    {
        int loop = -1; ///< -1: on its way in a message
        PortNumber other = 0; ///< 0: closed, or a member of a broadcast
        bool isStarted = false;
        std::deque<Message> queue;
    };
    struct Member
    {
        std::multimap<quint64, Notice> notices; ///< by arrival, then in the order they were sent
        bool isAskedToEnd = false;
        bool hasEnded = false;
        std::condition_variable changed;
        std::function<void()> wakeUp;
        std::function<void()> interrupt;
    };

    Member &member(int loop) { return *m_members[static_cast<std::size_t>(loop)]; }
    const Member &member(int loop) const { return *m_members[static_cast<std::size_t>(loop)]; }
    void tell(int loop, Notice notice);
    void put(PortNumber number, Message message);
    quint64 arrivalOf(quint64 now) const { return m_isVirtual ? now + messageLatency : now; }
    void closeLocked(PortNumber port, quint64 now);
    std::vector<PortNumber> portsOf(int loop) const;

    const bool m_isVirtual;
    const int m_cores;
    std::atomic<int> m_lastThreadId = 0;
    LoopScheduler m_scheduler;
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Member>> m_members; ///< by number of the loop
    std::map<PortNumber, Port> m_ports;
    PortNumber m_lastPort = 0;
    std::map<QString, std::set<PortNumber>> m_broadcasts;
    std::map<int, std::shared_ptr<LoopThread>> m_orphans;
    std::deque<Waiter *> m_waiters; ///< the longest first
};

} // namespace loopscope
