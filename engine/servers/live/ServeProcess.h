// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Runtime.h"

#include <QString>

#include <optional>

namespace loopscope {

/// The inner side of a real server: what `loopscope run --serve SETUP FILE` does, which only the lab starts (LiveServer). One process of
/// a server, with one thread that runs the script, or as many as are asked for.
class ServeProcess
{
public:
    struct Setup
    {
        enum class Way : quint8 {
            Loop, ///< the script listens by itself, at a free port of this machine
            Handed, ///< connections come through `channel`
            Threads, ///< through `channel` come the threads to be started: a ThreadOrder each, with the thread's own channel
        };
        Way way = Way::Loop;
        int board = -1; ///< descriptor of the LaneBoard
        int lane = 0; ///< the first one of this process
        int channel = -1;
        int port = 0; ///< Handed, Threads: that the script believes to listen at
        int backlog = 0; ///< Loop
        QStringList offloaded; ///< Loop: functions that run on worker threads; LaneBoard says on how many
        bool keepsConnections = false; ///< Handed: ServerHook::Place
        bool isFirst = true; ///< ServerHook::Place; of Threads the first lane is

        QString toText() const;
        static std::optional<Setup> fromText(const QString &text);
    };
    struct ThreadOrder
    {
        qint32 lane = 0;
    };

    /// `setup`: a Setup's text. Runs until the script ends, or the lab does. The exit code.
    static int run(RunOptions options, const QString &setup);
};

} // namespace loopscope
