// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/ServerModel.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace loopscope {

/// What clients ask for. Request number k of a run has the same route and the same moment under every model.
struct ScenarioRoute
{
    QString method = QStringLiteral("GET");
    QString path = QStringLiteral("/");
    double weight = 1; ///< of the choice among routes
    QStringList headers; ///< "Name: value"
    QString body; ///< of the request, sent as UTF-8
    qint64 bodyBytes = 0; ///< if `body` is empty: the body is that many bytes of a fixed pattern
};

/// Who asks, and when.
struct ScenarioLoad
{
    enum class Arrivals : quint8 {
        Closed, ///< `clients` each ask, wait for the answer, think, and ask again
        Poisson, ///< `rate` a second, whatever the server does
        Bursts, ///< `burstSize` at once, every `burstSeconds`
        Ramp, ///< Poisson, from `rate` to `rateEnd` over the run
        Replay, ///< the moments in `replayFile`, seconds, one a line
    };
    enum class Protocol : quint8 {
        Http,
        WebSocket, ///< `clients` stay connected; each sends `rate`/`clients` messages a second and hears what the others are sent
    };

    Arrivals arrivals = Arrivals::Closed;
    Protocol protocol = Protocol::Http;
    int clients = 100;
    double rate = 1000; ///< requests a second
    double rateEnd = 1000;
    int burstSize = 100;
    double burstSeconds = 1;
    QString replayFile; ///< relative to the scenario's file
    QString thinkTime = QStringLiteral("exp:1"); ///< closed: Distribution's text, in seconds ("det:0": none)
    bool keepAlive = true;
    int idleConnections = 0; ///< that are open and ask nothing
    double seconds = 10; ///< of the run that is measured; at most 3600
    double warmupSeconds = 1; ///< before it: not counted
    qint64 requests = 0; ///< at most; 0: as many as the time gives
    double timeoutSeconds = 10; ///< of one request
    std::vector<ScenarioRoute> routes = {ScenarioRoute{}};
};

/// The machine and the server's settings. What a truth cannot set (the real machine's cores) it leaves, and says so.
struct ScenarioMachine
{
    int cores = 2;
    double timeSliceMilliseconds = 3; ///< Linux's base slice
    double contextSwitchMicroseconds = 3; ///< with what it costs the caches
    double threadStartMicroseconds = 30;
    double statementNanoseconds = 20; ///< simulated: what a statement of the script costs
    /// Simulated: what a request costs beside what the virtual clock counts anyway. "Hello world" takes 25 us of a core in real runs
    /// (measured on an AMD EPYC), of which system calls, callbacks and jobs of virtual time make 11.
    double requestMicroseconds = 14;
    double answeredMicroseconds = 0; ///< simulated: of these, what is still to be done when the answer is on its way
    /// Simulated and modelled: from the moment at which a core that sleeps has something to do until its thread works at full speed, with
    /// what it finds no longer in its caches. A core that is busy is not woken up; one that had nothing to do for a short time needs
    /// less (sleepDepth()).
    double wakeUpMicroseconds = 0;
    /// Simulated and modelled: the same on the side of the clients, which sleep until a request is due (of an open load) or its answer
    /// comes.
    double clientWakeUpMicroseconds = 0;
    qint64 stackBytes = 1 << 20; ///< of a thread; Java's default
    qint64 memoryBytes = 4LL << 30; ///< of the machine: what asks for more is refused
    int poolThreads = 64; ///< thread-pool
    int threadLimit = 1000; ///< thread-per-request: more requests wait in the backlog
    int processes = 16; ///< processes
    int loops = 2; ///< cluster
    int workers = 2; ///< workers
    int backlog = 511; ///< connections that wait to be accepted; Node's default
    /// Models with a thread or process for each request: how long it stays with a connection that is silent, before a request and after
    /// one, until the server ends the connection. 0: threads are for requests, and a selector watches silent connections.
    double keepAliveSeconds = 0;

    /// How many threads, processes, loops or workers the model may have; null of one that always has one.
    int *threadsOf(ServerModel model);
};

/// Latency that the lab adds to each request, beside what the script itself does: both are sliders that act during a run.
struct ScenarioExtra
{
    double ioMilliseconds = 0; ///< waited before the handler runs, as if the request needed one more answer from elsewhere
    double cpuMilliseconds = 0; ///< computed before the handler runs
};

/// What is compared: a script, under which models and truths, with which load. A JSON file; docs/server-lab.md lists its members. Plain
/// data; every member has a default but `script`.
struct Scenario
{
    QString title;
    QString description; ///< a sentence or two
    QString lookFor; ///< a sentence: what to look at in the results
    QString script; ///< path; absolute after read()
    QStringList arguments; ///< of the script
    QStringList offload; ///< names of functions of the script that run in a worker thread under the model `workers`
    std::vector<ServerModel> models = {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest};
    Truth truth = Truth::Simulated;
    ScenarioLoad load;
    ScenarioMachine machine;
    ScenarioExtra extra;
    QString latencyProfile; ///< file for simulated I/O (docs/simulated-io.md), absolute after read(); empty: the default
    QString profile; ///< of modelled runs: a file of `loopscope lab profile`, absolute after read(); empty: made by short simulated runs
    quint64 seed = 1;

    /// Reads a scenario; nothing, with a sentence in `problem` that names the member, if it is wrong.
    static std::optional<Scenario> read(const QString &file, QString *problem);
    /// `folder`: what relative paths are relative to.
    static std::optional<Scenario> fromJson(const QJsonObject &object, const QString &folder, QString *problem);
    QJsonObject toJson() const;
    /// What is wrong with the values, in a sentence; null if nothing is.
    QString problem() const;
};

} // namespace loopscope
