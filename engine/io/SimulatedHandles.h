// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/SimulatedNetwork.h"
#include "io/SimulatedWatchers.h"

#include <unordered_map>
#include <unordered_set>

namespace loopscope {

/// The handles of one loop on a simulated network.
class SimulatedHandles final : public HandleProvider, public SocketOwner
{
public:
    /// `now`: run time of the loop, in ns, at which all that other loops did before has been done.
    SimulatedHandles(std::shared_ptr<SimulatedNetwork> network, std::function<quint64()> now);

    /// Has `expects` called with every moment at which something may happen here, perhaps on another loop's thread.
    void setExpects(std::function<void(quint64 time)> expects) { m_expects = std::move(expects); }
    /// Without files nothing can be watched. `now`: of whichever loop changes a file.
    void setFiles(FileSystem &files, std::function<quint64()> now)
    {
        m_watchers = std::make_unique<SimulatedWatchers>(files, std::move(now));
    }
    /// Appends what happened up to `now`.
    void takeTransitions(quint64 now, std::vector<IoTransition> *transitions);
    quint64 nextTransition() const;
    bool hasTransitions() const { return !m_transitions.empty(); }

    // HandleProvider
    int open(HandleId handle, HandleKind kind) override;
    EventTurn fetch(HandleEvent *event) override;
    void leaveRest(HandleId handle) override;
    void close(HandleId handle) override;
    int reset(HandleId handle) override;
    int bind(HandleId handle, const Endpoint &endpoint, int flags) override;
    int listen(HandleId server, int backlog) override;
    int accept(HandleId server, HandleId handle) override;
    std::shared_ptr<HandleInFlight> share(HandleId handle) override;
    int adopt(HandleId handle, HandleInFlight &shared) override;
    int connect(HandleId handle, SubjectId request, const Endpoint &endpoint) override;
    int setReading(HandleId handle, bool isReading) override;
    WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) override;
    int shutdown(HandleId handle, SubjectId request) override;
    void proceed(HandleId handle, SubjectId request) override;
    qint64 queuedBytes(HandleId handle) const override;
    int localEndpoint(HandleId handle, Endpoint *endpoint) const override;
    int remoteEndpoint(HandleId handle, Endpoint *endpoint) const override;
    int setNoDelay(HandleId handle, bool isOn) override;
    int setKeepAlive(HandleId handle, bool isOn, int seconds) override;
    int openDescriptor(HandleId handle, int descriptor) override;
    int setReceiving(HandleId handle, bool isReceiving) override;
    WriteOutcome send(HandleId handle, SubjectId request, const QByteArray &bytes, const Endpoint *to) override;
    int setPeer(HandleId handle, const Endpoint *peer) override;
    int setMembership(
        HandleId handle, const QByteArray &group, const QByteArray &interface, const QByteArray &source, bool isMember) override;
    int setMulticastInterface(HandleId handle, const QByteArray &interface) override;
    int setOption(HandleId handle, HandleOption option, int value) override;
    int option(HandleId handle, HandleOption option) const override;
    int spawn(HandleId process, const ProcessOptions &options) override;
    int kill(HandleId process, int signal) override;
    int watch(HandleId watcher, const QByteArray &path) override;
    void closeAll() override;

    // SocketOwner
    void expect(quint64 time) override;
    void readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time) override;
    void completed(SubjectId request, int error, quint64 time, bool isPending) override;

private:
    SimulatedSocket *socket(HandleId handle) const;
    /// The time, with everything done that happens up to it.
    quint64 moment();

    std::function<quint64()> m_now;
    std::function<void(quint64 time)> m_expects;
    std::unordered_map<HandleId, SocketNumber> m_sockets;
    std::unordered_set<HandleId> m_attentive; ///< servers that listen here and UDP sockets that receive here; others may share them
    std::vector<IoTransition> m_transitions;
    std::unique_ptr<SimulatedWatchers> m_watchers;
};

} // namespace loopscope
