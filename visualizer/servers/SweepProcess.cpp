// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/SweepProcess.h"

#include "session/RunSession.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace loopscope {

namespace {

constexpr int kPatience = 8000; ///< ms: its runs end first
const QLatin1String kReport("sweep.json");

} // namespace

SweepProcess::SweepProcess(QObject *parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_process != nullptr)
            m_process->kill();
    });
}

SweepProcess::~SweepProcess() { dropProcess(); }

void SweepProcess::dropProcess()
{
    m_patience.stop();
    if (m_process == nullptr)
        return;
    m_process->disconnect(this);
    m_process->terminate(); // it ends its runs, too
    if (!m_process->waitForFinished(2000)) {
        m_process->kill();
        m_process->waitForFinished(2000);
    }
    delete m_process;
    m_process = nullptr;
}

void SweepProcess::start(const Scenario &scenario, const Plan &plan)
{
    dropProcess();
    m_report.reset();
    m_failure.clear();
    m_errorOutput.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString file = m_folder->filePath(QStringLiteral("scenario.json"));
    QFile written(file);
    if (!written.open(QIODevice::WriteOnly) || written.write(QJsonDocument(scenario.toJson()).toJson()) < 0) {
        m_failure = tr("%1 cannot be written: %2.").arg(file, written.errorString());
        Q_EMIT ended();
        return;
    }
    written.close();
    m_process = new QProcess(this);
    m_process->setStandardOutputFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardError, this, &SweepProcess::readProgress);
    connect(m_process, &QProcess::finished, this, &SweepProcess::processEnded);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_failure = tr("The runner cannot be started: %1 is missing or cannot be executed.").arg(RunSession::runnerPath());
        m_process->deleteLater();
        m_process = nullptr;
        Q_EMIT ended();
    });
    const auto number = [](double value) { return QString::number(value, 'g', 12); };
    m_process->start(RunSession::runnerPath(),
        {QStringLiteral("lab"), QStringLiteral("sweep"), file, QStringLiteral("--over"), LabControls::keyOf(plan.over),
            QStringLiteral("--from"), number(plan.from), QStringLiteral("--to"), number(plan.to), QStringLiteral("--steps"),
            QString::number(plan.steps), QStringLiteral("-o"), m_folder->filePath(kReport)});
}

void SweepProcess::stop()
{
    if (m_process == nullptr)
        return;
    m_process->terminate();
    m_patience.start();
}

std::optional<SweepReport> SweepProcess::pointsSoFar() const
{
    QString problem; // a file that is not there yet is none
    return m_process != nullptr ? SweepReport::read(m_folder->filePath(kReport), &problem) : std::nullopt;
}

void SweepProcess::readProgress()
{
    static const QRegularExpression shape(QStringLiteral("\\b(\\d+)/(\\d+) "));
    m_process->setReadChannel(QProcess::StandardError);
    while (m_process->canReadLine()) {
        const QByteArray line = m_process->readLine();
        const QRegularExpressionMatch match = shape.match(QString::fromUtf8(line));
        if (match.hasMatch())
            Q_EMIT progressed(match.captured(1).toInt(), match.captured(2).toInt());
        else
            m_errorOutput = (m_errorOutput + line).right(4096);
    }
}

void SweepProcess::processEnded()
{
    readProgress();
    m_patience.stop();
    m_process->deleteLater();
    m_process = nullptr;
    const QString file = m_folder->filePath(kReport);
    QString problem;
    if (QFile::exists(file))
        m_report = SweepReport::read(file, &problem);
    if (m_report && m_report->points.empty()) {
        if (!m_report->problems.empty())
            problem = m_report->problems.front().problem.text;
        m_report.reset();
    }
    if (!m_report) {
        m_failure = QString::fromUtf8(m_errorOutput).trimmed();
        m_failure.remove(QLatin1String("loopscope: "));
        if (m_failure.isEmpty())
            m_failure = problem.isEmpty() ? tr("The sweep was ended before its first point.") : problem;
    }
    Q_EMIT ended();
}

} // namespace loopscope
