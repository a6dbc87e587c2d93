// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/Goal.h"
#include "session/LineBreakpoints.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include <memory>

class QLocalServer;
class QLocalSocket;
class QTemporaryDir;

namespace loopscope {

class EventText;
class RecordingReader;
class StateTimeline;

/// One recording and, while it is made, the process that makes it.
///
/// start() starts `loopscope run` with a recording in a folder of its own and commands over a local socket; openRecording() only reads. In
/// both cases reader(), timeline() and text() are there from replaced() on and take in what is recorded in small portions, so that the
/// GUI thread is never held up. Whatever becomes of the runner, the recording stays readable. GUI thread only.
class RunSession : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Empty, ///< nothing was run or opened
        Starting, ///< the runner was started and has not connected
        Paused, ///< waits for a command
        Running,
        Ended, ///< the runner ended by itself or was stopped
        Lost, ///< the runner crashed, was killed or could not start; failure() says so
        Opened, ///< a recording from a file
    };
    Q_ENUM(State)

    explicit RunSession(QObject *parent = nullptr);
    ~RunSession() override;

    /// Where `loopscope` is: beside this program, or what the environment's LOOPSCOPE_RUNNER says.
    static QString runnerPath();

    /// What a run may record; then it ends. 160 MB on the disk, so that a flood of callbacks does not fill it.
    static constexpr quint64 mostEvents = 5'000'000;

    /// Starts a script; the run waits for a command before its first event. An earlier run is ended. `runnerOptions` are the runner's,
    /// beside those that every run gets.
    void start(const QString &scriptPath, const QStringList &arguments = {}, const QStringList &runnerOptions = {});
    /// False, with a sentence in failure(), if the file is no recording; then nothing changes.
    bool openRecording(const QString &path);
    /// Ends what runs and forgets the recording.
    void clear();
    /// Takes the other session's recording and runner, and gives it its own. Both say that they were replaced.
    void exchange(RunSession &other);

    // Commands to the runner; kept until it has connected, ignored if none runs.
    void pause();
    void resume();
    /// Asks the run to end; a runner that does not react within two seconds is killed.
    void stop();
    /// Pauses when so many events are recorded; with another recording's path already behind the first event that differs from it.
    void runUntilEvent(quint64 event, const QString &like = {});
    void runUntil(const EventPattern &pattern);
    /// Replaces the earlier ones.
    void setBreakpoints(const FileBreakpoints &breakpoints);

    State state() const { return m_run.state; }
    bool isLive() const { return m_run.state == State::Starting || m_run.state == State::Paused || m_run.state == State::Running; }
    /// Paused, and by a breakpoint.
    bool isAtBreakpoint() const { return m_run.state == State::Paused && m_run.isAtBreakpoint; }
    struct Variable
    {
        QString name;
        QString text;
    };
    /// The variables where the run stands, the nearest first; empty unless it is paused before a statement.
    const QList<Variable> &variables() const { return m_run.variables; }
    /// Why the runner was lost or a file not opened, in a sentence; empty if all is well.
    QString failure() const { return m_run.failure; }
    /// The end of what the runner wrote to its standard error: the place for errors from before the recording.
    QString errorOutput() const { return QString::fromUtf8(m_run.errorOutput); }
    int exitCode() const { return m_run.exitCode; }
    qint64 processId() const;
    QString scriptPath() const { return m_run.scriptPath; }
    QString recordingPath() const { return m_run.recordingPath; }
    /// Where the runner put copies of what the script wrote in memory, each with its whole path below; empty unless a run with simulated
    /// I/O came to its end here. Files that would be more than 256 MB in total are not there.
    QString writtenFolder() const;

    /// Null until a recording is there.
    RecordingReader *reader() const { return m_run.reader.get(); }
    StateTimeline *timeline() const { return m_run.timeline.get(); }
    const EventText *text() const { return m_run.text.get(); }
    /// Events taken in and ready to be shown.
    quint64 eventCount() const;
    /// True if all that was recorded so far is taken in.
    bool isCaughtUp() const;
    /// How much of an opened recording is taken in, in percent; 100 of all others.
    int percentTakenIn() const;

Q_SIGNALS:
    void stateChanged();
    /// reader(), timeline() and text() are others now, or gone.
    void replaced();
    void grew();
    /// The recording turned out to be damaged further on; failure() says where.
    void damageFound();
    /// variables() are others now.
    void variablesChanged();
    /// A breakpoint's condition could not be told; a sentence says why.
    void conditionFailed(const QString &sentence);

private:
    void setState(State state);
    void refresh();
    void openGrowing();
    void take(std::unique_ptr<RecordingReader> reader);
    void send(const QJsonObject &command);
    /// Sends a command after which the runner runs, and says Running at once: what it records from here on belongs to the command.
    void go(const QJsonObject &command);
    void acceptConnection();
    void readMessages();
    void obey(const QJsonObject &message);
    void takeVariables(const QJsonObject &message);
    void dropVariables();
    void readErrorOutput();
    void processFinished(int exitCode, QProcess::ExitStatus status);
    void processFailed(QProcess::ProcessError error);
    void dropProcess();
    /// To and from this session.
    void connectRunner();
    void disconnectRunner();

    /// All that belongs to one run, so that two sessions can exchange it as a whole.
    struct Run
    {
        State state = State::Empty;
        QString failure;
        QString scriptPath;
        QString recordingPath;
        qint64 openedSize = 0; ///< bytes of a recording that was opened
        QByteArray errorOutput;
        int exitCode = 0;
        bool wasKilledByUs = false;
        bool wasStopped = false;
        QList<Variable> variables;
        bool isAtBreakpoint = false; ///< why it paused last
        bool wasToldToGo = false; ///< before it connected

        std::unique_ptr<QTemporaryDir> folder;
        std::unique_ptr<RecordingReader> reader;
        std::unique_ptr<StateTimeline> timeline;
        std::unique_ptr<EventText> text;

        QProcess *process = nullptr;
        QLocalServer *server = nullptr;
        QLocalSocket *socket = nullptr;
        QByteArrayList unsent; ///< commands given before the runner connected
    };

    Run m_run;
    QTimer m_refreshTimer;
};

} // namespace loopscope
