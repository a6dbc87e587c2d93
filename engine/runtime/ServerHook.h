// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>
#include <QStringList>

namespace loopscope {

/// Stands behind a run whose script is a server: hears of its requests, says where it listens, and adds what is to be added to each
/// request. The script sees nothing of it. RunOptions has one, or none; js/lib/internal/server-hook.js and ServerNatives.cpp call it, on
/// the loop's thread. It has to live longer than the run.
class ServerHook
{
public:
    virtual ~ServerHook() = default;

    /// What becomes of the first listen() of the script with a port. The ports of later ones stay as they are written.
    struct Place
    {
        enum class Way : quint8 {
            AsWritten,
            AtPort, ///< at `port` of 127.0.0.1 (0: any free one)
            Handed, ///< nothing is bound: connections come through `channel`, one at a time; see js/lib/internal/server-slot.js
            Worker, ///< it does not serve, but runs offloaded() functions for another one
        };
        Way way = Way::AsWritten;
        quint16 port = 0; ///< Handed: what server.address() shows
        int backlog = 0; ///< AtPort: connections that the system keeps until they are accepted; 0: what the script asks for
        int channel = -1; ///< descriptor of a Unix socket; the run owns it
        int mostStaying = 8; ///< Handed: so many connections stay here between two requests; LiveServer.cpp counts with them
        bool keepsConnections = false; ///< Handed: a connection stays until it ends, and there may be several
        bool isFirst = true; ///< false: another run serves at the script's other ports (but 0), and this one only believes that it does
    };
    virtual Place place() const { return {}; }
    /// The script's first server listens.
    virtual void listening(quint16 port) { Q_UNUSED(port) }

    /// A request is about to be handled. `number`: of its header x-loopscope-request, or 0. Before its handler runs, the hook's
    /// ioMilliseconds() are waited and its cpuMilliseconds() computed.
    virtual void requestBegan(qint64 number, const QString &method, const QString &url)
    {
        Q_UNUSED(number)
        Q_UNUSED(method)
        Q_UNUSED(url)
    }
    /// The handler is about to be called: what was to be added has been.
    virtual void handlerBegins(qint64 number) { Q_UNUSED(number) }
    /// The response was handed over, or its connection is lost. `status`: of the answer; 0 if none was begun.
    virtual void requestEnded(qint64 number, int status)
    {
        Q_UNUSED(number)
        Q_UNUSED(status)
    }

    /// Whether callbackOf() is to be called, which costs some tens of ns a callback.
    virtual bool hearsOfCallbacks() const { return false; }
    /// From now on runs what this request has started: its handler, or a callback that goes back to that. 0: what belongs to no request, or
    /// to one without a number. The same one may come several times in a row.
    virtual void callbackOf(qint64 number) { Q_UNUSED(number) }

    virtual double ioMilliseconds() const { return 0; }
    virtual double cpuMilliseconds() const { return 0; }

    /// Functions at the top of the main module that run on worker threads; see js/lib/internal/server-offload.js.
    virtual QStringList offloaded() const { return {}; }
    /// How many workers there are to be for them, now.
    virtual int workers() const { return 0; }
    /// What stands behind the worker number `index` of these, which is about to start; lives as long as this.
    virtual ServerHook *hookOfWorker(int index)
    {
        Q_UNUSED(index)
        return nullptr;
    }

    /// Wall clock: the loop is about to wait in its poll phase, and goes on.
    virtual void loopWaits() { }
    virtual void loopGoesOn() { }
    /// Of a loop beside the main one (LoopThread): it has ended, and what it has open is closed next.
    virtual void ended(RunEnding ending, int exitCode)
    {
        Q_UNUSED(ending)
        Q_UNUSED(exitCode)
    }
};

} // namespace loopscope
