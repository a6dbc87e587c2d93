// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <atomic>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

namespace loopscope {

/// What stands in front of the threads or processes of a server: listens at a port of this machine, keeps the connections that bring
/// nothing, and hands those that do to whoever is free; the others wait in a queue of limited length. A thread of its own with epoll, as
/// Tomcat's and Jetty's acceptor and selector threads are.
///
///     listening socket ──accept──> idle ──bytes come──> queue ──a slot is free──> slot ──response is out──> idle
///                                                         └─ it is full: reset
///
/// Where slots stay with connections (Options::keepAliveSeconds), one has a connection as soon as it is accepted, and until it ends: those
/// that find no free slot wait in the queue, silent or not.
///
/// A slot is a thread or process with a channel (DescriptorPassing.h) on which it is sent copies of connections, and answers as
/// js/lib/internal/server-slot.js says. It may keep its copy of a connection that is idle: if it is free when bytes come, it serves them,
/// and else lets go of it.
class Dispatcher
{
public:
    enum class Turn : quint8 {
        Request, ///< a slot has a connection for one request
        Connection, ///< slots have as many connections as come, in turn, each until it ends (Node's cluster)
    };
    struct Options
    {
        Turn turn = Turn::Request;
        int slots = 1; ///< at most
        int mostSlots = 1; ///< that setSlots() can ask for
        bool startsAll = true; ///< before they are needed
        int startFirst = 0; ///< else: so many before
        int startAtOnce = 2; ///< that start at the same time
        int backlog = 511; ///< connections that wait for a slot
        double keepAliveSeconds = 0; ///< that a slot stays with a connection that is silent; Turn::Request only
    };
    /// Slots that end one after the other without having served are not started for ever.
    static constexpr int MostEndsInARow = 5;
    /// Starts the thread or process of a slot, and gives our end of its channel; -1 if it cannot. Called on the dispatcher's thread.
    using StartSlot = std::function<int(int slot)>;
    /// Whether a slot stays with a connection, when that changes. Called on the dispatcher's thread.
    using TellStays = std::function<void(int slot, bool stays)>;

    Dispatcher(Options options, StartSlot startSlot, TellStays tellStays = {});
    /// As stop().
    ~Dispatcher();
    Dispatcher(const Dispatcher &) = delete;
    Dispatcher &operator=(const Dispatcher &) = delete;

    /// Binds a free port of 127.0.0.1. False, with a sentence, if there is none.
    bool listen(QString *problem);
    quint16 port() const { return m_port; }
    const Options &options() const { return m_options; }
    /// Starts the thread, and slots.
    void start();
    /// Ends the thread and closes all connections and channels. start() cannot be called again.
    void stop();

    // Any thread:
    void setSlots(int count) { m_wanted = count; }
    int listening() const { return m_listening; } ///< slots that have come as far as to serve
    int queued() const { return m_queued; }
    int takeMostQueued() { return m_mostQueued.exchange(m_queued); } ///< at once, since the last call
    int busy() const { return m_busy; }
    qint64 refused() const { return m_refused; } ///< connections that were reset as the queue was full
    qint64 lost() const { return m_lost; } ///< connections of slots that ended
    qint64 ends() const { return m_ends; } ///< slots that ended though nobody wanted it
    int endsInARow() const { return m_endsInARow; } ///< of these, before they served anything
    double processorSeconds() const; ///< of the thread

private:
    enum class SlotState : quint8 { None, Starting, Free, Busy, Staying };
    struct Slot
    {
        SlotState state = SlotState::None;
        int channel = -1;
        int connection = -1;
        bool hasServed = false;
        quint64 stay = 0; ///< number of the last one
    };
    /// Until when a slot stays with a silent connection.
    struct StayLimit
    {
        qint64 time; ///< ns of CLOCK_MONOTONIC
        int slot;
        quint64 stay;
    };
    enum class Source : quint8 { Listener, Channel, Connection, Waker };

    void run();
    void turn(int timeout);
    void accept();
    void connectionReady(int connection);
    void channelReady(int slot);
    void answer(int slot, char word);
    void slotEnded(int slot, bool isWanted);
    void serve(int connection);
    bool hand(int slot, int connection);
    bool order(int slot, char word, int connection);
    void letGo(int connection);
    int takeSlotFor(int connection);
    void handQueued();
    void startSlots();
    void endSlots();
    void watch(int descriptor, Source source, int number, unsigned events, bool isNew);
    void closeConnection(int connection, bool isReset);
    void setState(int slot, SlotState state, int connection);
    void take(int slot, int connection);
    void stay(int slot, int connection, bool isNew);
    void endStays();
    int untilNextEnd() const;
    int takeFree();

    const Options m_options;
    const StartSlot m_startSlot;
    const TellStays m_tellStays;
    const qint64 m_keep; ///< ns
    int m_listener = -1;
    int m_poll = -1;
    int m_waker = -1;
    quint16 m_port = 0;
    std::thread m_thread;
    std::vector<Slot> m_slots;
    std::vector<int> m_free; ///< slots; the one that became free last serves next, as it is warm. Turn::Connection: all that serve
    std::size_t m_next = 0; ///< Turn::Connection
    std::deque<int> m_queue; ///< connections
    std::vector<bool> m_open; ///< by descriptor: connections of ours
    std::vector<int> m_slotOf; ///< by descriptor: the slot that stays with it, or -1
    std::deque<StayLimit> m_stays; ///< in the order of time, since all are equally long
    int m_staying = 0; ///< slots
    std::vector<int> m_keeper; ///< by descriptor: the slot that keeps its copy of a connection; -1: none
    int m_starting = 0;
    int m_live = 0;
    std::atomic<bool> m_isStopped = false;
    std::atomic<int> m_wanted;
    std::atomic<int> m_listening = 0;
    std::atomic<int> m_queued = 0;
    std::atomic<int> m_mostQueued = 0;
    std::atomic<int> m_busy = 0;
    std::atomic<qint64> m_refused = 0;
    std::atomic<qint64> m_lost = 0;
    std::atomic<qint64> m_ends = 0;
    std::atomic<int> m_endsInARow = 0;
};

} // namespace loopscope
