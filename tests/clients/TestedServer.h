// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace loopscope {

/// A script with servers in a process of its own. Its first line is a JSON object of ports by name, the later ones say what it noticed.
class TestedServer
{
public:
    /// Starts it and waits for the ports; problem() tells why there are none.
    TestedServer(const QString &program, const QStringList &arguments);
    ~TestedServer();

    const QString &problem() const { return m_problem; }
    quint16 port(const QString &name) const { return static_cast<quint16>(m_ports[name].toInt()); }
    /// Waits until it has printed a line that begins with `start`, among those that were not taken yet.
    bool waitForLine(const QString &start);
    /// The lines before the first one that begins with `start`, which goes too.
    QStringList takeLinesBefore(const QString &start);
    qint64 processId() const { return m_process.processId(); }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    QString standardError() { return QString::fromUtf8(m_process.readAllStandardError()); }

private:
    void readLines();
    qsizetype find(const QString &start) const;

    QProcess m_process;
    QJsonObject m_ports;
    QStringList m_lines;
    QByteArray m_rest;
    QString m_problem;
};

} // namespace loopscope
