// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

/// A connection to a server of this machine, in the plainest way.
class TestClient
{
public:
    explicit TestClient(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        m_isConnected = ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~TestClient() { ::close(m_socket); }
    TestClient(const TestClient &) = delete;
    TestClient &operator=(const TestClient &) = delete;

    bool isConnected() const { return m_isConnected; }
    void send(const QByteArray &bytes) { ::send(m_socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL); }
    void ask(const QByteArray &path) { send("GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n"); }
    /// The body of the next answer; "reset" or "closed" if the connection ended before, "nothing" if none came in time.
    QByteArray answer(int milliseconds = 20'000)
    {
        for (;;) {
            const qsizetype head = m_received.indexOf("\r\n\r\n");
            const qsizetype field = m_received.toLower().indexOf("content-length:");
            if (head >= 0 && field >= 0) {
                const qsizetype length = m_received.mid(field + 15, m_received.indexOf('\r', field) - field - 15).trimmed().toLongLong();
                if (m_received.size() >= head + 4 + length) {
                    const QByteArray body = m_received.mid(head + 4, length);
                    m_received.remove(0, head + 4 + length);
                    return body;
                }
            }
            pollfd readable = {m_socket, POLLIN, 0};
            if (::poll(&readable, 1, milliseconds) == 0)
                return "nothing";
            char bytes[4096];
            const ssize_t count = ::recv(m_socket, bytes, sizeof bytes, 0);
            if (count <= 0)
                return count == 0 ? "closed" : "reset";
            m_received.append(bytes, count);
        }
    }
    QByteArray get(const QByteArray &path)
    {
        ask(path);
        return answer();
    }

private:
    int m_socket;
    bool m_isConnected = false;
    QByteArray m_received;
};

} // namespace loopscope
