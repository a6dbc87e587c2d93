// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>

namespace loopscope {

/// Runs a script of a lesson, or what a learner made of it, in a process of its own: by `loopscope run`, recorded, on the virtual clock
/// with simulated I/O; or under the server lab. Never blocks, and ends what takes too long. Needs an event loop.
class LessonTrial : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        QString runner; ///< path of the program `loopscope`
        QString folder; ///< of the lesson
        QString script; ///< path, in the folder
        QByteArray text; ///< tried in place of what the script's file says, in a copy of the folder; null: the file as it is
        LessonRun run;
        QString scenario; ///< path; not empty: the script is served in the server lab
        QStringList models; ///< of the server lab
        double wallSeconds = 30;
    };

    /// Virtual seconds, events and MB that a run may take if it does not say otherwise.
    static constexpr int mostSeconds = 60;
    static constexpr int mostEvents = 1'000'000;
    static constexpr int mostMegabytes = 1024;

    explicit LessonTrial(QObject *parent = nullptr);
    /// Ends a run that goes on.
    ~LessonTrial() override;

    /// Ends a run that goes on, without finished(), and begins another. finished() follows in any case, from the event loop.
    void start(const Setup &setup);
    /// Ends the run; finished() follows.
    void cancel();
    bool isRunning() const { return m_isRunning; }
    /// For programs without a window: runs the event loop until it is finished. True if there is something to measure.
    bool wait();

    // When it is finished:

    bool wasCancelled() const { return m_wasCancelled; }
    /// Why there is nothing to measure: what happened and what to do. Empty if there is: an error of the script or a limit is a run, too.
    QString failure() const { return m_failure; }
    /// That the run was ended by a limit, and what to do if that is not meant; else empty.
    QString notice() const { return m_notice; }
    /// Empty without a recording. There as long as folder() is held.
    QString recordingPath() const { return m_recording; }
    std::shared_ptr<QTemporaryDir> folder() const { return m_folder; }
    /// Of the process, at most mostOutput bytes each.
    const QByteArray &output() const { return m_output; } ///< in the server lab the report, for LabMeasures
    const QByteArray &errors() const { return m_errors; }
    int exitCode() const { return m_exitCode; }
    static constexpr qsizetype mostOutput = 16 << 20;

Q_SIGNALS:
    void finished();

private:
    bool prepare(const Setup &setup, QStringList *arguments);
    bool prepareScenario(const Setup &setup, const QString &script, QString *scenario);
    void collect();
    void handleEnd(QProcess::ProcessError error);
    void judgeRecording();
    void judgeReport();
    void finish();
    void end();

    std::unique_ptr<QProcess> m_process;
    QTimer m_limit;
    std::shared_ptr<QTemporaryDir> m_folder;
    double m_wallSeconds = 0;
    bool m_isLab = false;
    bool m_isRunning = false;
    bool m_tookTooLong = false;
    bool m_wasCancelled = false;
    QString m_failure;
    QString m_notice;
    QString m_recording;
    QByteArray m_output;
    QByteArray m_errors;
    int m_exitCode = 0;
};

} // namespace loopscope
