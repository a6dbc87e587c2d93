// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QByteArray>
#include <QByteArrayList>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// Number of a handle: a subject of the recording, given by whoever opens it.
using HandleId = SubjectId;

/// What a handle is: libuv's kinds of handles that scripts can hold.
enum class HandleKind : quint8 { Tcp = 1, Pipe = 2, Udp = 3, Process = 4, Watcher = 5, Terminal = 6, Signal = 7 };

/// One end of a connection: an IP address and port, or the path of a pipe (a Unix domain socket).
struct Endpoint
{
    QByteArray address; ///< "127.0.0.1", "::1"; never a name. Empty for a pipe
    quint16 port = 0; ///< 0: the system chooses, when bound
    QByteArray path; ///< of a pipe; bytes, as the kernel takes them. Empty for IP
    bool isIpv6() const { return address.contains(':'); }
};

/// What a handle tells the loop, when it happens. Answers to requests (connect, write, shutdown, send) are IoTransitions of their own.
struct HandleEvent
{
    enum class Kind : quint8 {
        Connection = 1, ///< a server: somebody connected; accept() takes the connection. `error` if that failed
        Data = 2, ///< a stream that reads: `data`, never empty
        End = 3, ///< a stream that reads: the peer sends no more
        Failed = 4, ///< a stream that reads, a socket or a watcher: `error`, after which it tells no more
        Datagram = 5, ///< a UDP socket: `data` (may be empty) that came `from`
        Exited = 6, ///< a process: `status` and `signal`
        Changed = 7, ///< a watcher: `data` is the name of the file, empty if the system gives none; `status` 1 renamed, 2 changed
        Signalled = 8, ///< a signal of this process came: `signal`
    };
    Kind kind = Kind::Data;
    HandleId handle = 0;
    int error = 0; ///< negative errno
    QByteArray data;
    Endpoint from;
    std::optional<HandleKind> brings; ///< Data of a pipe that passes handles: one of this kind came with it, and accept() takes it
    qint64 status = 0;
    int signal = 0;
    quint64 number = 0; ///< the provider's own: of notices, from 1
};

/// How a write or a send went.
struct WriteOutcome
{
    int error = 0; ///< negative errno; then the request is not told of any more
    bool isDone = false; ///< everything was taken at once, as most writes are: the request is not told of any more
};

/// What becomes of an event when its turn comes in the poll phase.
enum class EventTurn : quint8 {
    Void, ///< it has nothing to tell any more: reading was stopped, the connection is gone
    Told, ///< it is told
    ToldWithMore, ///< it is told, and the handle has more to tell in this very poll phase: fetch again with the same event
};

/// Numbers that can be set and asked for with setOption() and option().
enum class HandleOption : quint8 {
    SendBufferSize = 1, ///< bytes; 0 asks
    ReceiveBufferSize = 2,
    Broadcast = 3, ///< of UDP sockets: 0 or 1
    TimeToLive = 4,
    MulticastTimeToLive = 5,
    MulticastLoopback = 6,
    PipeMode = 7, ///< of servers at a path: UV_READABLE 1, UV_WRITABLE 2: who may connect
    PassesHandles = 9, ///< of pipes between processes, before they are used: 1 if handles go through it
    RawMode = 8, ///< of terminals: 1 if every key is told at once, and nothing is echoed
};

/// How a process is started (spawn of libuv).
struct ProcessOptions
{
    QByteArray file;
    QByteArrayList arguments; ///< with argv[0]
    QByteArrayList environment; ///< "NAME=value"
    QByteArray folder; ///< to run in; empty: this one's
    bool isDetached = false;
    bool hasUser = false;
    bool hasGroup = false;
    quint32 user = 0;
    quint32 group = 0;
    struct Stream
    {
        enum class Kind : quint8 { Ignore, Pipe, Inherit };
        Kind kind = Kind::Ignore;
        HandleId pipe = 0; ///< Pipe: an open handle of kind Pipe that becomes our end, readable and writable
        int descriptor = -1; ///< Inherit: a descriptor of this process
    };
    std::vector<Stream> streams; ///< by descriptor in the child
};

/// A handle on its way from one loop of this process to another. It stays open meanwhile, and is closed when this is destroyed, unless the
/// one who sent it or the one who took it has it open.
class HandleInFlight
{
public:
    HandleInFlight() = default;
    virtual ~HandleInFlight() = default;
    HandleInFlight(const HandleInFlight &) = delete;
    HandleInFlight &operator=(const HandleInFlight &) = delete;
};

/// Sockets, servers, pipes, processes and watchers, which tell many things in their life: the part of an I/O provider that libuv calls
/// handles. What they tell comes out of IoProvider::takeTransitions() in the order of its time, together with the completions of requests.
///
///     open ── bind ── listen ──> Connection* ── accept
///     open ── connect(request) ──> setReading(true) ──> Data* End      write(request)*  shutdown(request)  close
///
/// Numbers of handles and requests are the caller's. Counts and 0 are success; failures are negative errno, at once where libuv fails at
/// once and with the request where it fails later. A handle that was closed tells nothing more, nor do its requests.
/// Permissions are the caller's business (io/Permissions.h). Used on the loop's thread only.
class HandleProvider
{
public:
    virtual ~HandleProvider() = default;

    virtual int open(HandleId handle, HandleKind kind) = 0;
    /// The event's turn came: the last moment at which a provider may fill it in, so that a socket reads all that has arrived by now, not
    /// only what had when it became readable. Handles that were closed meanwhile are the caller's business.
    virtual EventTurn fetch(HandleEvent *event)
    {
        Q_UNUSED(event)
        return EventTurn::Told;
    }
    /// Enough was told with more in one poll phase: the rest is for the next one.
    virtual void leaveRest(HandleId handle) { Q_UNUSED(handle) }
    /// Ends it. Its close callback, and the callbacks of its requests under way (ECANCELED), are the caller's, for the closing phase: the
    /// provider tells no more of either.
    virtual void close(HandleId handle) = 0;
    /// The loop ends: the system closes what it left open, and tells it nothing more.
    virtual void closeAll() = 0;
    /// As close, but a TCP connection is reset (RST).
    virtual int reset(HandleId handle) = 0;

    // --- streams and servers ---
    /// `flags`: 1 if an IPv6 address takes no IPv4 connections (UV_TCP_IPV6ONLY, UV_UDP_IPV6ONLY), 4 if a UDP port may be shared
    /// (UV_UDP_REUSEADDR).
    virtual int bind(HandleId handle, const Endpoint &endpoint, int flags) = 0;
    virtual int listen(HandleId server, int backlog) = 0;
    /// Takes a connection that a Connection event told of, as `handle`, which is new.
    virtual int accept(HandleId server, HandleId handle) = 0;
    virtual int connect(HandleId handle, SubjectId request, const Endpoint &endpoint) = 0;
    virtual int setReading(HandleId handle, bool isReading) = 0;
    virtual WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) = 0;
    /// write() to a pipe that PassesHandles; the other process gets a copy of the handle `sent` with the bytes.
    virtual WriteOutcome writeWithHandle(HandleId handle, SubjectId request, const QByteArray &bytes, HandleId sent)
    {
        Q_UNUSED(handle)
        Q_UNUSED(request)
        Q_UNUSED(bytes)
        Q_UNUSED(sent)
        return {-38, false}; // ENOSYS: there are no other processes
    }
    /// A copy of a handle for another loop of this process; null if there is none to be had.
    virtual std::shared_ptr<HandleInFlight> share(HandleId handle)
    {
        Q_UNUSED(handle)
        return nullptr;
    }
    /// Takes what another loop shared, as `handle`, which is new.
    virtual int adopt(HandleId handle, HandleInFlight &shared)
    {
        Q_UNUSED(handle)
        Q_UNUSED(shared)
        return -38; // ENOSYS
    }
    /// Sends the end after all that was written.
    virtual int shutdown(HandleId handle, SubjectId request) = 0;
    /// A request that runsPending has its turn: a simulated shutdown is made only now, as libuv's is.
    virtual void proceed(HandleId handle, SubjectId request)
    {
        Q_UNUSED(handle)
        Q_UNUSED(request)
    }
    /// Bytes that were written and wait to be sent.
    virtual qint64 queuedBytes(HandleId handle) const = 0;
    virtual int localEndpoint(HandleId handle, Endpoint *endpoint) const = 0;
    virtual int remoteEndpoint(HandleId handle, Endpoint *endpoint) const = 0;
    virtual int setNoDelay(HandleId handle, bool isOn) = 0;
    virtual int setKeepAlive(HandleId handle, bool isOn, int seconds) = 0;
    /// Takes a descriptor of this process (0 to 2, or one that was handed to it) as the stream.
    virtual int openDescriptor(HandleId handle, int descriptor) = 0;

    // --- datagrams ---
    virtual int setReceiving(HandleId handle, bool isReceiving) = 0;
    /// `to` is null on a socket that setPeer() connected.
    virtual WriteOutcome send(HandleId handle, SubjectId request, const QByteArray &bytes, const Endpoint *to) = 0;
    /// Connects a UDP socket to one peer; null ends that.
    virtual int setPeer(HandleId handle, const Endpoint *peer) = 0;
    /// Joins or leaves a multicast group; `interface` may be empty. `source`: only datagrams from there; empty for all.
    virtual int setMembership(
        HandleId handle, const QByteArray &group, const QByteArray &interface, const QByteArray &source, bool isMember) = 0;
    virtual int setMulticastInterface(HandleId handle, const QByteArray &interface) = 0;

    // --- options ---
    virtual int setOption(HandleId handle, HandleOption option, int value) = 0;
    /// The value from 0, or a negative errno.
    virtual int option(HandleId handle, HandleOption option) const = 0;

    // --- processes ---
    /// Starts one; its process number, or a negative errno.
    virtual int spawn(HandleId process, const ProcessOptions &options) = 0;
    virtual int kill(HandleId process, int signal) = 0;

    // --- watchers of files ---
    /// What is at a path: a folder's names, or one file. Node's recursive watchers are trees of these.
    virtual int watch(HandleId watcher, const QByteArray &path) = 0;

    // --- signals of this process ---
    virtual int watchSignal(HandleId handle, int signal)
    {
        Q_UNUSED(handle)
        Q_UNUSED(signal)
        return -38; // ENOSYS: virtual time knows no signals from outside
    }
};

} // namespace loopscope
