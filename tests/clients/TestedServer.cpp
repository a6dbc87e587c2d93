// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestedServer.h"

#include <QElapsedTimer>
#include <QJsonDocument>

namespace loopscope {

namespace {

constexpr int patience = 20'000; // ms; under the sanitizers it starts slowly

} // namespace

TestedServer::TestedServer(const QString &program, const QStringList &arguments)
{
    m_process.start(program, arguments);
    if (!waitForLine(QStringLiteral("{"))) {
        m_problem = QStringLiteral("%1 %2 opened no ports: %3").arg(program, arguments.join(u' '), standardError());
        return;
    }
    m_ports = QJsonDocument::fromJson(m_lines.takeFirst().toUtf8()).object();
}

TestedServer::~TestedServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

void TestedServer::readLines()
{
    m_rest += m_process.readAllStandardOutput();
    qsizetype end = 0;
    while ((end = m_rest.indexOf('\n')) >= 0) {
        m_lines.append(QString::fromUtf8(m_rest.first(end)));
        m_rest.remove(0, end + 1);
    }
}

qsizetype TestedServer::find(const QString &start) const
{
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].startsWith(start))
            return i;
    }
    return -1;
}

bool TestedServer::waitForLine(const QString &start)
{
    QElapsedTimer timer;
    timer.start();
    readLines();
    while (find(start) < 0 && timer.elapsed() < patience) {
        if (!m_process.waitForReadyRead(patience) && !isRunning())
            break;
        readLines();
    }
    return find(start) >= 0;
}

QStringList TestedServer::takeLinesBefore(const QString &start)
{
    waitForLine(start);
    const qsizetype found = find(start);
    if (found < 0)
        return m_lines;
    const QStringList lines = m_lines.first(found);
    m_lines.remove(0, found + 1);
    return lines;
}

} // namespace loopscope
