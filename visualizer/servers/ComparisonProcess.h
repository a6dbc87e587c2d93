// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/LabRecord.h"
#include "servers/lab/LabJson.h"
#include "servers/lab/Scenario.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <optional>

class QFile;
class QTemporaryDir;

namespace loopscope {

/// One comparison, and the process that makes it: `loopscope lab FILE --stream`. Its lines are taken in in portions, so that the GUI thread
/// is never held up, and are kept in a file, from which the run can be read again. Nothing of a script runs in this process. GUI thread
/// only.
class ComparisonProcess : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Empty,
        Running,
        Ended, ///< all that the run told is here
        Failed, ///< failure() says why
    };

    /// What is set before the first request.
    struct Beginning
    {
        double pace = 0; ///< virtual seconds a second; 0: as fast as it goes
        qint64 follow = 0; ///< number of a request; 0: none
    };

    explicit ComparisonProcess(QObject *parent = nullptr);
    ~ComparisonProcess() override;

    /// An earlier run is ended.
    void start(const Scenario &scenario, const Beginning &beginning);
    /// Reads the lines of a run that was kept. False, with a sentence in failure(), if the file holds none; then nothing changes.
    bool openStream(const QString &path);
    /// Asks the run to end; what does not react within two seconds is killed.
    void stop();
    void send(const LabCommand &command);
    /// Ends what runs and forgets what it told.
    void clear();

    State state() const { return m_state; }
    bool isLive() const { return m_state == State::Running; }
    const LabRecord &record() const { return m_record; }
    /// What the run said of itself; nothing until then.
    const std::optional<LabStart> &told() const { return m_told; }
    const LabVerdict &verdict() const { return m_verdict; }
    QString failure() const { return m_failure; }
    /// The lines of this run, or of the file that was opened; empty without a run.
    QString streamPath() const { return m_streamPath; }
    /// Seconds of this machine since it was started.
    double wallSeconds() const { return static_cast<double>(m_clock.elapsed()) / 1e3; }

Q_SIGNALS:
    void stateChanged();
    /// record() is another's now, or empty.
    void replaced();
    /// record() knows more.
    void grew();
    /// A followed request was told.
    void requestTold(qint64 number);

private:
    void setState(State state);
    void readLines();
    /// False if the line is no message.
    bool take(const QByteArray &line);
    void takeMessage(const LabMessage &message);
    void processEnded(int exitCode, QProcess::ExitStatus status);
    void dropProcess();
    void fail(const QString &sentence);

    State m_state = State::Empty;
    LabRecord m_record;
    std::optional<LabStart> m_told;
    LabVerdict m_verdict;
    QString m_failure;
    QString m_streamPath;
    bool m_endTold = false;
    bool m_wasKilled = false;
    QElapsedTimer m_clock;

    QProcess *m_process = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QFile> m_kept;
    QByteArray m_unread; ///< the beginning of a line
    QByteArray m_errorOutput;
    QTimer m_again; ///< there is more to read than one portion
    QTimer m_patience;
};

} // namespace loopscope
