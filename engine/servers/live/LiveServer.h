// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/Scenario.h"
#include "servers/live/Dispatcher.h"
#include "servers/live/LaneBoard.h"
#include "servers/live/NodePreload.h"
#include "servers/live/ServeProcess.h"
#include "servers/live/ServerProgram.h"

#include <QFile>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace loopscope {

/// A real server that runs a scenario's script under a model, at a port of this machine: its processes, its dispatcher, its lanes. Used on
/// one thread, which has to live as long as it.
///
///     event loop, workers, node    one process, which listens by itself
///     cluster, processes           a process for each lane behind a dispatcher
///     thread pool, thread per request   one process, with a thread for each lane behind a dispatcher
class LiveServer
{
public:
    /// `mostMemory`: bytes that it may have before it is ended; 0: nine tenths of what is free when it starts.
    LiveServer(const Scenario &scenario, ServerModel model, qint64 mostMemory = 0);
    /// Ends all of it.
    ~LiveServer();
    LiveServer(const LiveServer &) = delete;
    LiveServer &operator=(const LiveServer &) = delete;

    /// Starts it and waits until it serves, at most as long as `isStopped` says no. False, with a sentence, if it does not come to that.
    bool start(const std::function<bool()> &isStopped, QString *problem);
    quint16 port() const { return m_port; }
    /// Whether its ends of idle connections are open in this process, and not in one of its own.
    bool hasDispatcher() const;
    /// To be called often: takes in what happened to its processes.
    void look();
    /// What ended it, in a sentence; null if it lives.
    QString death() const { return m_death; }
    /// What a reader of results has to know about it.
    QStringList notes() const;

    /// Of the pool, or the limit of threads, processes or loops; no effect where there is one.
    void setThreads(int count);
    void setExtras(double ioMilliseconds, double cpuMilliseconds) { m_board->setExtras(ioMilliseconds, cpuMilliseconds); }

    const LaneBoard &board() const { return *m_board; }
    std::vector<int> processes() const;
    double dispatcherSeconds() const { return m_dispatcher ? m_dispatcher->processorSeconds() : 0; }
    qint64 refused() const { return m_dispatcher ? m_dispatcher->refused() : 0; }
    int takeMostQueued() { return m_dispatcher ? m_dispatcher->takeMostQueued() : 0; }
    /// Threads and processes that ended and were started again.
    qint64 restarts() const { return m_dispatcher ? m_dispatcher->ends() : 0; }
    void stop();

private:
    bool hasThreads() const;
    int slotsWanted() const;
    Dispatcher::Options dispatcherOptions();
    int fittingSlots(int wanted);
    QByteArrayList command(const ServeProcess::Setup &setup) const;
    bool startProgram(int lane, ServeProcess::Setup setup, const std::vector<int> &kept);
    bool startNode();
    bool startFirst(QString *problem);
    int startSlot(int slot);
    int startThread(int slot);
    int startProcess(int slot);
    bool waitUntilServing(const std::function<bool()> &isStopped, QString *problem);
    bool isServing() const;
    bool hasFailed();
    void checkMemory();
    QString failure() const;
    void readErrors();
    QString lastError() const;

    const Scenario m_scenario;
    const ServerModel m_model;
    std::unique_ptr<LaneBoard> m_board;
    std::unique_ptr<Dispatcher> m_dispatcher;
    mutable std::mutex m_mutex; ///< of the programs, which the dispatcher's thread starts
    std::vector<std::unique_ptr<ServerProgram>> m_programs; ///< by lane, or the only one
    QByteArray temporaryFolder() const { return "TMPDIR=" + QFile::encodeName(m_folder.path()); }
    NodePreload m_preload;
    QTemporaryDir m_folder; ///< the script's os.tmpdir(), the only place where it may write
    int m_control = -1; ///< to the process that has the threads
    int m_errors = -1; ///< what the processes write to stderr
    int m_errorsOther = -1;
    QByteArray m_errorText; ///< the last of it
    quint16 m_port = 0;
    qint64 m_mostMemory; ///< bytes
    qint64 m_memoryCheckedAt = 0; ///< ns
    QString m_death;
    QStringList m_notes;
    bool m_isServing = false;
};

} // namespace loopscope
