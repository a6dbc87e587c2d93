// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server that costs as little as one can, to measure those who ask it: one thread, epoll, the same answer to every request. It prints its
// port as TestedServer wants it and ends when its standard input does.
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\nConnection: keep-alive\r\n\r\nhello world";

int listenAnywhere()
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(listener, reinterpret_cast<const sockaddr *>(&address), length) != 0 || listen(listener, 4096) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return -1;
    std::printf("{\"plain\":%d}\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return listener;
}

void watch(int poll, int file, unsigned events)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = file;
    epoll_ctl(poll, EPOLL_CTL_ADD, file, &event);
}

void acceptAll(int poll, int listener)
{
    for (int client = 0; (client = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        const int on = 1;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(poll, client, EPOLLIN);
    }
}

/// Requests come whole, since those who ask are measured with short ones.
bool serve(int client)
{
    std::array<char, 8192> buffer; // NOLINT: filled by the system
    const ssize_t got = recv(client, buffer.data(), buffer.size(), 0);
    if (got < 0)
        return errno == EAGAIN;
    return got > 0 && send(client, answer, sizeof answer - 1, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof answer - 1);
}

} // namespace

int main()
{
    const int listener = listenAnywhere();
    if (listener < 0) {
        std::perror("listen");
        return 1;
    }
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    watch(poll, listener, EPOLLIN);
    watch(poll, STDIN_FILENO, EPOLLIN);
    std::array<epoll_event, 512> events{};
    while (true) {
        const int count = epoll_wait(poll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const int file = events[static_cast<size_t>(i)].data.fd;
            if (file == listener)
                acceptAll(poll, listener);
            else if (file == STDIN_FILENO)
                return 0;
            else if (!serve(file))
                close(file);
        }
    }
}
