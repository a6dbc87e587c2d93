// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvHandle.h"
#include "io/UvIo.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/un.h>

namespace loopscope {

namespace {

/// What libuv suggests for a read, and Node takes.
constexpr qsizetype bufferSize = 64 * 1024;
/// Reads that fill at least this much of the buffer keep it; others are copied out of it.
constexpr qint64 keptWhole = bufferSize / 2;
/// So many pieces of a stream, or datagrams, are read before the script had its turn with them.
constexpr std::size_t mostKept = 4;

} // namespace

// ------------------------------------------------------------------------------------------------------- servers, connections

int UvHandles::bind(HandleId handle, const Endpoint &endpoint, int flags)
{
    if (Handle *pipe = find(handle, HandleKind::Pipe))
        return endpoint.path.size() < qsizetype(sizeof(sockaddr_un::sun_path)) ? uv_pipe_bind(&pipe->pipe, endpoint.path.constData())
                                                                               : -ENAMETOOLONG;
    sockaddr_storage address = {};
    if (!toAddress(endpoint, &address))
        return -EINVAL;
    const auto *target = reinterpret_cast<const sockaddr *>(&address);
    if (Handle *tcp = find(handle, HandleKind::Tcp))
        return uv_tcp_bind(&tcp->tcp, target, static_cast<unsigned>(flags));
    if (Handle *udp = find(handle, HandleKind::Udp))
        return uv_udp_bind(&udp->udp, target, static_cast<unsigned>(flags));
    return -EBADF;
}

int UvHandles::listen(HandleId server, int backlog)
{
    Handle *found = findStream(server);
    if (!found)
        return -EBADF;
    return uv_listen(&found->stream, backlog, [](uv_stream_t *stream, int status) {
        Handle &handle = Handle::of(stream);
        handle.owner->connected(handle, status);
    });
}

void UvHandles::connected(Handle &server, int status)
{
    HandleEvent event;
    event.kind = HandleEvent::Kind::Connection;
    event.error = status;
    if (status == 0) {
        Handle *connection = make(server.kind);
        event.error = uv_accept(&server.stream, &connection->stream);
        if (event.error == 0)
            server.connections.push_back(connection);
        else
            dispose(connection);
    }
    keep(server, std::move(event));
}

int UvHandles::accept(HandleId server, HandleId handle)
{
    Handle *found = findStream(server);
    if (!found || found->connections.empty())
        return -EAGAIN;
    Handle *connection = found->connections.front();
    found->connections.erase(found->connections.begin());
    connection->id = handle;
    m_handles.emplace(handle, connection);
    return 0;
}

int UvHandles::connect(HandleId handle, SubjectId request, const Endpoint &endpoint)
{
    if (Handle *pipe = find(handle, HandleKind::Pipe)) {
        if (endpoint.path.size() >= qsizetype(sizeof(sockaddr_un::sun_path)))
            return -ENAMETOOLONG;
        uv_pipe_connect(&(new Request(*pipe, request))->connect, &pipe->pipe, endpoint.path.constData(), &Request::done<uv_connect_t>);
        return 0;
    }
    Handle *tcp = find(handle, HandleKind::Tcp);
    sockaddr_storage address = {};
    if (!tcp || !toAddress(endpoint, &address))
        return tcp ? -EINVAL : -EBADF;
    auto connecting = std::make_unique<Request>(*tcp, request);
    const int error =
        uv_tcp_connect(&connecting->connect, &tcp->tcp, reinterpret_cast<const sockaddr *>(&address), &Request::done<uv_connect_t>);
    if (error == 0)
        static_cast<void>(connecting.release());
    return error;
}

namespace {

int endpointOf(int error, const sockaddr_storage &address, Endpoint *endpoint)
{
    if (error == 0)
        *endpoint = fromAddress(reinterpret_cast<const sockaddr *>(&address));
    return error;
}

int pathOf(int error, const std::array<char, sizeof(sockaddr_un)> &path, std::size_t length, Endpoint *endpoint)
{
    if (error == 0)
        endpoint->path = QByteArray(path.data(), static_cast<qsizetype>(length));
    return error;
}

} // namespace

int UvHandles::localEndpoint(HandleId handle, Endpoint *endpoint) const
{
    sockaddr_storage address = {};
    auto *target = reinterpret_cast<sockaddr *>(&address);
    int length = sizeof address;
    if (const Handle *tcp = find(handle, HandleKind::Tcp))
        return endpointOf(uv_tcp_getsockname(&tcp->tcp, target, &length), address, endpoint);
    if (const Handle *udp = find(handle, HandleKind::Udp))
        return endpointOf(uv_udp_getsockname(&udp->udp, target, &length), address, endpoint);
    const Handle *pipe = find(handle, HandleKind::Pipe);
    if (!pipe)
        return -EBADF;
    std::array<char, sizeof(sockaddr_un)> path = {};
    std::size_t size = path.size();
    const int error = uv_pipe_getsockname(&pipe->pipe, path.data(), &size);
    return pathOf(error, path, size, endpoint);
}

int UvHandles::remoteEndpoint(HandleId handle, Endpoint *endpoint) const
{
    sockaddr_storage address = {};
    auto *target = reinterpret_cast<sockaddr *>(&address);
    int length = sizeof address;
    if (const Handle *tcp = find(handle, HandleKind::Tcp))
        return endpointOf(uv_tcp_getpeername(&tcp->tcp, target, &length), address, endpoint);
    if (const Handle *udp = find(handle, HandleKind::Udp))
        return endpointOf(uv_udp_getpeername(&udp->udp, target, &length), address, endpoint);
    const Handle *pipe = find(handle, HandleKind::Pipe);
    if (!pipe)
        return -EBADF;
    std::array<char, sizeof(sockaddr_un)> path = {};
    std::size_t size = path.size();
    const int error = uv_pipe_getpeername(&pipe->pipe, path.data(), &size);
    return pathOf(error, path, size, endpoint);
}

int UvHandles::setNoDelay(HandleId handle, bool isOn)
{
    Handle *found = find(handle, HandleKind::Tcp);
    return found ? uv_tcp_nodelay(&found->tcp, isOn ? 1 : 0) : -EBADF;
}

int UvHandles::setKeepAlive(HandleId handle, bool isOn, int seconds)
{
    Handle *found = find(handle, HandleKind::Tcp);
    return found ? uv_tcp_keepalive(&found->tcp, isOn ? 1 : 0, static_cast<unsigned>(std::max(seconds, 0))) : -EBADF;
}

// --------------------------------------------------------------------------------------------------------------- reading

void UvHandles::provideBuffer(const Handle &handle, uv_buf_t *buffer)
{
    // None ends libuv's reading for this poll; what is left shows again in the next one.
    if (handle.kept.size() >= mostKept) {
        *buffer = uv_buf_init(nullptr, 0);
        return;
    }
    if (m_buffer.size() < bufferSize)
        m_buffer = QByteArray(bufferSize, Qt::Uninitialized);
    *buffer = uv_buf_init(m_buffer.data(), static_cast<unsigned>(bufferSize));
}

QByteArray UvHandles::takeBytes(qint64 count)
{
    if (count < keptWhole)
        return QByteArray(m_buffer.constData(), count);
    QByteArray bytes = std::exchange(m_buffer, {});
    bytes.truncate(count);
    return bytes;
}

/// A handle came with what was just read.
void UvHandles::takeSentHandle(Handle &pipe, HandleEvent *event)
{
    if (pipe.kind != HandleKind::Pipe || pipe.pipe.ipc == 0 || uv_pipe_pending_count(&pipe.pipe) == 0)
        return;
    const uv_handle_type type = uv_pipe_pending_type(&pipe.pipe);
    const HandleKind kind = type == UV_UDP ? HandleKind::Udp : type == UV_NAMED_PIPE ? HandleKind::Pipe : HandleKind::Tcp;
    Handle *sent = make(kind);
    if (uv_accept(&pipe.stream, &sent->stream) != 0) {
        dispose(sent);
        return;
    }
    pipe.connections.push_back(sent);
    event->brings = kind;
}

void UvHandles::read(Handle &handle, qint64 count)
{
    if (count == 0 || count == UV_ENOBUFS)
        return;
    HandleEvent event;
    if (count > 0) {
        event.data = takeBytes(count);
        takeSentHandle(handle, &event);
    } else {
        event.kind = count == UV_EOF ? HandleEvent::Kind::End : HandleEvent::Kind::Failed;
        event.error = count == UV_EOF ? 0 : static_cast<int>(count);
    }
    keep(handle, std::move(event));
}

int UvHandles::setReading(HandleId handle, bool isReading)
{
    Handle *found = findStream(handle);
    if (!found)
        return -EBADF;
    if (!isReading) {
        found->isReading = false;
        found->isAnnounced = false;
        return uv_read_stop(&found->stream);
    }
    const int error = uv_read_start(
        &found->stream,
        [](uv_handle_t *stream, std::size_t, uv_buf_t *buffer) {
            const Handle &target = Handle::of(stream);
            target.owner->provideBuffer(target, buffer);
        },
        [](uv_stream_t *stream, ssize_t count, const uv_buf_t *) {
            Handle &target = Handle::of(stream);
            target.owner->read(target, count);
        });
    if (error < 0 && error != UV_EALREADY)
        return error;
    found->isReading = true;
    announce(*found);
    return 0;
}

// --------------------------------------------------------------------------------------------------------------- writing

WriteOutcome UvHandles::write(HandleId handle, SubjectId request, const QByteArray &bytes)
{
    Handle *found = findStream(handle);
    if (!found)
        return {-EBADF};
    uv_buf_t buffer = uv_buf_init(const_cast<char *>(bytes.constData()), static_cast<unsigned>(bytes.size()));
    const int written = uv_try_write(&found->stream, &buffer, 1);
    if (written == bytes.size())
        return {0, true};
    if (written < 0 && written != UV_EAGAIN && written != UV_ENOSYS)
        return {written};
    auto rest = std::make_unique<Request>(*found, request, bytes);
    buffer.base += std::max(written, 0);
    buffer.len -= static_cast<std::size_t>(std::max(written, 0));
    const int error = uv_write(&rest->write, &found->stream, &buffer, 1, &Request::done<uv_write_t>);
    if (error == 0)
        static_cast<void>(rest.release());
    return {error};
}

WriteOutcome UvHandles::writeWithHandle(HandleId handle, SubjectId request, const QByteArray &bytes, HandleId sent)
{
    Handle *found = find(handle, HandleKind::Pipe);
    const auto other = m_handles.find(sent);
    if (!found || other == m_handles.end())
        return {-EBADF};
    uv_buf_t buffer = uv_buf_init(const_cast<char *>(bytes.constData()), static_cast<unsigned>(bytes.size()));
    auto writing = std::make_unique<Request>(*found, request, bytes);
    const int error = uv_write2(&writing->write, &found->stream, &buffer, 1, &other->second->stream, &Request::done<uv_write_t>);
    if (error == 0)
        static_cast<void>(writing.release());
    return {error};
}

int UvHandles::shutdown(HandleId handle, SubjectId request)
{
    Handle *found = findStream(handle);
    if (!found)
        return -ENOTCONN;
    auto ending = std::make_unique<Request>(*found, request);
    const int error = uv_shutdown(&ending->shutdown, &found->stream, &Request::done<uv_shutdown_t>);
    if (error == 0)
        static_cast<void>(ending.release());
    return error;
}

qint64 UvHandles::queuedBytes(HandleId handle) const
{
    if (const Handle *udp = find(handle, HandleKind::Udp))
        return static_cast<qint64>(uv_udp_get_send_queue_size(&udp->udp));
    const Handle *stream = findStream(handle);
    return stream ? static_cast<qint64>(uv_stream_get_write_queue_size(&stream->stream)) : 0;
}

// ------------------------------------------------------------------------------------------------------------- datagrams

void UvHandles::receive(Handle &handle, qint64 count, const sockaddr *from)
{
    if (count == UV_ENOBUFS || (count == 0 && from == nullptr))
        return;
    HandleEvent event;
    event.kind = count < 0 ? HandleEvent::Kind::Failed : HandleEvent::Kind::Datagram;
    if (count < 0) {
        event.error = static_cast<int>(count);
    } else {
        event.data = QByteArray(m_buffer.constData(), count);
        event.from = fromAddress(from);
    }
    keep(handle, std::move(event));
}

int UvHandles::setReceiving(HandleId handle, bool isReceiving)
{
    Handle *found = find(handle, HandleKind::Udp);
    if (!found)
        return -EBADF;
    if (!isReceiving) {
        found->isReading = false;
        found->isAnnounced = false;
        return uv_udp_recv_stop(&found->udp);
    }
    const int error = uv_udp_recv_start(
        &found->udp,
        [](uv_handle_t *socket, std::size_t, uv_buf_t *buffer) {
            const Handle &target = Handle::of(socket);
            target.owner->provideBuffer(target, buffer);
        },
        [](uv_udp_t *socket, ssize_t count, const uv_buf_t *, const sockaddr *from, unsigned) {
            Handle &target = Handle::of(socket);
            target.owner->receive(target, count, from);
        });
    if (error < 0 && error != UV_EALREADY)
        return error;
    found->isReading = true;
    announce(*found);
    return 0;
}

WriteOutcome UvHandles::send(HandleId handle, SubjectId request, const QByteArray &bytes, const Endpoint *to)
{
    Handle *found = find(handle, HandleKind::Udp);
    sockaddr_storage address = {};
    if (!found || (to && !toAddress(*to, &address)))
        return {found ? -EINVAL : -EBADF};
    const auto *target = to ? reinterpret_cast<const sockaddr *>(&address) : nullptr;
    const uv_buf_t buffer = uv_buf_init(const_cast<char *>(bytes.constData()), static_cast<unsigned>(bytes.size()));
    const int sent = uv_udp_try_send(&found->udp, &buffer, 1, target);
    if (sent >= 0)
        return {0, true};
    if (sent != UV_EAGAIN && sent != UV_ENOSYS)
        return {sent};
    auto sending = std::make_unique<Request>(*found, request, bytes);
    const int error = uv_udp_send(&sending->send, &found->udp, &buffer, 1, target, &Request::done<uv_udp_send_t>);
    if (error == 0)
        static_cast<void>(sending.release());
    return {error};
}

int UvHandles::setPeer(HandleId handle, const Endpoint *peer)
{
    Handle *found = find(handle, HandleKind::Udp);
    sockaddr_storage address = {};
    if (!found || (peer && !toAddress(*peer, &address)))
        return found ? -EINVAL : -EBADF;
    return uv_udp_connect(&found->udp, peer ? reinterpret_cast<const sockaddr *>(&address) : nullptr);
}

int UvHandles::setMembership(HandleId handle, const QByteArray &group, const QByteArray &interface, const QByteArray &source, bool isMember)
{
    Handle *found = find(handle, HandleKind::Udp);
    if (!found)
        return -EBADF;
    const uv_membership membership = isMember ? UV_JOIN_GROUP : UV_LEAVE_GROUP;
    const char *through = interface.isEmpty() ? nullptr : interface.constData();
    if (source.isEmpty())
        return uv_udp_set_membership(&found->udp, group.constData(), through, membership);
    return uv_udp_set_source_membership(&found->udp, group.constData(), through, source.constData(), membership);
}

int UvHandles::setMulticastInterface(HandleId handle, const QByteArray &interface)
{
    Handle *found = find(handle, HandleKind::Udp);
    return found ? uv_udp_set_multicast_interface(&found->udp, interface.constData()) : -EBADF;
}

} // namespace loopscope
