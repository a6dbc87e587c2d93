// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/simulated/ServerIo.h"

#include <deque>
#include <set>

namespace loopscope {

/// Gives connections to processes, and hears what becomes of them. Called on the thread of the process's engine, while it has its turn.
class ConnectionSource
{
public:
    virtual ~ConnectionSource() = default;
    /// The script of a process listens: it takes connections from now on.
    virtual void listens(int process) = 0;
    /// A process has taken the connection `from`, which is `to` with it.
    virtual void taken(HandleId from, HandleId to) = 0;
    /// A process has accepted a connection at a server of its own.
    virtual void accepted(HandleId connection) = 0;
    /// A process ends by itself, with so many requests under way.
    virtual void lost(qint64 requests) = 0;
    /// A process is through with a connection. `isKept`: it may bring another request.
    virtual void givenBack(int process, HandleId connection, bool isKept, quint64 now) = 0;
};

/// The I/O of one process among several of a machine: all of them use the same ServerIo, as they have one kernel. Connections to the
/// script's server come through a channel, as in real runs (ServerHook::Place::Way::Handed; js/lib/internal/server-slot.js).
class ProcessIo final : public IoProvider, private HandleDecorator
{
public:
    /// What ServerHook::Place::channel is for these.
    static constexpr int channelDescriptor = 3;

    /// `keepsConnections`: they stay with the process until they end; otherwise each is given back after a request. `source` has to live
    /// longer than this, `io` too.
    ProcessIo(ServerIo &io, int process, bool keepsConnections);
    ~ProcessIo() override;
    /// All of the machine's I/O is this one's, and ends with it.
    void own(std::unique_ptr<ServerIo> io) { m_owned = std::move(io); }
    void setSource(ConnectionSource *source) { m_source = source; }
    /// Called when the engine that uses it is no more.
    std::function<void()> onGone;

    /// The next runIoCallbacks() gives the connection to the script.
    void hand(HandleId connection);

    // IoProvider
    void submit(SubjectId request, IoOperation operation, quint64 now) override { m_io.submit(request, std::move(operation), now); }
    std::vector<IoTransition> takeTransitions(quint64 now) override { return m_io.takeTransitions(now); }
    quint64 nextTransition() const override { return m_io.nextTransition(); }
    bool hasRequests() const override { return m_io.hasRequests(); }
    HandleProvider *handles() override { return this; }
    bool waitUntil(quint64 moment) override { return m_io.waitUntil(moment); }
    IoResult performNow(const IoOperation &operation) override { return m_io.performNow(operation); }
    int descriptorOf(int number) const override { return m_io.descriptorOf(number); }

private:
    // HandleProvider
    int open(HandleId handle, HandleKind kind) override;
    int openDescriptor(HandleId handle, int descriptor) override;
    int setReading(HandleId handle, bool isReading) override;
    EventTurn fetch(HandleEvent *event) override;
    int accept(HandleId server, HandleId handle) override;
    WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) override;
    void close(HandleId handle) override;
    int reset(HandleId handle) override;
    void closeAll() override;

    void hear(char word);

    ServerIo &m_io;
    std::unique_ptr<ServerIo> m_owned;
    const int m_process;
    const bool m_keepsConnections;
    ConnectionSource *m_source = nullptr;
    HandleId m_channel = 0;
    HandleId m_toTake = 0; ///< handed, and not taken yet
    std::set<HandleId> m_taken; ///< connections that were handed, and are open
    std::deque<HandleId> m_left; ///< that the script closed: what becomes of them is said in the same order
    std::set<HandleId> m_open; ///< all handles of this process
};

} // namespace loopscope
