// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/RecordingCost.h"

#include "session/RunSession.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <sys/resource.h>

namespace loopscope {

namespace {

/// Processor time of all processes that this one started and that have ended.
double secondsOfChildren()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

RecordingCost::RecordingCost(QObject *parent)
    : QObject(parent)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(longest);
    connect(&m_limit, &QTimer::timeout, this,
        [this] { fail(tr("A run of the script takes longer than a minute. Make it do less, and measure again.")); });
}

RecordingCost::~RecordingCost() { drop(); }

QString RecordingCost::recordingPath() const { return m_folder->filePath(QStringLiteral("cost.lscope")); }

void RecordingCost::measure(const Command &command)
{
    cancel();
    m_command = command;
    m_without.clear();
    m_with.clear();
    m_folder = std::make_unique<QTemporaryDir>(QDir::temp().filePath(QStringLiteral("loopscope-XXXXXX")));
    if (!m_folder->isValid())
        return fail(tr("No temporary folder can be made in %1: %2. Free some space there, and measure again.")
                        .arg(QDir::tempPath(), m_folder->errorString()));
    startNext();
}

void RecordingCost::cancel() { drop(); }

void RecordingCost::drop()
{
    m_limit.stop();
    if (m_process != nullptr) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->waitForFinished(1000);
        m_process->deleteLater();
        m_process = nullptr;
    }
    m_folder.reset();
}

void RecordingCost::fail(const QString &sentence)
{
    drop();
    Q_EMIT failed(sentence);
}

void RecordingCost::startNext()
{
    const bool records = m_without.size() > m_with.size();
    QFile::remove(recordingPath());
    QStringList arguments{QStringLiteral("run"), m_command.file};
    arguments << m_command.options;
    if (records)
        arguments << QStringLiteral("--record") << recordingPath();
    if (!m_command.arguments.isEmpty())
        arguments << QStringLiteral("--") << m_command.arguments;
    m_process = new QProcess(this);
    m_process->setWorkingDirectory(QFileInfo(m_command.file).absolutePath());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process, &QProcess::finished, this, [this](int, QProcess::ExitStatus status) { ended(status); });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("%1 cannot be started: %2.").arg(QDir::toNativeSeparators(RunSession::runnerPath()), m_process->errorString()));
    });
    m_before = secondsOfChildren();
    m_limit.start();
    m_process->start(RunSession::runnerPath(), arguments);
}

void RecordingCost::ended(QProcess::ExitStatus status)
{
    m_limit.stop();
    const double took = secondsOfChildren() - m_before;
    const bool recorded = m_without.size() > m_with.size();
    m_process->deleteLater();
    m_process = nullptr;
    if (status == QProcess::CrashExit)
        return fail(tr("The run crashed, so there is nothing to measure."));
    if (recorded && !QFileInfo::exists(recordingPath()))
        return fail(tr("The script could not be run again: nothing was recorded."));
    (recorded ? m_with : m_without).push_back(took);
    if (m_with.size() < rounds)
        return startNext();
    const Figures figures{*std::min_element(m_without.begin(), m_without.end()), *std::min_element(m_with.begin(), m_with.end()),
        QFileInfo(recordingPath()).size()};
    m_folder.reset();
    Q_EMIT measured(figures);
}

} // namespace loopscope
