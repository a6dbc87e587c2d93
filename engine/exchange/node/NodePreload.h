// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <limits>

namespace loopscope {

/// What the recorder inside of the Node process shall do.
struct NodePreloadSettings
{
    qint64 parent = 0; ///< process that starts Node; children of Node's have another one and are left alone
    int descriptor = -1; ///< where it writes the main thread's stream to
    QString folder; ///< where it makes files for those of workers
    bool stacks = true; ///< tasks and requests say where they were asked for
    /// Promises that say so; a stack costs more than the promise, so by default not all of a busy program's do.
    quint32 promiseStacks = 10000;
    int sampleInterval = 1000; ///< µs between samples of the functions that run; 0: none. The usual one is V8's own
    int flushAfter = 100; ///< ms until what happened is written though nothing else happens

    static constexpr quint32 allPromises = std::numeric_limits<qint32>::max();
};

/// The JavaScript for `node --require`.
QByteArray nodePreload(const NodePreloadSettings &settings);

} // namespace loopscope
