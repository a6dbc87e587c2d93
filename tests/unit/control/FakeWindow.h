// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>

#include <memory>

namespace loopscope {

constexpr int patience = 10'000; // ms

/// The window's side, as the studio has it.
class FakeWindow
{
public:
    FakeWindow()
    {
        QLocalServer::removeServer(name());
        m_server.listen(name());
    }
    static QString name() { return QStringLiteral("loopscope-gate-test-%1").arg(QCoreApplication::applicationPid()); }
    bool accept()
    {
        if (!m_server.waitForNewConnection(patience))
            return false;
        m_socket.reset(m_server.nextPendingConnection());
        return true;
    }
    void send(const QByteArray &line)
    {
        m_socket->write(line + '\n');
        m_socket->flush();
    }
    /// The next line, as it came; empty if none does.
    QByteArray receive(int limit = patience)
    {
        while (!m_socket->canReadLine()) {
            if (!m_socket->waitForReadyRead(limit))
                return {};
        }
        return m_socket->readLine().trimmed();
    }
    QJsonObject receiveObject() { return QJsonDocument::fromJson(receive()).object(); }
    void disappear()
    {
        m_socket.reset();
        m_server.close();
    }
    QString fullServerName() const { return m_server.fullServerName(); }

private:
    QLocalServer m_server;
    std::unique_ptr<QLocalSocket> m_socket;
};

/// The line that says that a run is paused.
inline QByteArray paused(int events, const char *reason)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("events"), events}, {QStringLiteral("reason"), QLatin1String(reason)},
                             {QStringLiteral("state"), QStringLiteral("paused")}})
        .toJson(QJsonDocument::Compact);
}

} // namespace loopscope
