// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/Scenario.h"
#include "servers/load/CounterRandom.h"
#include "servers/load/LoadFigures.h"
#include "servers/modelled/HeldConnections.h"
#include "servers/modelled/Processors.h"
#include "servers/modelled/RequestProfile.h"

#include <functional>
#include <vector>

namespace loopscope {

/// A request under way. Slots are used again.
struct ModelledRequest
{
    quint64 number = 0; ///< from 1
    qint64 sent = 0; ///< ns since the run began
    quint32 client = 0; ///< of a closed load
    quint32 connection = 0; ///< on which it comes, where threads stay with connections
    quint32 route = 0; ///< of RequestProfile
    quint32 sample = 0;
    quint32 thread = 0; ///< that serves it, or the loop
    quint32 next = 0; ///< in the line in which it waits
    quint32 earlier = 0; ///< those that clients sent before and after it and still wait for
    quint32 later = 0;
    quint16 stage = 0;
    quint8 attempts = 0; ///< to connect, that a loop's full backlog dropped
    bool isAwaited = false; ///< its client has neither an answer nor given up
    bool isQueued = false; ///< nobody has begun with it
    bool isLost = false; ///< whoever served it died: what it waited for comes to nobody
    bool isSilent = false; ///< it is no request, but a connection that wants a thread and asks nothing
    bool isSocket = false; ///< silent, and of WebSocket: it has its thread until it ends
};

/// A line of requests, linked through their slots.
struct RequestLine
{
    quint32 first = Processors::none;
    quint32 last = Processors::none;
    quint32 size = 0;
};

/// The server's side of a modelled run: what each model does with requests. Threads of all models share the machine's cores
/// (Processors).
///
///  * event loop, cluster: a request's callbacks wait in the loop's line and run one after the other;
///  * workers: computing that is named by the scenario goes to a worker thread and comes back as a callback;
///  * thread per request: a thread begins with each request, as long as there are fewer than the limit and memory for its stack;
///  * thread pool, processes: a fixed number of threads; further requests wait, up to the backlog, beyond which they lose their
///  connections.
///
/// A loop's own backlog is the kernel's, which drops a connection that finds it full; its client tries again after 1, 2, 4 ... s.
/// A thread that has a request waits where the request waits, and where the scenario says so (ScenarioMachine::keepAliveSeconds), then
/// stays with its connection. A connection of WebSocket has its thread until it ends. Times are ns since the run began.
class ModelledServer
{
public:
    static constexpr quint32 none = Processors::none;

    ModelledServer(const Scenario &scenario, ServerModel model, const RequestProfile &profile, EventHeap &events, LaneBook &lanes,
        RequestBook &requests);

    /// The request's answer, or what happened instead, has come to the client; Count: a success. The slot is free afterwards.
    std::function<void(quint32 slot, LoadFailure failure, qint64 now)> onAnswered;
    /// The server ends a connection that a thread stayed with long enough.
    std::function<void(quint32 connection, qint64 now)> onEnded;

    // --- requests ---
    /// A slot for a request that is on its way to the server.
    quint32 add(const ModelledRequest &request);
    ModelledRequest &request(quint32 slot) { return m_slots[slot]; }
    /// Requests that the server or a client still has to do with.
    size_t present() const { return m_slots.size() - m_free.size(); }
    /// An event `Arrive`, `Wake` or `Core`.
    void arrive(quint32 slot, qint64 now);
    /// It does not come so far: there is no connection for it.
    void turnAway(quint32 slot, qint64 now);
    void wake(quint32 slot, qint64 now);
    void stepCore(quint32 core, qint64 now);

    // --- connections, where threads stay with them ---
    bool hasSeveralLoops() const { return m_model == ServerModel::Cluster; }
    bool holdsIdle() const { return m_held.keeps(); }
    /// Those of WebSocket.
    bool holdsSockets() const { return m_holdsSockets; }
    bool holdsConnections() const { return holdsIdle() || holdsSockets(); }
    /// A connection that asks nothing. False if it is refused.
    bool connect(quint32 connection, bool isSocket, qint64 now);
    /// The client has ended it.
    void disconnect(quint32 connection, qint64 now);
    /// Clients have ended connections of WebSocket, or wait for them no more.
    void endSockets(quint32 from, quint32 to, qint64 now);
    /// The connection of WebSocket that has a thread, from this one on; none if there is none.
    quint32 openSocket(quint32 connection) const { return m_held.nextForGood(connection); }
    /// When a thread has stayed with a connection long enough, and to be called then.
    qint64 nextTime() { return m_held.nextTime(); }
    void advance(qint64 now);

    // --- settings that act at once ---
    void setExtra(double ioMilliseconds, double cpuMilliseconds);
    void setThreads(int threads, qint64 now);
    void setCores(int cores, qint64 now) { m_processors.setCores(cores, now); }
    /// How many connections the machine has memory for, beside its threads.
    qint64 connectionsThatFit() const;
    /// Connections that clients keep open.
    void setConnections(qint64 connections) { m_connections = connections; }

    // --- figures ---
    /// The most from here on.
    void countMost();
    int mostQueued() const { return m_mostQueued; }
    qint64 mostMemory() const { return m_mostMemory; }
    int queued() const { return m_queued; }
    int threads() const { return m_processors.threads(); }
    qint64 switches() const { return m_processors.switches(); }
    qint64 memory() const { return memoryWith(0, 0); }
    const QString &death() const { return m_death; }
    qint64 lostToDeath() const { return m_lostToDeath; }
    qint64 threadDeaths() const { return m_threadDeaths; }
    bool ranOutOfMemory() const { return m_ranOutOfMemory; }

private:
    enum class Role : quint8 { Loop, Worker, PoolThread, Server };
    struct Thread
    {
        Role role = Role::Server;
        bool isBusy = false; ///< a loop: runs or waits for a core; others: tidy up after an answer
        bool isNew = false; ///< a thread for one request or connection: has not begun
        quint32 request = none; ///< that it serves, or whose callback it runs
        RequestLine line; ///< callbacks of a loop; of others, what came on their connection meanwhile
        quint32 leftOfIteration = 0; ///< callbacks that were ready when its loop looked last
        int toAccept = 0; ///< connections that came since
    };
    /// What comes next for a request.
    struct Next
    {
        enum class Kind : quint8 { Compute, Wait, Tick, Offload, Pool, Answer };
        Kind kind = Kind::Answer;
        qint64 time = 0;
        quint32 name = 0;
    };

    /// Threads that compute for loops.
    struct Helpers
    {
        explicit Helpers(Role helperRole)
            : role(helperRole)
        {
        }
        Role role;
        int limit = 0; ///< of threads; those that are too many end when they are through
        int count = 0;
        std::vector<quint32> idle;
        RequestLine line; ///< wait for one of them
    };

    bool hasLoops() const
    {
        return m_model == ServerModel::EventLoop || m_model == ServerModel::Workers || m_model == ServerModel::Cluster;
    }
    bool hasProcesses() const { return m_model == ServerModel::Cluster || m_model == ServerModel::Processes; }
    quint32 startThread(Role role, qint64 now);
    void push(RequestLine &line, quint32 slot);
    quint32 pop(RequestLine &line);
    Next nextOf(ModelledRequest &request) const;
    double hearers() const;
    qint64 timeAfter(const ModelledRequest &request) const;
    qint64 heardAfter(const ModelledRequest &request) const;
    void waitFor(quint32 slot, const Next &next, qint64 now);
    qint64 answer(quint32 slot, qint64 now);
    void tidyUp(quint32 thread, qint64 time, bool isOnCore, qint64 now);
    void finish(quint32 slot, LoadFailure failure, qint64 now);
    void refuse(quint32 slot, qint64 now) { finish(slot, LoadFailure::Refused, now); }
    void repeatConnecting(quint32 slot, qint64 now);
    void noteMost();
    void dequeue(quint32 slot);
    qint64 memoryWith(int moreThreads, int moreConnections) const;

    // loops
    quint32 loopFor(const ModelledRequest &request) const;
    void arriveAtLoop(quint32 slot, qint64 now);
    void callBack(quint32 slot, qint64 now);
    void runCallback(quint32 loop, bool isOnCore, qint64 now);
    void endCallback(quint32 loop, qint64 now);
    void hand(Helpers &helpers, quint32 slot, const Next &next, qint64 now);
    void endHelp(Helpers &helpers, quint32 thread, qint64 now);

    // threads
    void arriveAtThreads(quint32 slot, qint64 now);
    quint32 takeThread(qint64 now);
    bool queue(quint32 slot);
    void stay(quint32 thread, bool isOnCore, qint64 now);
    void release(quint32 thread, bool isOnCore, qint64 now);
    void serve(quint32 thread, quint32 slot, bool isOnCore, qint64 now);
    void dieWithThread(quint32 slot, quint32 thread, bool isOnCore, qint64 now);
    void carryOn(quint32 thread, bool isOnCore, qint64 now);
    void afterAnswer(quint32 thread, bool isOnCore, qint64 now);
    void rest(quint32 thread, bool isOnCore, ThreadState state, qint64 now);

    /// Whether its request is one that ends whoever serves it: an error that nobody catches, at the end of its first computing.
    bool dies(quint32 slot, quint32 thread, bool isOnCore, qint64 now);
    void dieWithLoop(quint32 loop, const QString &reason, qint64 now);

    const ServerModel m_model;
    const ScenarioMachine m_machine;
    const RequestProfile &m_profile;
    const bool m_keepsConnections;
    const bool m_holdsSockets;
    const int m_sockets; ///< of WebSocket; 0: there are none
    EventHeap &m_events;
    RequestBook &m_requests;
    Processors m_processors;
    HeldConnections m_held;
    std::vector<ModelledRequest> m_slots;
    std::vector<quint32> m_free;
    std::vector<Thread> m_threads; ///< by their numbers in Processors
    std::vector<quint32> m_loops; ///< numbers of threads
    Helpers m_workers{Role::Worker};
    Helpers m_pool{Role::PoolThread};
    std::vector<quint32> m_idle; ///< of a pool
    RequestLine m_waiting; ///< for a thread
    int m_limit = 1; ///< of loops, workers or threads
    qint64 m_extraWait = 0;
    qint64 m_extraWork = 0;
    qint64 m_connections = 0;
    qint64 m_served = 0; ///< requests that are in the server
    int m_queued = 0;
    int m_mostQueued = 0;
    qint64 m_mostMemory = 0;
    QString m_death;
    qint64 m_lostToDeath = 0;
    qint64 m_threadDeaths = 0;
    bool m_ranOutOfMemory = false;
};

} // namespace loopscope
