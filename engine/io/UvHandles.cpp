// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvHandles.h"

#include "io/UvHandle.h"
#include "io/UvIo.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <net/if.h>
#include <utility>

namespace loopscope {

bool toAddress(const Endpoint &endpoint, sockaddr_storage *address)
{
    if (endpoint.isIpv6())
        return uv_ip6_addr(endpoint.address.constData(), endpoint.port, reinterpret_cast<sockaddr_in6 *>(address)) == 0;
    return uv_ip4_addr(endpoint.address.constData(), endpoint.port, reinterpret_cast<sockaddr_in *>(address)) == 0;
}

Endpoint fromAddress(const sockaddr *address)
{
    Endpoint endpoint;
    std::array<char, INET6_ADDRSTRLEN + 1 + IF_NAMESIZE> text = {};
    if (address->sa_family == AF_INET6) {
        const auto *six = reinterpret_cast<const sockaddr_in6 *>(address);
        uv_ip6_name(six, text.data(), text.size());
        endpoint.port = ntohs(six->sin6_port);
        endpoint.address = text.data();
        // As Node shows it: an address of one link names its interface.
        std::array<char, IF_NAMESIZE> interface = {};
        if (six->sin6_scope_id != 0 && if_indextoname(six->sin6_scope_id, interface.data()) != nullptr)
            endpoint.address += '%' + QByteArray(interface.data());
    } else if (address->sa_family == AF_INET) {
        const auto *four = reinterpret_cast<const sockaddr_in *>(address);
        uv_ip4_name(four, text.data(), text.size());
        endpoint.port = ntohs(four->sin_port);
        endpoint.address = text.data();
    }
    return endpoint;
}

UvHandles::UvHandles(UvIo &io)
    : m_io(io)
{
}

UvHandles::~UvHandles() { closeAll(); }

void UvHandles::closeAll()
{
    for (const auto &[id, handle] : std::exchange(m_handles, {}))
        dispose(handle);
}

UvHandles::Handle *UvHandles::find(HandleId id, HandleKind kind) const
{
    const auto found = m_handles.find(id);
    return found != m_handles.end() && found->second->kind == kind ? found->second : nullptr;
}

UvHandles::Handle *UvHandles::findStream(HandleId id) const
{
    const auto found = m_handles.find(id);
    if (found == m_handles.end() || !found->second->isKnownToLibuv)
        return nullptr;
    const HandleKind kind = found->second->kind;
    return kind == HandleKind::Tcp || kind == HandleKind::Pipe || kind == HandleKind::Terminal ? found->second : nullptr;
}

UvHandles::Handle *UvHandles::make(HandleKind kind)
{
    auto *handle = new Handle{};
    handle->owner = this;
    handle->kind = kind;
    handle->any.data = handle;
    handle->isKnownToLibuv = true;
    switch (kind) {
    case HandleKind::Tcp:
        uv_tcp_init(m_io.loop(), &handle->tcp);
        break;
    case HandleKind::Pipe:
        uv_pipe_init(m_io.loop(), &handle->pipe, 0);
        break;
    case HandleKind::Udp:
        uv_udp_init(m_io.loop(), &handle->udp);
        break;
    case HandleKind::Watcher:
        uv_fs_event_init(m_io.loop(), &handle->watcher);
        break;
    case HandleKind::Signal:
        uv_signal_init(m_io.loop(), &handle->signal);
        break;
    case HandleKind::Process:
    case HandleKind::Terminal:
        handle->isKnownToLibuv = false; // spawn() and openDescriptor() do it
        break;
    }
    return handle;
}

void UvHandles::dispose(Handle *handle)
{
    handle->isClosed = true;
    handle->kept.clear();
    for (Handle *connection : std::exchange(handle->connections, {}))
        dispose(connection);
    if (handle->isKnownToLibuv)
        uv_close(&handle->any, [](uv_handle_t *closed) { delete &Handle::of(closed); });
    else
        delete handle;
}

int UvHandles::open(HandleId handle, HandleKind kind)
{
    Handle *made = make(kind);
    made->id = handle;
    m_handles.emplace(handle, made);
    return 0;
}

void UvHandles::close(HandleId handle)
{
    const auto found = m_handles.find(handle);
    if (found == m_handles.end())
        return;
    Handle *closed = found->second;
    m_handles.erase(found);
    dispose(closed);
}

int UvHandles::reset(HandleId handle)
{
    Handle *found = find(handle, HandleKind::Tcp);
    if (!found)
        return -EBADF;
    const int error = uv_tcp_close_reset(&found->tcp, [](uv_handle_t *closed) { delete &Handle::of(closed); });
    if (error < 0)
        return error;
    found->isClosed = true;
    m_handles.erase(handle);
    return 0;
}

// ---------------------------------------------------------------------------------------------------------- what they tell

void UvHandles::keep(Handle &handle, HandleEvent event)
{
    event.handle = handle.id;
    handle.kept.push_back(std::move(event));
    announce(handle);
}

void UvHandles::announce(Handle &handle)
{
    if (handle.isAnnounced || handle.kept.empty() || !handle.canTell())
        return;
    handle.isAnnounced = true;
    const HandleEvent &next = handle.kept.front();
    IoTransition transition;
    transition.kind = IoTransition::Kind::Told;
    transition.event.kind = next.kind;
    transition.event.handle = handle.id;
    transition.event.error = next.error;
    transition.event.status = next.data.isEmpty() ? next.status : next.data.size();
    m_io.tellFromLoop(std::move(transition));
}

EventTurn UvHandles::fetch(HandleEvent *event)
{
    const auto found = m_handles.find(event->handle);
    if (found == m_handles.end())
        return EventTurn::Void;
    Handle &handle = *found->second;
    if (handle.kind == HandleKind::Watcher)
        return EventTurn::Told;
    handle.isAnnounced = false;
    if (handle.kept.empty() || !handle.canTell())
        return EventTurn::Void;
    *event = std::move(handle.kept.front());
    handle.kept.erase(handle.kept.begin());
    handle.isAnnounced = !handle.kept.empty();
    return handle.isAnnounced ? EventTurn::ToldWithMore : EventTurn::Told;
}

void UvHandles::leaveRest(HandleId handle)
{
    const auto found = m_handles.find(handle);
    if (found == m_handles.end())
        return;
    found->second->isAnnounced = false;
    announce(*found->second);
}

void UvHandles::complete(const Request &request, int status)
{
    if (request.handle->isClosed)
        return;
    IoTransition transition;
    transition.kind = IoTransition::Kind::Completed;
    transition.request = request.subject;
    transition.result.error.errorNumber = status < 0 ? status : 0;
    // What the kernel refused at once, libuv tells in its pending phase.
    transition.runsPending = request.any.type == UV_CONNECT && status < 0 && request.handle->kind == HandleKind::Pipe;
    m_io.tellFromLoop(std::move(transition));
}

// ------------------------------------------------------------------------------------------------------------------ options

int UvHandles::setOption(HandleId handle, HandleOption option, int value)
{
    const auto found = m_handles.find(handle);
    if (found == m_handles.end() || !found->second->isKnownToLibuv)
        return -EBADF;
    Handle &target = *found->second;
    const bool isUdp = target.kind == HandleKind::Udp;
    switch (option) {
    case HandleOption::SendBufferSize:
        return uv_send_buffer_size(&target.any, &value);
    case HandleOption::ReceiveBufferSize:
        return uv_recv_buffer_size(&target.any, &value);
    case HandleOption::Broadcast:
        return isUdp ? uv_udp_set_broadcast(&target.udp, value) : -EINVAL;
    case HandleOption::TimeToLive:
        return isUdp ? uv_udp_set_ttl(&target.udp, value) : -EINVAL;
    case HandleOption::MulticastTimeToLive:
        return isUdp ? uv_udp_set_multicast_ttl(&target.udp, value) : -EINVAL;
    case HandleOption::MulticastLoopback:
        return isUdp ? uv_udp_set_multicast_loop(&target.udp, value) : -EINVAL;
    case HandleOption::PipeMode:
        return target.kind == HandleKind::Pipe ? uv_pipe_chmod(&target.pipe, value) : -EINVAL;
    case HandleOption::PassesHandles:
        if (target.kind != HandleKind::Pipe)
            return -EINVAL;
        target.pipe.ipc = value; // as uv_pipe_init's last argument
        return 0;
    case HandleOption::RawMode:
        return target.kind == HandleKind::Terminal ? uv_tty_set_mode(&target.terminal, value != 0 ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL)
                                                   : -ENOTTY;
    }
    return -EINVAL;
}

int UvHandles::option(HandleId handle, HandleOption option) const
{
    const auto found = m_handles.find(handle);
    if (found == m_handles.end() || !found->second->isKnownToLibuv)
        return -EBADF;
    Handle &target = *found->second;
    int value = 0;
    if (option == HandleOption::SendBufferSize || option == HandleOption::ReceiveBufferSize) {
        const int error =
            option == HandleOption::SendBufferSize ? uv_send_buffer_size(&target.any, &value) : uv_recv_buffer_size(&target.any, &value);
        return error < 0 ? error : value;
    }
    return -EINVAL;
}

int UvHandles::openDescriptor(HandleId handle, int descriptor)
{
    const auto found = m_handles.find(handle);
    if (found == m_handles.end())
        return -EBADF;
    // What this program opened for itself (the recording, the window's socket) is closed in children, and not the script's either.
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0)
        return -EBADF;
    Handle &target = *found->second;
    switch (target.kind) {
    case HandleKind::Tcp:
        return uv_tcp_open(&target.tcp, descriptor);
    case HandleKind::Pipe:
        return uv_pipe_open(&target.pipe, descriptor);
    case HandleKind::Udp:
        return uv_udp_open(&target.udp, descriptor);
    case HandleKind::Terminal: {
        const int error = uv_tty_init(m_io.loop(), &target.terminal, descriptor, 0);
        target.isKnownToLibuv = error == 0;
        return error;
    }
    default:
        return -EINVAL;
    }
}

} // namespace loopscope
