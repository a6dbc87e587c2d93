// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"

#include <QObject>

#include <memory>

namespace loopscope {

class RunSession;

/// The run of a question's script out of sight, so that the answer is known before anything of it is shown.
class LessonRuns : public QObject
{
    Q_OBJECT
public:
    explicit LessonRuns(QObject *parent = nullptr);
    ~LessonRuns() override;

    /// Starts `script`; an earlier run is forgotten. done() comes when its whole recording is there, or with problem() if there is none.
    void start(const QString &script, const LessonRun &run);
    void forget();
    bool isDone() const { return m_isDone; }
    /// Why the script could not be run, in a sentence; empty if it could.
    QString problem() const { return m_problem; }
    RunSession &session() { return *m_session; }

    /// The options of `loopscope run` for a lesson's script.
    static QStringList optionsOf(const LessonRun &run);

Q_SIGNALS:
    void done();

private:
    void look();

    RunSession *m_session;
    QString m_problem;
    bool m_isDone = false;
};

} // namespace loopscope
