// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/DescriptorPassing.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

namespace loopscope {

namespace {

/// Room for one descriptor beside a message.
union Control {
    char bytes[CMSG_SPACE(sizeof(int))];
    cmsghdr alignment;
};

} // namespace

bool Channel::open()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    own = ends[0];
    other = ends[1];
    ::fcntl(own, F_SETFL, O_NONBLOCK);
    return true;
}

bool sendWithDescriptor(int socket, const void *bytes, std::size_t size, int descriptor)
{
    iovec part = {const_cast<void *>(bytes), size};
    Control control = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    ssize_t sent = 0;
    do
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(size);
}

bool receiveWithDescriptor(int socket, void *bytes, std::size_t size, int *descriptor)
{
    iovec part = {bytes, size};
    Control control = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    ssize_t received = 0;
    do
        received = ::recvmsg(socket, &message, 0);
    while (received < 0 && errno == EINTR);
    *descriptor = -1;
    for (cmsghdr *head = CMSG_FIRSTHDR(&message); received > 0 && head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
            std::memcpy(descriptor, CMSG_DATA(head), sizeof *descriptor);
    }
    return received == static_cast<ssize_t>(size);
}

} // namespace loopscope
