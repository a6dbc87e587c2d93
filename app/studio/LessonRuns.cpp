// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonRuns.h"

#include "lessons/loader/LessonTrial.h"
#include "session/RunSession.h"

#include <QFileInfo>

namespace loopscope {

LessonRuns::LessonRuns(QObject *parent)
    : QObject(parent)
    , m_session(new RunSession(this))
{
    connect(m_session, &RunSession::stateChanged, this, &LessonRuns::look, Qt::QueuedConnection);
    connect(m_session, &RunSession::grew, this, &LessonRuns::look);
}

LessonRuns::~LessonRuns() { m_session->disconnect(this); }

void LessonRuns::start(const QString &script, const LessonRun &run)
{
    forget();
    m_session->start(QFileInfo(script).canonicalFilePath(), run.arguments, optionsOf(run));
    m_session->resume();
}

void LessonRuns::forget()
{
    m_isDone = true; // what is cleared says nothing
    m_session->clear();
    m_problem.clear();
    m_isDone = false;
}

void LessonRuns::look()
{
    const RunSession::State state = m_session->state();
    const bool isOver = state == RunSession::State::Ended || state == RunSession::State::Lost;
    if (m_isDone || !isOver || !m_session->isCaughtUp())
        return;
    if (m_session->reader() == nullptr || m_session->eventCount() == 0)
        m_problem = m_session->errorOutput().isEmpty() ? m_session->failure() : m_session->errorOutput();
    m_isDone = true;
    Q_EMIT done();
}

QStringList LessonRuns::optionsOf(const LessonRun &run)
{
    // A script that never ends must not run away; how many events there may be, RunSession says. More than in a trial: statements are
    // recorded here.
    return QStringList{QStringLiteral("--max-time"), QString::number(LessonTrial::mostSeconds), QStringLiteral("--max-memory"),
               QString::number(LessonTrial::mostMegabytes)}
    + run.options;
}

} // namespace loopscope
