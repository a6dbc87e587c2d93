// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/LatencyProfile.h"
#include "io/PermissionGrants.h"
#include "loop/Clock.h"
#include "loop/Tracer.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace loopscope {

class CompiledScripts;
class ControlGate;
class OverlayFileSystem;
class RunCompanion;
class ServerHook;

/// What a run does otherwise than its script and seed say. Subjects have the numbers that the same run without changes recorded.
struct RunChanges
{
    QHash<SubjectId, quint32> delays; ///< ms, of timers
    QHash<SubjectId, quint64> latencies; ///< ns from start to completion, of requests
    std::optional<bool> timeoutFirst; ///< where setTimeout(0) and setImmediate in the main script may go either way

    bool isEmpty() const { return delays.isEmpty() && latencies.isEmpty() && !timeoutFirst; }
};

/// What to run and how.
struct RunOptions
{
    QString file; ///< path as given; "-" and "[eval]" take `standardInput`
    std::optional<QByteArray> standardInput; ///< the script's text, if file is "-" or "[eval]"
    QStringList arguments; ///< process.argv behind the file
    QStringList nodeOptions; ///< process.execArgv
    bool forceModule = false;
    Clock::Kind clock = Clock::Kind::Virtual;
    bool isIoReal = false; ///< files, network and processes of the machine, in their own time; needs the wall clock
    quint64 seed = 1;
    DetailLevel detail = DetailLevel::Calls;
    std::optional<quint64> callbackCap; ///< calls and statements recorded per callback; 0 is without limit, none what suits the detail
    double maxSeconds = 0; ///< of run time; 0 is without limit
    std::optional<quint64> maxEvents; ///< 0 is without limit, none what a recording bears
    quint64 maxMemoryBytes = 0; ///< of the whole process
    QStringList beside; ///< scripts that run beside this one, each on a loop of its own
    int poolThreads = 4; ///< of simulated I/O; libuv's default
    int cores = 4; ///< processors that busy loops share, in virtual time
    RunChanges changes;
    PermissionGrants permissions; ///< beyond the defaults
    qint64 diskSpaceBytes = 4LL << 30; ///< for all that the script writes, with simulated I/O
    LatencyProfile latencyProfile; ///< of simulated I/O
    QString latencyProfileFile; ///< where it was read from; empty if nowhere
    QString title; ///< of the recording, for its metadata
    QString serverModel; ///< of a simulated server: key of its model, for the metadata
    QString version; ///< of the program, for the metadata
    ServerHook *server = nullptr; ///< of a script that serves for the server lab; not of its workers and children
    std::shared_ptr<CompiledScripts> compiled; ///< of all loops of this process that run the same files; null: each compiles its own
    RunCompanion *companion = nullptr; ///< takes part, with simulated I/O in virtual time; not owned
    bool muteOutput = false; ///< record what the script prints, but write nothing to stdout and stderr (--events)
};

/// Runs one script on an instrumented event loop, from its first line to its exit code. One per thread and, for now, per process.
class Runtime
{
public:
    Runtime(const RunOptions &options, RecordingWriter &writer, ControlGate *gate);
    ~Runtime();

    /// What a process needs before its first engine, where that is not this class's but a LoopThread's.
    static void prepareProcess();
    /// Runs to the end and gives the exit code. What the script prints goes to stdout and stderr; what ends it early (limits, a stop) is
    /// told on stderr.
    int run();
    /// After run(): what it was told to change and did not meet, a sentence each.
    QStringList unmetChanges() const;
    /// After run(): the files in memory with all that the script wrote; null with real I/O.
    OverlayFileSystem *files();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace loopscope
