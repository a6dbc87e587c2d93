// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/UvHandles.h"

#include <deque>
#include <memory>
#include <vector>

namespace loopscope {

/// A handle of libuv's and what it has brought. Lives until libuv's close callback.
struct UvHandles::Handle
{
    union {
        uv_handle_t any;
        uv_stream_t stream;
        uv_tcp_t tcp;
        uv_pipe_t pipe;
        uv_udp_t udp;
        uv_process_t process;
        uv_fs_event_t watcher;
        uv_tty_t terminal;
        uv_signal_t signal;
    };
    UvHandles *owner = nullptr;
    HandleId id = 0; ///< 0: a connection that nobody has accepted yet
    HandleKind kind = HandleKind::Tcp;
    bool isKnownToLibuv = false;
    bool isClosed = false;
    bool isReading = false; ///< streams and UDP sockets: told only while this is so
    bool isAnnounced = false; ///< the loop was told that there is something to fetch
    std::vector<HandleEvent> kept; ///< oldest first
    QByteArray watchedName; ///< of a watcher whose path is not the one that libuv knows
    QByteArray standIn; ///< what libuv says instead of watchedName
    std::vector<Handle *> connections; ///< of a server: accepted in libuv, not yet by the caller

    /// What is kept may be told now.
    bool canTell() const
    {
        const bool reads = kind == HandleKind::Tcp || kind == HandleKind::Pipe || kind == HandleKind::Udp || kind == HandleKind::Terminal;
        return isReading || !reads || kept.front().kind == HandleEvent::Kind::Connection;
    }
    static Handle &of(void *libuvHandle) { return *static_cast<Handle *>(static_cast<uv_handle_t *>(libuvHandle)->data); }
};

/// A request under way. Lives until libuv's callback.
struct UvHandles::Request
{
    union {
        uv_req_t any;
        uv_connect_t connect;
        uv_write_t write;
        uv_shutdown_t shutdown;
        uv_udp_send_t send;
    };
    Handle *handle = nullptr;
    SubjectId subject = 0;
    QByteArray bytes; ///< stay until they are sent

    Request(Handle &target, SubjectId number, QByteArray content = {})
        : any()
        , handle(&target)
        , subject(number)
        , bytes(std::move(content))
    {
        any.data = this;
    }
    template<typename LibuvRequest>
    static void done(LibuvRequest *request, int status)
    {
        const std::unique_ptr<Request> finished(static_cast<Request *>(request->data));
        finished->handle->owner->complete(*finished, status);
    }
};

/// An address of libuv's from an endpoint; false if it is none.
bool toAddress(const Endpoint &endpoint, sockaddr_storage *address);
Endpoint fromAddress(const sockaddr *address);

} // namespace loopscope
