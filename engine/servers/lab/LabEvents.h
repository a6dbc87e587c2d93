// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/ServerModel.h"

#include <QString>
#include <QStringList>

#include <array>
#include <utility>
#include <vector>

/// What a run of the server lab tells while it goes on, and at its end. Plain data, the same from all truths. LabJson writes it as one JSON
/// object a line, which is what `loopscope lab --stream` prints and the window reads. Times are seconds of the run (virtual or real) since
/// the measured part began (the warm-up has negative times), unless a name says otherwise.
namespace loopscope {

/// Which run something is about.
struct LabRunName
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
};

/// What a thread (or process) of a server does.
enum class ThreadState : quint8 {
    Idle = 0, ///< has no request; an event loop: nothing is ready
    Running = 1, ///< on a core
    Ready = 2, ///< could run, and waits for a core
    Blocked = 3, ///< has a request and waits for I/O
    Gone = 4, ///< ended
};

/// Requests that had no good answer, by what happened.
struct LabFailures
{
    qint64 refused = 0; ///< the connection was not taken
    qint64 reset = 0; ///< the connection was lost before the answer was whole
    qint64 timedOut = 0;
    qint64 badStatus = 0; ///< an answer that says failure (4xx, 5xx)
    qint64 other = 0; ///< what is no HTTP, and the like
    qint64 total() const { return refused + reset + timedOut + badStatus + other; }
};

/// Seconds; 0 where nothing was measured.
struct LabLatency
{
    double mean = 0;
    double p50 = 0;
    double p90 = 0;
    double p99 = 0;
    double p999 = 0;
    double max = 0;
};

/// A bar of a latency histogram.
struct LabBar
{
    double from = 0; ///< seconds, included
    double to = 0; ///< seconds, not included
    qint64 count = 0;
};

/// What happened between two looks at a run, `interval` seconds up to `time`.
struct LabSample
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    double time = 0;
    double interval = 0;
    qint64 arrivals = 0;
    qint64 completed = 0; ///< with a good answer
    LabFailures failures;
    LabLatency latency; ///< of those completed
    /// Of `latency`: bars of a width of an eighth of the power of two in which they lie, without empty ones. In the stream only; reports
    /// keep that of the whole run.
    std::vector<LabBar> histogram;
    int inFlight = 0; ///< asked and not answered, at `time`
    int queued = 0; ///< of them: wait for a thread, a process or the loop to take them
    std::array<int, 4> threads = {}; ///< by ThreadState, at `time`
    double cpuCores = 0; ///< busy cores: 0.5 is half of one
    qint64 memoryBytes = 0; ///< of the server
    qint64 contextSwitches = 0; ///< in the interval
    qint64 bytesSent = 0; ///< by the server, in the interval
};

/// A thread was in a state from one moment to another. Spans of one thread come in the order of time, without gaps.
struct LabSpan
{
    int thread = 0; ///< from 1, in the order in which threads were started
    ThreadState state = ThreadState::Idle;
    double from = 0;
    double to = 0;
    qint64 request = 0; ///< number of the request it served; 0: none, or several
};

/// What a thread used of the processors since the last message that told of it.
struct LabUse
{
    int thread = 0; ///< as in LabSpan
    double cpuSeconds = 0;
    double readySeconds = 0; ///< could have run, and waited for a processor
};

/// Lanes: what threads did since the last message of this kind.
struct LabLanes
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    double time = 0; ///< up to here everything is told
    std::vector<LabSpan> spans;
    qint64 left = 0; ///< spans that are not told, since there were too many
    std::vector<LabUse> uses = {}; ///< real runs, about once a second where there are many threads; of those that used anything
};

/// One part of a request's way.
struct LabStep
{
    enum class Kind : quint8 {
        Network = 0, ///< on its way to the server, or the answer back
        Queued = 1, ///< waits to be taken: backlog, accept queue, or the loop is busy
        Running = 2, ///< its code runs
        Ready = 3, ///< could go on, and waits for the loop or a core
        Waiting = 4, ///< waits for I/O (or a timer, or a worker)
    };
    Kind kind = Kind::Queued;
    double from = 0;
    double to = 0;
    int thread = 0; ///< that ran it; 0: none
    QString what; ///< for people: "readFile user.json", "GET /users"; may be empty
};

/// A request followed through a model.
struct LabRequest
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    qint64 number = 0; ///< from 1, in the order of arrival: the same request under every model
    QString route; ///< "GET /users"
    double arrival = 0;
    double latency = 0; ///< seconds; -1: no answer
    int status = 0; ///< of the answer; 0: none
    std::vector<LabStep> steps; ///< in the order of time
};

/// What a thread of a server did in the whole of a run.
struct LabThread
{
    int thread = 0; ///< as in LabSpan; 0: the dispatcher, which hands out connections
    int process = 0; ///< its number in the system
    double cpuSeconds = 0;
    double readySeconds = 0; ///< could have run, and waited for a processor
    qint64 requests = 0; ///< that it began
};

/// What a process of a server used in the whole of a run.
struct LabProcess
{
    int process = 0; ///< its number in the system
    double cpuSeconds = 0;
    qint64 mostMemoryBytes = 0; ///< that are in memory; what processes share counts in each
};

/// The whole of a run.
struct LabResult
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    double seconds = 0; ///< that were measured
    double wallSeconds = 0; ///< that the run took on this machine
    bool wasStopped = false; ///< before its end, from outside
    qint64 arrivals = 0;
    qint64 completed = 0;
    LabFailures failures;
    double throughput = 0; ///< good answers a second
    LabLatency latency; ///< from the moment at which the request was meant to be sent (corrected for coordinated omission)
    LabLatency uncorrectedLatency; ///< from the moment at which it was sent
    std::vector<LabBar> histogram; ///< of `latency`; bars without requests are left out
    double meanInFlight = 0; ///< L of Little's law: an average over time, counted on its own
    double littleDifference = 0; ///< |L - lambda W| / L, where requests that failed count too
    int mostInFlight = 0;
    int mostQueued = 0;
    int mostThreads = 0;
    double cpuCores = 0; ///< on average
    double cpuSecondsPerRequest = 0;
    qint64 mostMemoryBytes = 0;
    qint64 contextSwitches = 0;
    qint64 bytesSent = 0; ///< by the server
    std::vector<LabThread> threads; ///< of real runs, those that there are at the end
    std::vector<LabProcess> processes; ///< of real runs, with those that have ended
    QString death; ///< what ended the server before its time: "the handler threw: ..."; null if it lived
    qint64 lostToDeath = 0; ///< requests in flight that died with it
    QStringList notes; ///< what a reader has to know: settings that this truth could not take
};

/// A sentence that something went wrong; the run of this model is over.
struct LabProblem
{
    ServerModel model = ServerModel::EventLoop;
    Truth truth = Truth::Real;
    QString text;
};

/// Which model serves this load best, and why; computed from results by engine/servers/session.
struct LabVerdict
{
    QString sentence; ///< null if there is nothing to compare
    QString winner; ///< key of a model; empty if there is none
    QStringList evidence; ///< a sentence a model: what holds it back, with its figures
    QString turn; ///< at which load another model wins; empty if that is not known
};

} // namespace loopscope
