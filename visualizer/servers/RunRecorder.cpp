// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RunRecorder.h"

#include "session/RunSession.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace loopscope {

namespace {
constexpr int kPatience = 2000; ///< ms for a process that was killed
} // namespace

RunRecorder::RunRecorder(QObject *parent)
    : QObject(parent)
{
}

RunRecorder::~RunRecorder() { stop(); }

void RunRecorder::stop()
{
    if (m_process == nullptr)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(kPatience);
    delete m_process;
    m_process = nullptr;
}

void RunRecorder::start(const Scenario &scenario, ServerModel model)
{
    stop();
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    QFile file(m_folder->filePath(QStringLiteral("scenario.json")));
    if (!m_folder->isValid() || !file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(scenario.toJson()).toJson()) < 0) {
        Q_EMIT failed(tr("No file can be written in the folder for temporary files, %1. Make room there, or set TMPDIR to another folder.")
                          .arg(QDir::toNativeSeparators(QDir::tempPath())));
        return;
    }
    file.close();
    m_recording = m_folder->filePath(QStringLiteral("%1-%2.lscope").arg(keyOf(model)).arg(++m_recordings));
    m_process = new QProcess(this);
    connect(m_process, &QProcess::finished, this, &RunRecorder::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_process->deleteLater();
        m_process = nullptr;
        Q_EMIT failed(
            tr("The runner cannot be started: %1 is missing or cannot be executed. Install or build \"loopscope\" beside this program.")
                .arg(QDir::toNativeSeparators(RunSession::runnerPath())));
    });
    m_process->start(RunSession::runnerPath(),
        {QStringLiteral("lab"), file.fileName(), QStringLiteral("--model"), keyOf(model), QStringLiteral("--truth"),
            keyOf(Truth::Simulated), QStringLiteral("--quiet"), QStringLiteral("--json"), QStringLiteral("--record"), m_recording});
}

void RunRecorder::ended(int exitCode, QProcess::ExitStatus status)
{
    QProcess *process = std::exchange(m_process, nullptr);
    process->deleteLater();
    if (status == QProcess::NormalExit && exitCode == 0 && QFile::exists(m_recording)) {
        Q_EMIT recorded(m_recording);
        return;
    }
    QString told = QString::fromUtf8(process->readAllStandardError()).trimmed();
    const QJsonArray problems = QJsonDocument::fromJson(process->readAllStandardOutput())[QLatin1String("problems")].toArray();
    if (!problems.isEmpty())
        told = problems.first()[QLatin1String("text")].toString();
    Q_EMIT failed(told.isEmpty() ? tr("The run ended without a recording; Run shows why.") : told);
}

} // namespace loopscope
