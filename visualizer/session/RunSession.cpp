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
constexpr int kEventsAtMost = 5'000'000; ///< of one run: 160 MB on the disk, so that a flood of callbacks does not fill it
constexpr int kMegabytesAtMost = 3000; ///< of memory; Node itself stops at about as many
constexpr int kRecordedInCallback = 20'000; ///< calls and statements: nobody steps through more, and an endless loop is counted only
constexpr int kStopPatience = 2000; ///< ms

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
    m_scriptPath = scriptPath;
    m_folder = std::make_unique<QTemporaryDir>(QDir::temp().filePath(QStringLiteral("loopscope-XXXXXX")));
    m_recordingPath = m_folder->filePath(QStringLiteral("run.lscope"));
    const QString socketName = m_folder->filePath(QStringLiteral("control"));

    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    m_process = new QProcess(this);
    connectRunner();
    m_process->setWorkingDirectory(QFileInfo(scriptPath).absolutePath());
    // What the script prints is in the recording too; nobody reads it here.
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardInputFile(QProcess::nullDevice());
    setState(State::Starting);
    if (!m_folder->isValid() || !m_server->listen(socketName)) {
        m_failure = tr("The script cannot be started: no temporary folder or socket can be made (%1). Free some space in %2 and run again.")
                        .arg(m_folder->isValid() ? m_server->errorString() : m_folder->errorString(), QDir::tempPath());
        dropProcess();
        setState(State::Lost);
        return;
    }
    QStringList command{QStringLiteral("run"), scriptPath, QStringLiteral("--record"), m_recordingPath, QStringLiteral("--control"),
        socketName, QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("--max-events"),
        QString::number(kEventsAtMost), QStringLiteral("--callback-cap"), QString::number(kRecordedInCallback),
        QStringLiteral("--max-memory"), QString::number(kMegabytesAtMost)};
    command << runnerOptions;
    if (!arguments.isEmpty())
        command << QStringLiteral("--") << arguments;
    m_refreshTimer.start();
    m_process->start(runnerPath(), command);
}

bool RunSession::openRecording(const QString &path)
{
    auto reader = std::make_unique<RecordingReader>();
    if (!reader->open(path, kOpenedAtOnce)) {
        m_failure = reader->problem();
        return false;
    }
    clear();
    m_recordingPath = path;
    m_failure = reader->problem();
    m_openedSize = QFileInfo(path).size();
    setState(State::Opened);
    take(std::move(reader));
    m_refreshTimer.start();
    return true;
}

void RunSession::clear()
{
    dropProcess();
    m_refreshTimer.stop();
    const bool hadRecording = m_reader != nullptr;
    m_text.reset();
    m_timeline.reset();
    // Views let go of the old recording while it still exists.
    const auto old = std::move(m_reader);
    m_failure.clear();
    m_errorOutput.clear();
    m_scriptPath.clear();
    m_recordingPath.clear();
    m_unsent.clear();
    m_exitCode = 0;
    m_wasKilledByUs = false;
    m_wasStopped = false;
    m_wasToldToGo = false;
    m_isAtBreakpoint = false;
    if (hadRecording)
        Q_EMIT replaced();
    m_folder.reset();
    setState(State::Empty);
}

void RunSession::exchange(RunSession &other)
{
    disconnectRunner();
    other.disconnectRunner();
    std::swap(m_state, other.m_state);
    m_failure.swap(other.m_failure);
    m_scriptPath.swap(other.m_scriptPath);
    m_recordingPath.swap(other.m_recordingPath);
    std::swap(m_openedSize, other.m_openedSize);
    m_errorOutput.swap(other.m_errorOutput);
    std::swap(m_exitCode, other.m_exitCode);
    std::swap(m_wasKilledByUs, other.m_wasKilledByUs);
    std::swap(m_wasStopped, other.m_wasStopped);
    std::swap(m_isAtBreakpoint, other.m_isAtBreakpoint);
    std::swap(m_wasToldToGo, other.m_wasToldToGo);
    m_folder.swap(other.m_folder);
    m_reader.swap(other.m_reader);
    m_timeline.swap(other.m_timeline);
    m_text.swap(other.m_text);
    std::swap(m_process, other.m_process);
    std::swap(m_server, other.m_server);
    std::swap(m_socket, other.m_socket);
    m_unsent.swap(other.m_unsent);
    for (RunSession *session : {this, &other}) {
        session->connectRunner();
        if (session->m_state != State::Empty)
            session->m_refreshTimer.start(); // stops by itself when all is taken in
        Q_EMIT session->replaced();
        Q_EMIT session->stateChanged();
    }
}

void RunSession::connectRunner()
{
    for (QObject *part : std::initializer_list<QObject *>{m_process, m_server, m_socket}) {
        if (part != nullptr)
            part->setParent(this);
    }
    if (m_process != nullptr) {
        connect(m_process, &QProcess::readyReadStandardError, this, &RunSession::readErrorOutput);
        connect(m_process, &QProcess::finished, this, &RunSession::processFinished);
        connect(m_process, &QProcess::errorOccurred, this, &RunSession::processFailed);
    }
    if (m_server != nullptr)
        connect(m_server, &QLocalServer::newConnection, this, &RunSession::acceptConnection);
    if (m_socket != nullptr)
        connect(m_socket, &QLocalSocket::readyRead, this, &RunSession::readMessages);
}

void RunSession::disconnectRunner()
{
    for (const QObject *part : std::initializer_list<const QObject *>{m_process, m_server, m_socket}) {
        if (part != nullptr)
            part->disconnect(this);
    }
}

void RunSession::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    dropVariables(); // they were those of the place where it stood
    Q_EMIT stateChanged();
}

quint64 RunSession::eventCount() const { return m_timeline != nullptr ? m_timeline->eventCount() : 0; }

bool RunSession::isCaughtUp() const { return m_timeline == nullptr || !m_timeline->isBehind(); }

int RunSession::percentTakenIn() const
{
    if (m_state != State::Opened || isCaughtUp() || m_openedSize == 0)
        return 100;
    return static_cast<int>(std::min<quint64>(99, eventCount() * sizeof(Event) * 100 / static_cast<quint64>(m_openedSize)));
}

qint64 RunSession::processId() const { return m_process != nullptr ? m_process->processId() : 0; }

// --- the recording -------------------------------------------------------------------------------------------------------------------

void RunSession::openGrowing()
{
    if (m_recordingPath.isEmpty() || !QFileInfo::exists(m_recordingPath))
        return;
    auto reader = std::make_unique<RecordingReader>();
    if (reader->open(m_recordingPath))
        take(std::move(reader));
}

void RunSession::take(std::unique_ptr<RecordingReader> reader)
{
    m_reader = std::move(reader);
    m_timeline = std::make_unique<StateTimeline>(*m_reader);
    m_text = std::make_unique<EventText>(*m_reader, m_timeline->index());
    Q_EMIT replaced();
    refresh();
}

void RunSession::refresh()
{
    if (m_reader == nullptr) {
        openGrowing();
        if (!isLive())
            m_refreshTimer.stop();
        return;
    }
    if (isLive() || m_process != nullptr)
        m_reader->refresh();
    QElapsedTimer clock;
    clock.start();
    bool gained = false;
    do {
        gained = m_timeline->update(kEventsAtOnce) || gained;
    } while (m_timeline->isBehind() && clock.elapsed() < kRefreshBudget);
    if (!isLive() && !m_timeline->isBehind())
        m_refreshTimer.stop();
    // Behind a runner that waits or is gone there is only the rest to take in: hurry.
    m_refreshTimer.setInterval(m_timeline->isBehind() && m_state != State::Running ? 1 : kRefreshInterval);
    if (m_state == State::Opened && m_failure.isEmpty() && !m_reader->problem().isEmpty()) {
        m_failure = m_reader->problem();
        Q_EMIT damageFound();
    }
    if (gained)
        Q_EMIT grew();
}

// --- the runner ----------------------------------------------------------------------------------------------------------------------

void RunSession::pause() { send({{QStringLiteral("command"), QStringLiteral("pause")}}); }

void RunSession::resume() { go({{QStringLiteral("command"), QStringLiteral("continue")}}); }

void RunSession::runUntilEvent(quint64 event)
{
    go({{QStringLiteral("command"), QStringLiteral("run-until")}, {QStringLiteral("event"), static_cast<qint64>(event)}});
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
    m_wasStopped = true;
    send({{QStringLiteral("command"), QStringLiteral("stop")}});
    QTimer::singleShot(kStopPatience, m_process, [process = m_process] {
        if (process->state() == QProcess::NotRunning)
            return;
        if (auto *owner = qobject_cast<RunSession *>(process->parent()))
            owner->m_wasKilledByUs = true;
        process->kill();
    });
}

void RunSession::go(const QJsonObject &command)
{
    send(command);
    if (m_state == State::Starting)
        m_wasToldToGo = true;
    else if (m_state == State::Paused)
        setState(State::Running);
}

void RunSession::send(const QJsonObject &command)
{
    if (!isLive())
        return;
    const QByteArray line = QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n';
    if (m_socket == nullptr) {
        m_unsent.append(line);
        return;
    }
    m_socket->write(line);
    m_socket->flush();
}

void RunSession::acceptConnection()
{
    m_socket = m_server->nextPendingConnection();
    m_socket->setParent(this); // it outlives the server that made it
    connect(m_socket, &QLocalSocket::readyRead, this, &RunSession::readMessages);
    // One runner a run: nobody else is let in.
    m_server->close();
    setState(m_wasToldToGo ? State::Running : State::Paused);
    for (const QByteArray &line : std::as_const(m_unsent))
        m_socket->write(line);
    m_unsent.clear();
    m_socket->flush();
    readMessages();
}

void RunSession::readMessages()
{
    while (m_socket != nullptr && m_socket->canReadLine())
        obey(QJsonDocument::fromJson(m_socket->readLine()).object());
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
        if (m_wasToldToGo && message.value(QStringLiteral("reason")).toString() == QLatin1String("start"))
            return;
        m_isAtBreakpoint = message.value(QStringLiteral("reason")).toString() == QLatin1String("breakpoint");
        // What was recorded until the pause is shown at once, not at the next tick.
        refresh();
        setState(State::Paused);
    }
    // "ended" needs nothing: the process ends, and that is what counts.
}

void RunSession::takeVariables(const QJsonObject &message)
{
    if (m_state != State::Paused)
        return; // it was told to go on meanwhile
    const QJsonArray values = message.value(QStringLiteral("values")).toArray();
    for (const QJsonValue &value : values)
        m_variables.append({value[QStringLiteral("name")].toString(), value[QStringLiteral("text")].toString()});
    Q_EMIT variablesChanged();
    const QString problem = message.value(QStringLiteral("problem")).toString();
    if (!problem.isEmpty())
        Q_EMIT conditionFailed(problem);
}

void RunSession::dropVariables()
{
    if (m_variables.isEmpty())
        return;
    m_variables.clear();
    Q_EMIT variablesChanged();
}

void RunSession::readErrorOutput()
{
    m_errorOutput += m_process->readAllStandardError();
    if (m_errorOutput.size() > kErrorOutputKept)
        m_errorOutput = m_errorOutput.right(kErrorOutputKept);
}

void RunSession::processFinished(int exitCode, QProcess::ExitStatus status)
{
    readErrorOutput();
    if (m_reader == nullptr)
        openGrowing();
    if (m_reader != nullptr)
        m_reader->refresh();
    m_exitCode = exitCode;
    const bool isReadable = m_reader != nullptr;
    if (status == QProcess::CrashExit && !m_wasStopped) {
        m_failure = isReadable
            ? tr("The runner ended without warning (signal %1). Everything it recorded until then is here; press F5 to run again.")
                  .arg(exitCode)
            : tr("The runner ended without warning (signal %1) before it recorded anything. Press F5 to run again.").arg(exitCode);
    } else if (m_wasKilledByUs) {
        m_failure = tr("The runner did not react to Stop and was ended. Everything it recorded until then is here.");
    }
    dropProcess();
    setState(m_failure.isEmpty() ? State::Ended : State::Lost);
    refresh();
}

void RunSession::processFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return; // processFinished() follows
    m_failure = tr("The runner cannot be started: %1 is missing or cannot be executed. Install or build \"loopscope\" beside this program, "
                   "or name it in the environment variable LOOPSCOPE_RUNNER.")
                    .arg(QDir::toNativeSeparators(runnerPath()));
    dropProcess();
    setState(State::Lost);
}

void RunSession::dropProcess()
{
    if (m_socket != nullptr) {
        m_socket->disconnect(this);
        m_socket->deleteLater();
        m_socket = nullptr;
    }
    if (m_server != nullptr) {
        m_server->close();
        m_server->deleteLater();
        m_server = nullptr;
    }
    if (m_process != nullptr) {
        m_process->disconnect(this);
        if (m_process->state() != QProcess::NotRunning) {
            m_process->kill();
            m_process->waitForFinished(1000);
        }
        m_process->deleteLater();
        m_process = nullptr;
    }
}

} // namespace loopscope
