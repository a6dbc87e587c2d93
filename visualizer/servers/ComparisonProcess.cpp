// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ComparisonProcess.h"

#include "session/RunSession.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <type_traits>

namespace loopscope {

namespace {

constexpr int kPortion = 6; ///< ms that lines are taken in at a time
constexpr int kPatience = 2000; ///< ms for a run that was asked to end
constexpr qsizetype kErrorKept = 4096; ///< bytes of what the runner wrote to its standard error

/// The runner's own words, without the program's name before them.
QString sentenceOf(const QByteArray &errorOutput)
{
    QString text = QString::fromUtf8(errorOutput).trimmed();
    for (const QLatin1String name : {QLatin1String("loopscope lab: "), QLatin1String("loopscope: "), QLatin1String("error: ")}) {
        if (text.startsWith(name))
            text.remove(0, name.size());
    }
    return text;
}

} // namespace

ComparisonProcess::ComparisonProcess(QObject *parent)
    : QObject(parent)
{
    m_again.setSingleShot(true);
    m_again.setInterval(0);
    connect(&m_again, &QTimer::timeout, this, &ComparisonProcess::readLines);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_wasKilled = true;
        if (m_process != nullptr)
            m_process->kill();
    });
}

ComparisonProcess::~ComparisonProcess() { dropProcess(); }

void ComparisonProcess::dropProcess()
{
    m_again.stop();
    m_patience.stop();
    if (m_process == nullptr)
        return;
    m_process->disconnect(this);
    m_process->kill();
    m_process->waitForFinished(kPatience);
    delete m_process;
    m_process = nullptr;
}

void ComparisonProcess::clear()
{
    dropProcess();
    m_kept.reset();
    m_folder.reset();
    m_streamPath.clear();
    m_record.clear();
    m_told.reset();
    m_verdict = {};
    m_failure.clear();
    m_unread.clear();
    m_errorOutput.clear();
    m_endTold = false;
    m_wasKilled = false;
    m_state = State::Empty;
    Q_EMIT replaced();
    Q_EMIT stateChanged();
}

void ComparisonProcess::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void ComparisonProcess::fail(const QString &sentence)
{
    m_failure = sentence;
    setState(State::Failed);
}

void ComparisonProcess::start(const Scenario &scenario, const Beginning &beginning)
{
    clear();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString file = m_folder->filePath(QStringLiteral("scenario.json"));
    m_streamPath = m_folder->filePath(QStringLiteral("run.jsonl"));
    m_kept = std::make_unique<QFile>(m_streamPath);
    QFile written(file);
    if (!m_folder->isValid() || !m_kept->open(QIODevice::WriteOnly) || !written.open(QIODevice::WriteOnly)
        || written.write(QJsonDocument(scenario.toJson()).toJson()) < 0) {
        fail(tr("No file can be written in the folder for temporary files, %1. Make room there, or set TMPDIR to another folder.")
                 .arg(QDir::toNativeSeparators(QDir::tempPath())));
        return;
    }
    written.close();
    for (const ServerModel model : scenario.models)
        m_record.expect(model, scenario.truth);
    m_process = new QProcess(this);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ComparisonProcess::readLines);
    connect(m_process, &QProcess::readyReadStandardError, this,
        [this] { m_errorOutput = (m_errorOutput + m_process->readAllStandardError()).right(kErrorKept); });
    connect(m_process, &QProcess::finished, this, &ComparisonProcess::processEnded);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(
                tr("The runner cannot be started: %1 is missing or cannot be executed. Install or build \"loopscope\" beside this program.")
                    .arg(QDir::toNativeSeparators(RunSession::runnerPath())));
    });
    m_clock.start();
    QStringList arguments{QStringLiteral("lab"), file, QStringLiteral("--stream")};
    if (beginning.pace > 0)
        arguments << QStringLiteral("--pace") << QString::number(beginning.pace, 'g', 6);
    if (beginning.follow > 0)
        arguments << QStringLiteral("--follow") << QString::number(beginning.follow);
    m_process->start(RunSession::runnerPath(), arguments);
    setState(State::Running);
    Q_EMIT replaced();
}

bool ComparisonProcess::openStream(const QString &path)
{
    QFile file(path);
    QByteArray first = file.open(QIODevice::ReadOnly) ? file.readLine() : QByteArray();
    QString problem;
    const auto message = LabJson::message(first.trimmed(), &problem);
    if (!message || !std::holds_alternative<LabStart>(*message)) {
        m_failure = file.isOpen()
            ? tr("%1 holds no run of the server lab. Runs are saved with Save run in the Lab menu.").arg(QDir::toNativeSeparators(path))
            : tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
        return false;
    }
    clear();
    m_streamPath = path;
    takeMessage(*message);
    while (!file.atEnd())
        take(file.readLine().trimmed());
    setState(State::Ended);
    Q_EMIT replaced();
    Q_EMIT grew();
    return true;
}

void ComparisonProcess::send(const LabCommand &command)
{
    if (m_process != nullptr)
        m_process->write(LabJson::line(command));
}

void ComparisonProcess::stop()
{
    if (m_process == nullptr || m_state != State::Running)
        return;
    LabCommand command;
    command.stop = true;
    send(command);
    m_patience.start();
}

void ComparisonProcess::readLines()
{
    if (m_process == nullptr)
        return;
    QElapsedTimer portion;
    portion.start();
    bool isNews = false;
    while (m_process->canReadLine()) {
        if (portion.elapsed() > kPortion) {
            m_again.start();
            break;
        }
        const QByteArray line = m_process->readLine();
        m_kept->write(line);
        isNews = take(line.trimmed()) || isNews;
    }
    if (isNews)
        Q_EMIT grew();
}

bool ComparisonProcess::take(const QByteArray &line)
{
    if (line.isEmpty())
        return false;
    QString problem;
    const auto message = LabJson::message(line, &problem);
    if (!message) {
        if (m_errorOutput.isEmpty())
            m_errorOutput = problem.toUtf8();
        return false;
    }
    takeMessage(*message);
    return true;
}

void ComparisonProcess::takeMessage(const LabMessage &message)
{
    std::visit(
        [this](const auto &told) {
            using Told = std::decay_t<decltype(told)>;
            if constexpr (std::is_same_v<Told, LabStart>) {
                m_told = told;
                for (const LabRunName &run : told.runs)
                    m_record.expect(run.model, run.truth);
            } else if constexpr (std::is_same_v<Told, LabVerdict>) {
                m_verdict = told;
            } else if constexpr (std::is_same_v<Told, LabEnd>) {
                m_endTold = true;
            } else {
                m_record.take(told);
            }
            if constexpr (std::is_same_v<Told, LabRequest>)
                Q_EMIT requestTold(told.number);
        },
        message);
}

void ComparisonProcess::processEnded(int exitCode, QProcess::ExitStatus status)
{
    m_again.stop();
    m_patience.stop();
    m_errorOutput = (m_errorOutput + m_process->readAllStandardError()).right(kErrorKept);
    while (m_process->canReadLine()) {
        const QByteArray line = m_process->readLine();
        m_kept->write(line);
        take(line.trimmed());
    }
    m_kept->close();
    m_process->deleteLater();
    m_process = nullptr;
    Q_EMIT grew();
    if (m_endTold)
        setState(State::Ended);
    else if (m_wasKilled)
        fail(tr("The runner did not react to Stop and was ended. What it told until then is here."));
    else if (status == QProcess::CrashExit)
        fail(tr("The runner ended without warning (signal %1). What it told until then is here; press F5 to run again.").arg(exitCode));
    else if (const QString sentence = sentenceOf(m_errorOutput); !sentence.isEmpty())
        fail(sentence);
    else
        fail(tr("The runner ended with exit code %1 and said nothing. Press F5 to run again.").arg(exitCode));
}

} // namespace loopscope
