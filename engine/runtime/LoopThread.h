// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/LoopGroup.h"
#include "runtime/Runtime.h"

#include <memory>

class QThread;

namespace loopscope {

class RecordingWriter;
class RunCompanion;

/// How a loop beside the main one begins.
struct LoopStart
{
    std::shared_ptr<LoopGroup> group;
    int loop = 0; ///< its number
    int parent = 0; ///< the loop that started it
    LoopKind kind = LoopKind::Worker;
    QString name; ///< in the recording
    SubjectId subject = 0; ///< in the recording
    SubjectId cause = 0; ///< the task that started it
    Clock clock; ///< of the run; in virtual time at the moment at which the loop begins
    PortNumber port = 0; ///< to the loop that started it
    QString mainFile; ///< of the run, by whose folder permissions go
    QStringList environment; ///< name, value, name, value...
    RunOptions options; ///< of the run, with this loop's file and arguments
    std::shared_ptr<OverlayFileSystem> files = nullptr; ///< in memory, of all loops of the run; null with real I/O
    std::shared_ptr<SimulatedNetwork> network = nullptr; ///< of all loops of the run; null: one of its own, if any
    RunCompanion *companion = nullptr; ///< takes part in this loop, which has a group of its own; it has to live longer
    int process = 0; ///< of such a loop: its number among the processes of the machine
};

/// A thread that runs a loop from its first line to its end. Made, and destroyed after the end, by the loop that started it.
class LoopThread
{
public:
    LoopThread(LoopStart start, RecordingWriter &writer);
    /// Waits for the thread, which has ended its loop.
    ~LoopThread();
    LoopThread(const LoopThread &) = delete;
    LoopThread &operator=(const LoopThread &) = delete;
    LoopKind kind() const { return m_start.kind; }
    void wait();

private:
    void run();

    LoopStart m_start;
    RecordingWriter &m_writer;
    std::unique_ptr<QThread> m_thread;
};

} // namespace loopscope
