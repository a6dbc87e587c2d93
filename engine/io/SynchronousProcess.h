// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"

namespace loopscope {

/// A program that is run to its end while the caller waits, for spawnSync and its kin.
struct SynchronousProcess
{
    ProcessOptions options; ///< streams of kind Pipe name no handle: descriptor 0 is fed, all others are read
    std::vector<QByteArray> inputs; ///< by descriptor; what a pipe is fed with
    quint64 timeout = 0; ///< ms; 0 is without limit
    double mostOutput = 0; ///< bytes of one pipe; infinity is without limit
    int killSignal = 15; ///< sent when a limit is passed

    struct Outcome
    {
        int error = 0; ///< negative errno: why it could not start, ETIMEDOUT or ENOBUFS
        int number = 0; ///< of the process; 0 if it did not start
        qint64 status = 0;
        int signal = 0; ///< 0: it exited by itself
        std::vector<QByteArray> outputs; ///< by descriptor; null where no pipe was read
    };
    /// Blocks. On a libuv loop of its own, so it may be called while another one turns.
    Outcome run() const;
};

} // namespace loopscope
