// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/Clock.h"
#include "loop/LoopOrder.h"
#include "recording/Event.h"
#include "runtime/LoopThread.h"
#include "runtime/RunCompanion.h"
#include "servers/simulated/ProcessIo.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace loopscope {

/// The engine of one simulated process: the script with variables of its own, on a thread that runs only while it has the turn. So all
/// processes of a server are in one virtual time, one runs at a time, and equal runs are equal; who has the turn decides whose processor
/// time passes (ThreadOrder).
///
/// Functions are called on the main engine's thread, which waits meanwhile, unless they say otherwise.
class ProcessEngine final : private RunCompanion, private LoopOrder
{
public:
    struct Server
    {
        RunCompanion &companion; ///< of the run, which is told of errors, and asked whether it is to go on
        LoopOrder &order; ///< of all that waits in any process
        ServerIo &io;
        ConnectionSource &source;
        LoopClient &client; ///< of the main engine: the server has ended when this stops
        VirtualCosts costs;
    };

    /// Runs the script's start, at once. `process`: its number, from 2; `strand`: what belongs to no request of it; `traced`: gets the
    /// events of all that it does, and has to live longer; null: nobody wants them.
    ProcessEngine(const Server &server, const RunCompanion::Parts &parts, ServerHook *hook, int process, bool keepsConnections,
        StrandId strand, quint64 moment, std::vector<Event> *traced);
    /// Ends it, wherever it is, and closes what it has open.
    ~ProcessEngine() override;

    StrandId strand() const { return m_strand; }
    /// Its script has come to an end (process.exit()).
    bool hasEnded() const { return !m_thread; }
    /// Does `work` on the engine's thread; not after its end.
    void turn(const std::function<void()> &work);

    Clock &clock() { return *m_clock; }
    EventLoop &loop() { return *m_loop; }
    LoopClient &client() { return *m_client; }
    /// Null when it has ended.
    Tracer *tracer() { return m_tracer; }
    ProcessIo &io() { return *m_io; }

private:
    // RunCompanion, on the engine's thread
    std::unique_ptr<IoProvider> adopt(std::unique_ptr<IoProvider> provider) override;
    void join(const Parts &parts) override;
    quint64 networkTime(quint64 now) const override { return m_server.companion.networkTime(now); }
    void attend() override;
    bool contain(const QString &reason) override { return m_server.companion.contain(reason); }
    // LoopOrder, on the engine's thread
    void run() override;
    bool isAlive() const override { return true; }
    void armed(Timer &timer, quint64 duration) override { m_server.order.armed(timer, duration); }
    void disarmed(Timer &timer) override { m_server.order.disarmed(timer); }
    void enqueued(Immediate &immediate) override { m_server.order.enqueued(immediate); }
    void enqueued(std::function<void()> callback) override { m_server.order.enqueued(std::move(callback)); }

    enum class Turn : quint8 { Server, Engine, Over };
    void pass(Turn to);
    void waitForTurn();

    const Server m_server;
    const int m_process;
    const bool m_keepsConnections;
    const StrandId m_strand;
    std::shared_ptr<LoopThread> m_thread; ///< null: it has ended
    std::mutex m_mutex;
    std::condition_variable m_passed;
    Turn m_turn = Turn::Engine;
    const std::function<void()> *m_work = nullptr;
    ProcessIo *m_io = nullptr;
    Clock *m_clock = nullptr;
    std::optional<Clock> m_lastClock; ///< as it was at its end
    EventLoop *m_loop = nullptr;
    LoopClient *m_client = nullptr;
    Tracer *m_tracer = nullptr;
    std::vector<Event> *const m_traced;
    const quint64 m_startedAt; ///< ns of run time
    std::function<void()> m_stop;
};

} // namespace loopscope
