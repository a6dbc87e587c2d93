// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/LatencyProfile.h"
#include "servers/load/ResponseParser.h"
#include "servers/simulated/HandleDecorator.h"

#include <QString>

#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// What belongs together in a server: all that is done for the requests of one connection. Its number is the connection's handle; 0 is
/// what belongs to no request (the script's start, accepting, timers of its own).
using StrandId = HandleId;

/// A connection that the server accepted.
struct ServedConnection
{
    HandleId handle = 0;
    quint32 client = 0; ///< SimulatedLoad::connectionAt; 0: of nobody outside (the script asks its own server)
    quint64 request = 0; ///< the number of the one under way or of the last one; 0: of nobody outside
    bool isBusy = false; ///< a request is under way
    bool isUpgraded = false; ///< to what is no HTTP: under way until it is closed
    ResponseParser response;
};

/// Is told of what a server does, when it happens.
class ServerWatcher
{
public:
    virtual ~ServerWatcher() = default;
    virtual void listens(const Endpoint &endpoint) = 0;
    virtual void accepted(const ServedConnection &connection) = 0;
    /// The number of the request that came on a connection, and whether it is a HEAD.
    virtual quint64 requestOn(quint32 client, bool *isHead) = 0;
    /// The first bytes of a request are read now; gives the ns of work that a request costs beside the script's own.
    virtual quint64 taken(const ServedConnection &connection) = 0;
    /// The last byte of the answer was handed to the system at `time`, or the connection was closed before.
    virtual void answered(const ServedConnection &connection, quint64 time) = 0;
    /// What its answer costs when it is on its way already, in ns.
    virtual quint64 afterAnswer() const = 0;
    /// What a request waits, in ns, before the server hears of it, as if for one more answer from elsewhere. Not of threads (ThreadOrder).
    virtual quint64 waitBefore() const = 0;
    /// A request `number` came, and lies ready to be read.
    virtual void arrived(quint64 number, quint64 time) = 0;
    /// A strand asks for I/O.
    virtual void asked(StrandId strand, const QString &label) = 0;
};

/// A server's I/O in virtual time, which passes everything on to the simulated provider, finds out what belongs to which request, and, for
/// threads (ThreadOrder), holds effects back: V4 runs a callback at once, but on a machine whose cores are shared it takes longer, and what
/// it does to the outside happens in the course of that. Then effects are collected with the clock's moment, and the answer that the script
/// gets is that all went well; what comes otherwise is told later.
class ServerIo final : public IoProvider, private HandleDecorator
{
public:
    struct Effect
    {
        quint64 moment = 0; ///< of the clock
        std::function<void(quint64 now)> perform;
    };

    ServerIo(std::unique_ptr<IoProvider> inner, ServerWatcher &watcher);
    ~ServerIo() override;
    /// Of the engine whose turn it is.
    void setClock(Clock &clock) { m_clock = &clock; }
    const Clock &clock() const { return *m_clock; }
    /// Connections that wait to be accepted, whatever the script says; -1: what it says.
    void setBacklog(int backlog) { m_backlog = backlog; }

    /// A thread does itself what a loop has its pool calculate (crypto, zlib): it takes its time on a core.
    void setCalculates() { m_calculates = true; }

    // --- strands ---
    StrandId current() const { return m_current; }
    void setCurrent(StrandId strand) { m_current = strand; }
    StrandId strandOf(const IoTransition &transition) const;
    /// Of a request or a handle.
    StrandId strandOfSubject(SubjectId subject) const;
    ServedConnection *served(StrandId strand);
    /// The request under way on a served connection, or the one that came and was not read yet; 0 if there is none.
    quint64 requestOn(StrandId strand);
    /// The first bytes of a request can be read since `time`.
    void announce(StrandId strand, quint64 time);
    /// The connection is lost: both ends hear so.
    void breakConnection(StrandId strand, quint64 now);
    /// The same, with nobody left on this side.
    void abandon(StrandId strand);
    /// The connection goes on as `to`, perhaps with another process, which begins to read it. 0, or a negative errno.
    int move(HandleId from, HandleId to);
    /// Its process reads no more of it; what becomes of it is said later.
    void letGo(HandleId handle);
    /// The server ends the connection: the script hears what it hears when a client does, and closes it.
    void endConnection(StrandId strand, quint64 now);

    // --- effects ---
    /// From now on transitions come through pull() and deliver() only.
    void setHeld() { m_isHeld = true; }
    void beginCapture() { m_isCapturing = true; }
    std::vector<Effect> endCapture();
    bool isCapturing() const { return m_isCapturing; }
    void capture(std::function<void(quint64 now)> perform);
    /// The transitions up to `now`, of the provider itself.
    std::vector<IoTransition> pull(quint64 now);
    quint64 nextPull() const;
    /// The next takeTransitions() gives this one.
    void deliver(IoTransition transition) { m_delivery.push_back(std::move(transition)); }

    // --- IoProvider ---
    void submit(SubjectId request, IoOperation operation, quint64 now) override;
    std::vector<IoTransition> takeTransitions(quint64 now) override;
    quint64 nextTransition() const override;
    bool hasRequests() const override { return m_inner->hasRequests(); }
    HandleProvider *handles() override { return this; }
    bool waitUntil(quint64 moment) override { return m_inner->waitUntil(moment); }
    void wakeUp() override { m_inner->wakeUp(); }
    void setNotice(std::function<void()> notice) override { m_inner->setNotice(std::move(notice)); }
    /// What a synchronous call moves takes its time, on the core.
    IoResult performNow(const IoOperation &operation) override;
    int descriptorOf(int number) const override { return m_inner->descriptorOf(number); }
    QList<SubjectId> unusedLatencies() const override { return m_inner->unusedLatencies(); }

private:
    // --- HandleProvider ---
    EventTurn fetch(HandleEvent *event) override;
    void close(HandleId handle) override;
    int reset(HandleId handle) override;
    int listen(HandleId server, int backlog) override;
    int accept(HandleId server, HandleId handle) override;
    int connect(HandleId handle, SubjectId request, const Endpoint &endpoint) override;
    WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) override;
    int shutdown(HandleId handle, SubjectId request) override;
    void proceed(HandleId handle, SubjectId request) override;

    std::vector<IoTransition> takeDelayed(quint64 now);
    void own(HandleId handle);
    void begin(ServedConnection &connection, const HandleEvent &event);
    void noteResponse(ServedConnection &connection, const QByteArray &bytes);
    void finish(ServedConnection &connection);
    void forget(HandleId handle);
    void tell(StrandId strand, HandleEvent::Kind kind, int error, quint64 now);
    void complete(SubjectId request, int error, quint64 now);
    void calculate(SubjectId request, const IoOperation &operation);

    std::unique_ptr<IoProvider> m_inner;
    ServerWatcher &m_watcher;
    const LatencyProfile m_disk = LatencyProfile::ofServers();
    Clock *m_clock = nullptr;
    int m_backlog = -1;
    StrandId m_current = 0;
    std::unordered_map<SubjectId, StrandId> m_requests; ///< under way
    std::unordered_map<HandleId, StrandId> m_handles; ///< by who used them last; those of served connections are their own
    std::unordered_map<HandleId, ServedConnection> m_served;
    bool m_calculates = false;
    bool m_isHeld = false;
    bool m_isCapturing = false;
    std::vector<Effect> m_effects;
    std::vector<IoTransition> m_delivery;
    std::multimap<quint64, IoTransition> m_delayed; ///< requests that wait before they begin, by the moment of their begin
    std::vector<SubjectId> m_told; ///< requests whose end was told in the last takeTransitions()
    std::set<HandleId> m_ended; ///< connections whose end is still to be told to the script
    std::vector<IoTransition> m_completions; ///< of effects that failed later than they were answered
    std::unordered_map<HandleId, qint64> m_unsent; ///< bytes that were taken from the script and not yet handed on
};

} // namespace loopscope
