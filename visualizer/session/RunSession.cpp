// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/RunSession.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kRefreshInterval = 16; ///< ms: 60 times a second
constexpr quint64 kEventsAtOnce = 10'000;
constexpr quint64 kOpenedAtOnce = quint64{4} * 1024 * 1024; ///< bytes of a recording that are read before it is shown
constexpr int kRefreshBudget = 8; ///< ms of every refresh for taking events in; the rest is for painting and the person
constexpr qsizetype kErrorOutputKept = 65'536; ///< bytes
constexpr int kMegabytesAtMost = 3000; ///< of memory; Node itself stops at about as many
constexpr int kRecordedInCallback = 20'000; ///< calls and statements: nobody steps through more, and an endless loop is counted only
constexpr int kMegabytesWritten = 256; ///< kept of what the script wrote
constexpr int kStopPatience = 2000; ///< ms

const QString kWrittenFolder = QStringLiteral("written");

} // namespace

RunSession::RunSession(QObject *parent)
    : QObject(parent)
{
    m_refreshTimer.setInterval(kRefreshInterval);
    m_refreshTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_refreshTimer, &QTimer::timeout, this, &RunSession::refresh);
}

RunSession::~RunSession() { dropProcess(); }

QString RunSession::runnerPath()
{
    QString given = qEnvironmentVariable("LOOPSCOPE_RUNNER");
    if (!given.isEmpty())
        return given;
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("loopscope"));
}

void RunSession::start(const QString &scriptPath, const QStringList &arguments, const QStringList &runnerOptions)
{
    clear();
    m_run.scriptPath = scriptPath;
    m_run.folder = std::make_unique<QTemporaryDir>(QDir::temp().filePath(QStringLiteral("loopscope-XXXXXX")));
    m_run.recordingPath = m_run.folder->filePath(QStringLiteral("run.lscope"));
    const QString socketName = m_run.folder->filePath(QStringLiteral("control"));

    m_run.server = new QLocalServer(this);
    m_run.server->setSocketOptions(QLocalServer::UserAccessOption);
    m_run.process = new QProcess(this);
    connectRunner();
    m_run.process->setWorkingDirectory(QFileInfo(scriptPath).absolutePath());
    // What the script prints is in the recording too; nobody reads it here.
    m_run.process->setStandardOutputFile(QProcess::nullDevice());
    m_run.process->setStandardInputFile(QProcess::nullDevice());
    setState(State::Starting);
    if (!m_run.folder->isValid() || !m_run.server->listen(socketName)) {
        m_run.failure =
            tr("The script cannot be started: no temporary folder or socket can be made (%1). Free some space in %2 and run again.")
                .arg(m_run.folder->isValid() ? m_run.server->errorString() : m_run.folder->errorString(), QDir::tempPath());
        dropProcess();
        setState(State::Lost);
        return;
    }
    QStringList command{QStringLiteral("run"), scriptPath, QStringLiteral("--record"), m_run.recordingPath, QStringLiteral("--control"),
        socketName, QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("--max-events"), QString::number(mostEvents),
        QStringLiteral("--callback-cap"), QString::number(kRecordedInCallback), QStringLiteral("--max-memory"),
        QString::number(kMegabytesAtMost)};
    const qsizetype io = runnerOptions.indexOf(QStringLiteral("--io"));
    if (io < 0 || runnerOptions.value(io + 1) != QLatin1String("real"))
        command << QStringLiteral("--written") << m_run.folder->filePath(kWrittenFolder) << QStringLiteral("--written-most")
                << QString::number(kMegabytesWritten);
    command << runnerOptions;
    if (!arguments.isEmpty())
        command << QStringLiteral("--") << arguments;
    m_refreshTimer.start();
    m_run.process->start(runnerPath(), command);
}

bool RunSession::openRecording(const QString &path)
{
    auto reader = std::make_unique<RecordingReader>();
    if (!reader->open(path, kOpenedAtOnce)) {
        m_run.failure = reader->problem();
        return false;
    }
    clear();
    m_run.recordingPath = path;
    m_run.failure = reader->problem();
    m_run.openedSize = QFileInfo(path).size();
    setState(State::Opened);
    take(std::move(reader));
    m_refreshTimer.start();
    return true;
}

void RunSession::clear()
{
    dropProcess();
    m_refreshTimer.stop();
    const bool hadRecording = m_run.reader != nullptr;
    m_run.text.reset();
    m_run.timeline.reset();
    // Views let go of the old recording while it still exists.
    const auto old = std::move(m_run.reader);
    m_run.failure.clear();
    m_run.errorOutput.clear();
    m_run.scriptPath.clear();
    m_run.recordingPath.clear();
    m_run.unsent.clear();
    m_run.exitCode = 0;
    m_run.wasKilledByUs = false;
    m_run.wasStopped = false;
    m_run.wasToldToGo = false;
    m_run.isAtBreakpoint = false;
    if (hadRecording)
        Q_EMIT replaced();
    m_run.folder.reset();
    setState(State::Empty);
}

void RunSession::exchange(RunSession &other)
{
    disconnectRunner();
    other.disconnectRunner();
    std::swap(m_run, other.m_run);
    for (RunSession *session : {this, &other}) {
        session->connectRunner();
        if (session->m_run.state != State::Empty)
            session->m_refreshTimer.start(); // stops by itself when all is taken in
        Q_EMIT session->replaced();
        Q_EMIT session->stateChanged();
        Q_EMIT session->variablesChanged();
    }
}

void RunSession::connectRunner()
{
    for (QObject *part : std::initializer_list<QObject *>{m_run.process, m_run.server, m_run.socket}) {
        if (part != nullptr)
            part->setParent(this);
    }
    if (m_run.process != nullptr) {
        connect(m_run.process, &QProcess::readyReadStandardError, this, &RunSession::readErrorOutput);
        connect(m_run.process, &QProcess::finished, this, &RunSession::processFinished);
        connect(m_run.process, &QProcess::errorOccurred, this, &RunSession::processFailed);
    }
    if (m_run.server != nullptr)
        connect(m_run.server, &QLocalServer::newConnection, this, &RunSession::acceptConnection);
    if (m_run.socket != nullptr)
        connect(m_run.socket, &QLocalSocket::readyRead, this, &RunSession::readMessages);
}

void RunSession::disconnectRunner()
{
    for (const QObject *part : std::initializer_list<const QObject *>{m_run.process, m_run.server, m_run.socket}) {
        if (part != nullptr)
            part->disconnect(this);
    }
}

void RunSession::setState(State state)
{
    if (m_run.state == state)
        return;
    m_run.state = state;
    dropVariables(); // they were those of the place where it stood
    Q_EMIT stateChanged();
}

quint64 RunSession::eventCount() const { return m_run.timeline != nullptr ? m_run.timeline->eventCount() : 0; }

bool RunSession::isCaughtUp() const { return m_run.timeline == nullptr || !m_run.timeline->isBehind(); }

int RunSession::percentTakenIn() const
{
    if (m_run.state != State::Opened || isCaughtUp() || m_run.openedSize == 0)
        return 100;
    return static_cast<int>(std::min<quint64>(99, eventCount() * sizeof(Event) * 100 / static_cast<quint64>(m_run.openedSize)));
}

QString RunSession::writtenFolder() const
{
    const QString folder = m_run.folder != nullptr && m_run.process == nullptr ? m_run.folder->filePath(kWrittenFolder) : QString();
    return QFileInfo::exists(folder) ? folder : QString();
}

qint64 RunSession::processId() const { return m_run.process != nullptr ? m_run.process->processId() : 0; }

// --- the recording -------------------------------------------------------------------------------------------------------------------

void RunSession::openGrowing()
{
    if (m_run.recordingPath.isEmpty() || !QFileInfo::exists(m_run.recordingPath))
        return;
    auto reader = std::make_unique<RecordingReader>();
    if (reader->open(m_run.recordingPath))
        take(std::move(reader));
}

void RunSession::take(std::unique_ptr<RecordingReader> reader)
{
    m_run.reader = std::move(reader);
    m_run.timeline = std::make_unique<StateTimeline>(*m_run.reader);
    m_run.text = std::make_unique<EventText>(*m_run.reader, m_run.timeline->index());
    Q_EMIT replaced();
    refresh();
}

void RunSession::refresh()
{
    if (m_run.reader == nullptr) {
        openGrowing();
        if (!isLive())
            m_refreshTimer.stop();
        return;
    }
    if (isLive() || m_run.process != nullptr)
        m_run.reader->refresh();
    QElapsedTimer clock;
    clock.start();
    bool gained = false;
    do {
        gained = m_run.timeline->update(kEventsAtOnce) || gained;
    } while (m_run.timeline->isBehind() && clock.elapsed() < kRefreshBudget);
    if (!isLive() && !m_run.timeline->isBehind())
        m_refreshTimer.stop();
    // Behind a runner that waits or is gone there is only the rest to take in: hurry.
    m_refreshTimer.setInterval(m_run.timeline->isBehind() && m_run.state != State::Running ? 1 : kRefreshInterval);
    if (m_run.state == State::Opened && m_run.failure.isEmpty() && !m_run.reader->problem().isEmpty()) {
        m_run.failure = m_run.reader->problem();
        Q_EMIT damageFound();
    }
    if (gained)
        Q_EMIT grew();
}

// --- the runner ----------------------------------------------------------------------------------------------------------------------

void RunSession::pause() { send({{QStringLiteral("command"), QStringLiteral("pause")}}); }

void RunSession::resume() { go({{QStringLiteral("command"), QStringLiteral("continue")}}); }

void RunSession::runUntilEvent(quint64 event, const QString &like)
{
    QJsonObject command{{QStringLiteral("command"), QStringLiteral("run-until")}, {QStringLiteral("event"), static_cast<qint64>(event)}};
    if (!like.isEmpty())
        command.insert(QStringLiteral("like"), like);
    go(command);
}

void RunSession::runUntil(const EventPattern &pattern)
{
    QJsonArray kinds;
    for (const EventKind kind : pattern.kinds)
        kinds.append(static_cast<int>(kind));
    QJsonArray details;
    for (const int detail : pattern.details)
        details.append(detail);
    go({{QStringLiteral("command"), QStringLiteral("run-until-kind")}, {QStringLiteral("kinds"), kinds},
        {QStringLiteral("details"), details}, {QStringLiteral("subject"), static_cast<qint64>(pattern.subject)}});
}

void RunSession::setBreakpoints(const FileBreakpoints &breakpoints)
{
    QJsonArray places;
    for (auto file = breakpoints.cbegin(); file != breakpoints.cend(); ++file) {
        // ES modules are recorded under their URL.
        const QString url = QUrl::fromLocalFile(file.key()).toString(QUrl::FullyEncoded);
        for (auto line = file->cbegin(); line != file->cend(); ++line) {
            for (const QString &path : {file.key(), url})
                places.append(QJsonObject{
                    {QStringLiteral("path"), path}, {QStringLiteral("line"), line.key()}, {QStringLiteral("condition"), line.value()}});
        }
    }
    send({{QStringLiteral("command"), QStringLiteral("breakpoints")}, {QStringLiteral("lines"), places}});
}

void RunSession::stop()
{
    if (!isLive())
        return;
    m_run.wasStopped = true;
    send({{QStringLiteral("command"), QStringLiteral("stop")}});
    QTimer::singleShot(kStopPatience, m_run.process, [process = m_run.process] {
        if (process->state() == QProcess::NotRunning)
            return;
        if (auto *owner = qobject_cast<RunSession *>(process->parent()))
            owner->m_run.wasKilledByUs = true;
        process->kill();
    });
}

void RunSession::go(const QJsonObject &command)
{
    send(command);
    if (m_run.state == State::Starting)
        m_run.wasToldToGo = true;
    else if (m_run.state == State::Paused)
        setState(State::Running);
}

void RunSession::send(const QJsonObject &command)
{
    if (!isLive())
        return;
    const QByteArray line = QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n';
    if (m_run.socket == nullptr) {
        m_run.unsent.append(line);
        return;
    }
    m_run.socket->write(line);
    m_run.socket->flush();
}

void RunSession::acceptConnection()
{
    m_run.socket = m_run.server->nextPendingConnection();
    m_run.socket->setParent(this); // it outlives the server that made it
    connect(m_run.socket, &QLocalSocket::readyRead, this, &RunSession::readMessages);
    // One runner a run: nobody else is let in.
    m_run.server->close();
    setState(m_run.wasToldToGo ? State::Running : State::Paused);
    for (const QByteArray &line : std::as_const(m_run.unsent))
        m_run.socket->write(line);
    m_run.unsent.clear();
    m_run.socket->flush();
    readMessages();
}

void RunSession::readMessages()
{
    while (m_run.socket != nullptr && m_run.socket->canReadLine())
        obey(QJsonDocument::fromJson(m_run.socket->readLine()).object());
}

void RunSession::obey(const QJsonObject &message)
{
    const QString state = message.value(QStringLiteral("state")).toString();
    if (!isLive())
        return;
    if (message.contains(QStringLiteral("values"))) {
        takeVariables(message);
        return;
    }
    if (state == QLatin1String("running")) {
        setState(State::Running);
    } else if (state == QLatin1String("paused")) {
        // The wait at the start is over for a runner that was told to go before it said so.
        if (m_run.wasToldToGo && message.value(QStringLiteral("reason")).toString() == QLatin1String("start"))
            return;
        m_run.isAtBreakpoint = message.value(QStringLiteral("reason")).toString() == QLatin1String("breakpoint");
        // What was recorded until the pause is shown at once, not at the next tick.
        refresh();
        setState(State::Paused);
    }
    // "ended" needs nothing: the process ends, and that is what counts.
}

void RunSession::takeVariables(const QJsonObject &message)
{
    if (m_run.state != State::Paused)
        return; // it was told to go on meanwhile
    const QJsonArray values = message.value(QStringLiteral("values")).toArray();
    for (const QJsonValue &value : values)
        m_run.variables.append({value[QStringLiteral("name")].toString(), value[QStringLiteral("text")].toString()});
    Q_EMIT variablesChanged();
    const QString problem = message.value(QStringLiteral("problem")).toString();
    if (!problem.isEmpty())
        Q_EMIT conditionFailed(problem);
}

void RunSession::dropVariables()
{
    if (m_run.variables.isEmpty())
        return;
    m_run.variables.clear();
    Q_EMIT variablesChanged();
}

void RunSession::readErrorOutput()
{
    m_run.errorOutput += m_run.process->readAllStandardError();
    if (m_run.errorOutput.size() > kErrorOutputKept)
        m_run.errorOutput = m_run.errorOutput.right(kErrorOutputKept);
}

void RunSession::processFinished(int exitCode, QProcess::ExitStatus status)
{
    readErrorOutput();
    if (m_run.reader == nullptr)
        openGrowing();
    if (m_run.reader != nullptr)
        m_run.reader->refresh();
    m_run.exitCode = exitCode;
    const bool isReadable = m_run.reader != nullptr;
    if (status == QProcess::CrashExit && !m_run.wasStopped) {
        m_run.failure = isReadable
            ? tr("The runner ended without warning (signal %1). Everything it recorded until then is here; press F5 to run again.")
                  .arg(exitCode)
            : tr("The runner ended without warning (signal %1) before it recorded anything. Press F5 to run again.").arg(exitCode);
    } else if (m_run.wasKilledByUs) {
        m_run.failure = tr("The runner did not react to Stop and was ended. Everything it recorded until then is here.");
    }
    dropProcess();
    setState(m_run.failure.isEmpty() ? State::Ended : State::Lost);
    refresh();
}

void RunSession::processFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // processFinished() follows
    m_run.failure =
        tr("The runner cannot be started: %1 is missing or cannot be executed. Install or build \"loopscope\" beside this program, "
           "or name it in the environment variable LOOPSCOPE_RUNNER.")
            .arg(QDir::toNativeSeparators(runnerPath()));
    dropProcess();
    setState(State::Lost);
}

void RunSession::dropProcess()
{
    if (m_run.socket != nullptr) {
        m_run.socket->disconnect(this);
        m_run.socket->deleteLater();
        m_run.socket = nullptr;
    }
    if (m_run.server != nullptr) {
        m_run.server->close();
        m_run.server->deleteLater();
        m_run.server = nullptr;
    }
    if (m_run.process != nullptr) {
        m_run.process->disconnect(this);
        if (m_run.process->state() != QProcess::NotRunning) {
            m_run.process->kill();
            m_run.process->waitForFinished(1000);
        }
        m_run.process->deleteLater();
        m_run.process = nullptr;
    }
}

} // namespace loopscope
