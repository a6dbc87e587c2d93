// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"
#include "io/NetworkProfile.h"
#include "io/SeededGenerator.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Number of a socket in its network.
using SocketNumber = quint64;

class SimulatedNetwork;

/// Who holds sockets: one loop's handles. Told of what happens on them, in the order of time; perhaps in a call that another owner made, on
/// its thread.
class SocketOwner
{
public:
    /// `isPassive`: a part of the network itself (clients that are simulated too), with no loop and no time of its own. What it does, it
    /// does in calls of its functions, while whichever loop has the turn lets the network advance.
    explicit SocketOwner(std::shared_ptr<SimulatedNetwork> network, bool isPassive = false);
    virtual ~SocketOwner();
    SocketOwner(const SocketOwner &) = delete;
    SocketOwner &operator=(const SocketOwner &) = delete;
    SimulatedNetwork &network() const { return *m_network; }
    /// Has `action` called when the network has advanced to `time`, not before what happens on sockets at that time.
    void schedule(quint64 time, std::function<void(quint64 now)> action);

    /// Something happens at `time` that may concern it: by then it has to let the network advance.
    virtual void expect(quint64 time) = 0;
    /// The socket can be read (Data, End, Failed, Datagram) or, if it listens, accepted from (Connection). `value`: bytes that can be
    /// read, or the negative errno.
    virtual void readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time) = 0;
    /// A request is over. `isPending`: libuv leaves its callback to the pending phase.
    virtual void completed(SubjectId request, int error, quint64 time, bool isPending) = 0;

private:
    friend class SimulatedNetwork;
    using Agenda = std::map<std::pair<quint64, quint64>, std::function<void(quint64 now)>>; ///< by time, then by order of asking
    std::shared_ptr<SimulatedNetwork> m_network;
    const bool m_isPassive;
    Agenda m_agenda; ///< what happens to its sockets
};

/// One end of a connection, a server, or a UDP socket, as the simulated kernel keeps it.
struct SimulatedSocket
{
    enum class State : quint8 { Fresh, Listening, Connecting, Connected, Closed };
    struct Segment
    {
        quint64 visibleAt = 0; ///< ns; when it can be read
        QByteArray bytes;
    };
    struct Write
    {
        SubjectId request = 0;
        QByteArray bytes; ///< what the send buffer did not take yet
    };
    struct Datagram
    {
        QByteArray bytes;
        Endpoint from;
    };

    SocketNumber number = 0;
    SocketOwner *owner = nullptr; ///< null: a connection nobody has accepted, or a socket that was closed and still sends
    HandleId handle = 0;
    struct Sharer
    {
        SocketOwner *owner = nullptr;
        HandleId handle = 0;
    };
    std::vector<Sharer> sharers; ///< others that have it open: servers and UDP sockets tell them too, streams only the owner
    int inFlight = 0; ///< copies on their way to another loop
    HandleKind kind = HandleKind::Tcp;
    State state = State::Fresh;
    Endpoint local;
    Endpoint remote;
    bool isBound = false;
    bool isIpv6Only = false;
    bool isShared = false; ///< UV_UDP_REUSEADDR
    int delayedError = 0; ///< of bind: libuv tells it when the socket listens or connects

    // a server
    int backlog = 0;
    std::deque<SocketNumber> arrived; ///< connections to accept

    // a stream
    SocketNumber peer = 0; ///< 0: none, or gone
    NetworkLink link;
    SubjectId connectRequest = 0;
    bool isReading = false;
    std::deque<Segment> inbox;
    qint64 inboxBytes = 0;
    qint64 readOffset = 0; ///< into the first segment
    std::optional<quint64> endAt; ///< when the peer's end can be read
    bool endWasTold = false;
    int failure = 0; ///< negative errno: the connection was reset
    QByteArray sendBuffer; ///< taken from the script, not yet under way
    qint64 sendOffset = 0; ///< into sendBuffer
    std::deque<Write> writes;
    SubjectId shutdownRequest = 0; ///< waits for the writes
    SubjectId delayedShutdown = 0; ///< waits for the pending phase
    bool endsAfterWrites = false; ///< shutdown or close: the end follows what is in the send buffer
    bool endWasSent = false;
    quint64 lineFreeAt = 0; ///< ns; when the line can take more bytes (bandwidth)
    quint64 lastArrival = 0; ///< ns; TCP keeps the order

    // a UDP socket
    std::deque<Datagram> datagrams;
    qint64 datagramBytes = 0;
    bool isReceiving = false;
    std::optional<Endpoint> fixedPeer;
    std::map<HandleOption, int> options;

    std::optional<quint64> noticeAt; ///< its readability is, or will be, told then
    bool isTold = false; ///< told, and not fetched yet

    qint64 unsentBytes() const { return sendBuffer.size() - sendOffset; }
};

/// TCP, Unix domain sockets and UDP in virtual time: what a kernel and the lines between machines do, without either. The loops of a run
/// share one; each holds its sockets through a SocketOwner. All times are ns of run time, and calls come in the order of time, from
/// whichever loop has the turn (loop/LoopScheduler.h), so nothing is locked.
///
///     connect ── half a round trip ──> the server's queue        write ──> send buffer ── line ──> the peer's receive buffer ──> read
///            └── a whole round trip ──> connected, or refused                └ full: the write completes when there is room
///
/// On the loopback interface bytes can be read as soon as they are written, as with a real kernel; only the notice of it takes time.
/// docs/simulated-io.md says more, with the sources of the figures.
class SimulatedNetwork : public std::enable_shared_from_this<SimulatedNetwork>
{
public:
    SimulatedNetwork(quint64 seed, NetworkProfile profile);
    ~SimulatedNetwork();
    SimulatedNetwork(const SimulatedNetwork &) = delete;
    SimulatedNetwork &operator=(const SimulatedNetwork &) = delete;

    const NetworkProfile &profile() const { return m_profile; }

    /// What happens up to `now`; owners are told.
    void advanceTo(quint64 now);
    /// When something happens next that may concern `owner`; ~0 if nothing does.
    quint64 nextMoment(const SocketOwner &owner) const
    {
        quint64 next = std::min(firstOf(owner.m_agenda), firstOf(m_ownerless));
        for (const SocketOwner *passive : m_passive)
            next = std::min(next, firstOf(passive->m_agenda));
        return next;
    }

    SocketNumber open(SocketOwner *owner, HandleId handle, HandleKind kind);
    SimulatedSocket *find(SocketNumber number);
    const SimulatedSocket *find(SocketNumber number) const;

    // Counts and 0 are success; failures are negative errno.
    int bind(SimulatedSocket &socket, const Endpoint &endpoint, int flags);
    int listen(SimulatedSocket &socket, int backlog, quint64 now);
    /// The next connection that arrived at a server; 0 if there is none.
    SocketNumber accept(SimulatedSocket &server, SocketOwner *owner, HandleId handle, quint64 now);
    int connect(SimulatedSocket &socket, SubjectId request, Endpoint endpoint, quint64 now);
    void setReading(SimulatedSocket &socket, bool isReading, quint64 now);
    WriteOutcome write(SimulatedSocket &socket, SubjectId request, const QByteArray &bytes, quint64 now);
    int shutdown(SimulatedSocket &socket, SubjectId request, quint64 now);
    void proceed(SimulatedSocket &socket, SubjectId request, quint64 now);
    /// Takes what can be read now into `event`.
    EventTurn read(SimulatedSocket &socket, HandleEvent *event, quint64 now);
    /// What read() or receive() left is told once more.
    void tellAgain(SimulatedSocket &socket, quint64 now);
    /// `owner` closes its handle; the socket is closed when nobody else has it open.
    void close(SimulatedSocket &socket, const SocketOwner *owner, bool isReset, quint64 now);

    /// A copy of the socket goes to another loop: adopt() takes it, or drop().
    void share(SimulatedSocket &socket) { ++socket.inFlight; }
    void adopt(SimulatedSocket &socket, SocketOwner *owner, HandleId handle);
    void drop(SocketNumber number);

    void setReceiving(SimulatedSocket &socket, bool isReceiving, quint64 now);
    WriteOutcome send(SimulatedSocket &socket, const QByteArray &bytes, Endpoint to, quint64 now);
    int setPeer(SimulatedSocket &socket, const Endpoint *peer);
    EventTurn receive(SimulatedSocket &socket, HandleEvent *event, quint64 now);

private:
    friend class SocketOwner;
    using Agenda = SocketOwner::Agenda;
    using Action = Agenda::mapped_type;

    static quint64 firstOf(const Agenda &agenda) { return agenda.empty() ? ~0ULL : agenda.begin()->first.first; }
    /// The agenda whose first action is the earliest of all; null if none is due up to `now`.
    Agenda *firstDue(quint64 now);
    void join(SocketOwner &owner);
    void expect(SocketOwner &owner, quint64 time);
    void leave(SocketOwner &owner);
    /// `action` happens to `socket`, whose owner has to come to that time.
    void at(quint64 time, const SimulatedSocket &socket, Action action);
    void notice(SimulatedSocket &socket, quint64 time);
    void tellReadable(SimulatedSocket &socket, quint64 time);
    bool isLocalAddress(const QByteArray &address) const;
    /// Whether the network has a machine at `address`, and the line to it.
    const NetworkLink *linkTo(const QByteArray &address) const;
    bool conflicts(const SimulatedSocket &socket, const Endpoint &endpoint) const;
    SimulatedSocket *listenerAt(const Endpoint &endpoint);
    SimulatedSocket *receiverAt(const Endpoint &endpoint);
    quint16 freePort(const SimulatedSocket &socket, const QByteArray &address);
    QByteArray sourceAddressFor(const QByteArray &address) const;
    quint64 draw(const LatencyRange &range) { return m_generator.nextLatency(range.least, range.most); }

    int connectPipe(SimulatedSocket &socket, const Endpoint &endpoint, quint64 now);
    void sendRequestToConnect(SocketNumber number, int attempt, quint64 now, quint64 roundTrip);
    void pair(SimulatedSocket &client, SimulatedSocket &server, quint64 now);
    void failConnect(SimulatedSocket &socket, int error, quint64 time, bool isPending);
    /// Fills the send buffer from the writes that wait, and sends what the peer's receive buffer has room for.
    void pump(SimulatedSocket &socket, quint64 now);
    bool sendSome(SimulatedSocket &socket, SimulatedSocket &peer, quint64 now);
    quint64 arrivalTime(SimulatedSocket &socket, qint64 bytes, quint64 now);
    void sendEnd(SimulatedSocket &socket, quint64 now);
    void sendReset(SimulatedSocket &socket, quint64 now);
    void release(SimulatedSocket &socket);
    void closeForAll(SimulatedSocket &socket, bool isReset, quint64 now);
    /// The owner, and who shares a socket that tells all of them.
    void tell(const SimulatedSocket &socket, HandleEvent::Kind kind, qint64 value, quint64 time);
    qint64 receiveRoom(const SimulatedSocket &socket) const;

    NetworkProfile m_profile;
    SeededGenerator m_generator;
    std::vector<SocketOwner *> m_owners; ///< of all loops, and those that are passive
    std::vector<SocketOwner *> m_passive; ///< of them
    Agenda m_ownerless; ///< of sockets whose loop has ended
    quint64 m_order = 0;
    quint64 m_now = 0; ///< that it has come to
    std::unordered_map<SocketNumber, std::unique_ptr<SimulatedSocket>> m_sockets;
    SocketNumber m_lastNumber = 0;
    std::map<quint16, std::vector<SocketNumber>> m_tcpPorts; ///< bound, by port
    std::map<quint16, std::vector<SocketNumber>> m_udpPorts;
    std::map<QByteArray, SocketNumber> m_paths; ///< of pipes that are bound
    quint16 m_nextPort = 0;
};

} // namespace loopscope
