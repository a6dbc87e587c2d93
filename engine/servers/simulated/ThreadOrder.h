// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/EventLoop.h"
#include "runtime/RunCompanion.h"
#include "servers/lab/Scenario.h"
#include "servers/simulated/HeldBursts.h"
#include "servers/simulated/LaneBook.h"
#include "servers/simulated/Machine.h"
#include "servers/simulated/ProcessEngine.h"
#include "servers/simulated/RequestBook.h"
#include "servers/simulated/ServerIo.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The order of callbacks in a server that has threads instead of a loop's phases. They share one JavaScript heap, as threads of a Java
/// server do; processes have an engine each (ProcessEngine). Thread 1 runs the script's start, accepts connections, and has all that
/// belongs to no request. The others run requests:
///
///     a request comes ──> queue ──(a thread is free)──> the thread runs its callbacks, one burst each, on the machine's cores
///                                                        └── and waits where the request waits, until the answer is written
///
/// and then stays with the connection, where ScenarioMachine::keepAliveSeconds says so; or, as the loops of a cluster, are given
/// connections in turn and run callbacks of all of them as they become ready. A connection that is kept alive, but with no thread, goes
/// back from a process to thread 1 after each request, and may have its next one with another.
///
/// V4 cannot be interrupted, so a burst's JavaScript runs at once when its thread gets a core. How long it takes is what the virtual clock
/// counted; what it did to the outside happens when the machine has come to that offset (ServerIo). Threads that run at the same time see
/// each other's writes to shared variables a little early, then, as of the beginning of the burst.
class ThreadOrder final : public LoopOrder, private Machine::Client, private ConnectionSource
{
public:
    /// Processes above share the engines of these: each takes some 11 MB and 20 ms.
    static constexpr int MostEngines = 128;

    ThreadOrder(const ScenarioMachine &machine, ServerModel model, const RunCompanion::Parts &parts, ServerIo &io, LaneBook &lanes,
        RequestBook &requests);
    ~ThreadOrder() override;

    /// What is now for those outside of a burst.
    quint64 now() const { return m_now; }
    /// False while the script's start runs, before any burst.
    bool hasBegun() const { return m_hasBegun; }
    /// It has.
    std::function<void()> onBegun;
    /// ns that a request waits before its first callback, as if for one more answer from elsewhere.
    void setWaitBefore(quint64 wait) { m_waitBefore = wait; }
    void setCores(int cores) { m_wantedCores = cores; }
    /// How many threads may run requests.
    void setThreads(int threads) { m_limit = threads; }
    qint64 switches() const { return m_machine.switches(); }
    /// Without the main one.
    int threads() const { return m_living - 1; }
    std::size_t queued() const { return m_queue.size(); }
    /// A request's answer was written, perhaps by another thread than its own, which waits for that.
    void answered(StrandId strand);
    /// A connection was accepted: where threads stay with connections, it wants one from now on.
    void accepted(const ServedConnection &connection);
    /// The thread that runs now dies of an error. False if that is the main one.
    bool dieOfError();
    qint64 deaths() const { return m_deaths; }
    qint64 lostToDeaths() const { return m_lostToDeaths; }

    /// Before the run: what threads run is put into its recording.
    void setTrace(ServerTrace &trace);

    // --- processes ---
    static bool hasProcesses(ServerModel model) { return model == ServerModel::Cluster || model == ServerModel::Processes; }
    /// Before the script's start: `server` is the run's companion, `io` the main engine's, `hook` of all other engines.
    void serveWith(RunCompanion &server, const RunCompanion::Parts &parts, ProcessIo &io, ServerHook *hook);
    /// Where the server can be reached.
    const Endpoint &endpoint() const { return m_endpoint; }
    /// The script of the first process listens.
    std::function<void()> onListening;

    // LoopOrder
    void run() override;
    bool isAlive() const override { return m_tasks > 0; }
    void armed(Timer &timer, quint64 duration) override;
    void disarmed(Timer &timer) override;
    void enqueued(Immediate &immediate) override;
    void enqueued(std::function<void()> callback) override;

private:
    struct Task
    {
        enum class Kind : quint8 { Transition, Timer, Immediate, Callback, Hand };
        Kind kind = Kind::Callback;
        StrandId strand = 0;
        IoTransition transition;
        Timer *timer = nullptr;
        quint64 generation = 0; ///< of the timer
        Immediate *immediate = nullptr;
        std::function<void()> callback;
    };
    struct Thread
    {
        StrandId strand = 0; ///< whose request it runs; 0: none, or a loop's
        qint64 request = 0;
        bool isNew = true;
        bool seeks = false; ///< was woken since a request waits; takes the first one when it runs, if there still is one
        bool waits = false; ///< has a request that has not begun, as something comes before
        bool isFree = false; ///< in m_free
        bool stays = false; ///< with its connection, which is silent
        quint64 stay = 0; ///< number of that; limits of earlier ones mean nothing
        std::deque<Task> tasks;
        std::vector<ServerIo::Effect> effects; ///< of its burst
        StrandId burstStrand = 0;
    };
    struct ArmedTimer
    {
        quint64 generation = 0;
        StrandId strand = 0;
        quint64 due = 0; ///< 0: its burst has not come so far
        int engine = 0; ///< process whose engine it is of; 0: the main one
    };
    /// What a burst is run by.
    struct Runner
    {
        Clock &clock;
        EventLoop &loop;
        LoopClient &client;
        Tracer *tracer; ///< null: its engine has ended
        ProcessEngine *engine; ///< null: the main one
    };

    /// Until when a thread waits for the next request of its connection.
    struct StayLimit
    {
        quint64 moment = 0;
        int thread = 0;
        quint64 stay = 0;
    };

    // Machine::Client
    Machine::Burst begin(int thread, quint64 now) override;
    void reach(int thread, std::size_t mark, quint64 now) override;
    bool end(int thread, quint64 now) override;
    void scheduled(int thread, bool isRunning, quint64 now) override;

    /// So many requests wait, beside those that threads were woken for, that further ones lose their connections.
    bool isFull() const { return static_cast<int>(m_queue.size()) - m_seeking >= m_settings.backlog; }
    void turnAway(StrandId strand);
    bool isCluster() const { return m_model == ServerModel::Cluster; }
    Thread &at(int thread) { return m_threads[static_cast<std::size_t>(thread)]; }
    int startThread();
    void endThread(int thread);
    bool mayStart() const;
    void perform(Task &task, const Runner &runner);
    void runBurst(Task &task, const Runner &runner);
    void perform(int thread, Task &task, const Runner &runner);
    void holdTrace(int thread, const Runner &runner);
    void releaseTrace(int thread, const Runner &runner);
    void tellServed(Tracer &tracer, const Event &event);
    void traceEngine(int process, ProcessEngine &engine);
    void recordEngine(int process);
    void turn(quint64 now);
    quint64 nextMoment() const;
    void routeTransitions();
    void routeTimers();
    void route(Task task);
    void push(int thread, Task task);
    bool beginsRequest(const Task &task);
    int threadOf(StrandId strand) const;
    int nextLoop();
    int freeThread();
    void wakeThreads();
    StrandId takeRequest();
    void bind(int thread, StrandId strand);
    void handOver(int thread);
    void release(int thread);
    void setDue(Timer &timer, ArmedTimer &armed, quint64 due);
    void showReady(int thread, StrandId strand);

    // --- threads that stay with connections (ThreadOrderStays.cpp) ---
    bool holds(StrandId strand);
    void queueSilent(StrandId strand);
    bool stayOn(int thread);
    void endStays();

    // --- processes (ThreadOrderProcesses.cpp) ---
    // ConnectionSource
    void listens(int process) override;
    void taken(HandleId from, HandleId to) override;
    void accepted(HandleId connection) override;
    void lost(qint64 requests) override { m_lostToDeaths += requests; }
    void givenBack(int process, HandleId connection, bool isKept, quint64 now) override;
    /// Whose engine a process has.
    static int engineOf(int process) { return mainThread + 1 + (process - mainThread - 1) % MostEngines; }
    Runner runnerOf(int thread);
    void routeToProcess(Task task);
    void queueKept(HandleId connection, quint64 time);
    void acceptConnection();
    void keep(HandleId connection);
    void endKept(HandleId connection);
    void hand(Task &task, const Runner &runner);
    void endEngine(int process);
    void endEngines();

    static constexpr int mainThread = 1;
    const ScenarioMachine m_settings;
    const ServerModel m_model;
    Tracer &m_tracer;
    EventLoop &m_loop;
    LoopClient &m_client;
    ServerIo &m_io;
    LaneBook &m_lanes;
    RequestBook &m_requests;
    Machine m_machine;
    quint64 m_now = 0;
    bool m_hasBegun = false;
    quint64 m_waitBefore = 0;
    int m_wantedCores;
    int m_limit; ///< threads for requests
    int m_living = 0;
    std::deque<Thread> m_threads; ///< by number; 0 is none
    std::vector<int> m_ended; ///< numbers of threads that are no more, for new ones
    std::vector<int> m_free; ///< pool threads with nothing to do, the one that was used last at the end
    std::map<StrandId, int> m_threadOf; ///< strands that have a thread
    std::map<StrandId, std::deque<Task>>
        m_waiting; ///< tasks of strands that wait for a thread, or for what comes before their first callback
    std::deque<StrandId> m_queue; ///< requests that wait for a thread
    int m_seeking = 0; ///< threads that were woken for them
    std::multimap<quint64, int> m_waits; ///< threads that begin later
    const quint64 m_keep; ///< ns that a thread stays with a silent connection
    std::deque<StayLimit> m_stays; ///< in the order of time, since all are equally long
    int m_lastLoop = 1;
    int m_burstOf = 0; ///< thread whose JavaScript runs now
    qint64 m_tasks = 0; ///< that wait
    qint64 m_deaths = 0;
    qint64 m_lostToDeaths = 0;
    quint64 m_turns = 0;

    ServerTrace *m_trace = nullptr; ///< null: nothing is recorded
    std::optional<HeldBursts> m_heldBursts; ///< with it
    std::vector<Event> *m_held = nullptr; ///< what holds the main engine's events outside of bursts
    std::map<int, std::vector<Event>> m_traced; ///< by engine, 0 the main one: events of what ran last

    quint64 m_generation = 0;
    std::unordered_map<Timer *, ArmedTimer> m_timers;
    std::set<std::tuple<quint64, quint64, Timer *>> m_due; ///< moment, generation

    std::optional<ProcessEngine::Server> m_server; ///< of processes
    std::optional<RunCompanion::Parts> m_parts;
    ServerHook *m_hook = nullptr;
    HandleId m_listener = 0;
    Endpoint m_endpoint;
    std::map<int, std::unique_ptr<ProcessEngine>> m_engines; ///< by number of the first process that has it
    std::map<int, std::vector<Task>> m_postponed; ///< connections for processes whose script does not listen yet
    std::set<int> m_dying; ///< processes that will have ended after their burst
    std::set<int> m_listening; ///< engines whose script does
    std::set<HandleId> m_kept; ///< connections that no process was given, and that bring nothing; one may stay with them
};

} // namespace loopscope
