// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"

#include <uv.h>

#include <unordered_map>

namespace loopscope {

class UvIo;

/// The machine's sockets, servers, pipes, processes and watchers, through libuv.
///
/// libuv reads and accepts inside its poll, before any JavaScript of this poll phase runs. What it brings waits at its handle; the loop is
/// told once that there is something, and fetches it when the handle's turn comes: so a stream that stops reading meanwhile keeps what
/// has arrived for the moment at which it reads again.
class UvHandles final : public HandleProvider
{
public:
    explicit UvHandles(UvIo &io);
    ~UvHandles() override;
    /// Closes what is open; the memory goes when the loop turns the next time.
    void closeAll() override;

    int open(HandleId handle, HandleKind kind) override;
    EventTurn fetch(HandleEvent *event) override;
    void leaveRest(HandleId handle) override;
    void close(HandleId handle) override;
    int reset(HandleId handle) override;
    int bind(HandleId handle, const Endpoint &endpoint, int flags) override;
    int listen(HandleId server, int backlog) override;
    int accept(HandleId server, HandleId handle) override;
    int connect(HandleId handle, SubjectId request, const Endpoint &endpoint) override;
    int setReading(HandleId handle, bool isReading) override;
    WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) override;
    WriteOutcome writeWithHandle(HandleId handle, SubjectId request, const QByteArray &bytes, HandleId sent) override;
    int shutdown(HandleId handle, SubjectId request) override;
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
    int watchSignal(HandleId handle, int signal) override;

private:
    struct Handle;
    struct Request;

    Handle *find(HandleId id, HandleKind kind) const;
    Handle *findStream(HandleId id) const;
    Handle *make(HandleKind kind);
    void dispose(Handle *handle);
    /// Keeps the event at the handle and, unless that was done, tells the loop that there is something.
    void keep(Handle &handle, HandleEvent event);
    void announce(Handle &handle);
    void complete(const Request &request, int status);
    void connected(Handle &server, int status);
    void takeSentHandle(Handle &pipe, HandleEvent *event);
    void provideBuffer(const Handle &handle, uv_buf_t *buffer);
    QByteArray takeBytes(qint64 count);
    void read(Handle &handle, qint64 count);
    void receive(Handle &handle, qint64 count, const sockaddr *from);

    UvIo &m_io;
    std::unordered_map<HandleId, Handle *> m_handles;
    QByteArray m_buffer; ///< where libuv reads into
};

} // namespace loopscope
