// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Running and stepping: the part of MainWindow between the commands and the session.
#include "MainWindow.h"

#include "RefusalMessage.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "console/ConsoleModel.h"
#include "editor/SourceEditor.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/LoopState.h"
#include "state/Names.h"
#include "state/StateTimeline.h"

#include <QFileInfo>

namespace loopscope {

bool MainWindow::startRun()
{
    const QString file = m_document->fileToRun();
    if (file.isEmpty()) {
        m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Save as…"), [this] { saveScriptAs(); }}});
        return false;
    }
    m_banner->dismiss();
    m_editor->setErrorLine(0, {});
    // Recordings name files as they really are.
    const QString real = QFileInfo(file).canonicalFilePath();
    m_session->start(real);
    m_workspace->setEdited(false);
    m_workspace->setShownSource(real);
    m_stepper->setBreakpoints(real, m_editor->breakpoints());
    return m_session->isLive();
}

void MainWindow::runFromStart()
{
    if (startRun())
        m_stepper->play();
}

void MainWindow::run()
{
    const bool isOver = !m_session->isLive() && m_session->state() != RunSession::State::Opened;
    const bool atEnd = m_stepper->cursor() >= m_session->eventCount();
    if (isOver && (atEnd || m_workspace->isEdited()))
        runFromStart();
    else
        m_stepper->play();
}

bool MainWindow::isReadyToStep()
{
    const bool isOver = !m_session->isLive() && m_session->state() != RunSession::State::Opened;
    const bool mustStart = isOver && (m_session->reader() == nullptr || m_workspace->isEdited());
    return !mustStart || startRun();
}

void MainWindow::step(Landmark landmark)
{
    if (isReadyToStep())
        m_stepper->forward(landmark);
}

void MainWindow::sessionStateChanged()
{
    updateActions();
    m_endingSaid = false;
    if (m_session->state() == RunSession::State::Lost) {
        m_banner->say(Banner::Severity::Error, m_session->failure(), {{tr("Run again"), [this] { runFromStart(); }}});
    } else if (m_session->state() == RunSession::State::Ended) {
        // The last events are taken in behind this signal; what is said depends on them.
        QMetaObject::invokeMethod(this, &MainWindow::sayHowItEnded, Qt::QueuedConnection);
    }
}

void MainWindow::sayHowItEnded()
{
    if (m_session->state() != RunSession::State::Ended || m_endingSaid)
        return;
    if (!m_session->isCaughtUp())
        return; // comes back with the rest of the recording
    m_endingSaid = true;
    const StateTimeline *timeline = m_session->timeline();
    const LoopState *newest = timeline != nullptr ? &timeline->newest() : nullptr;
    if (newest == nullptr || !newest->end || newest->end->ending == RunEnding::Refused) {
        m_workspace->consoleModel()->setExtra(m_session->errorOutput());
        showRefusal(m_session->errorOutput());
        return;
    }
    const auto showEnd = [this] { m_stepper->toEnd(); };
    if (newest->end->ending == RunEnding::Uncaught && newest->lastError) {
        const QString text = m_session->reader()->string(newest->lastError->text);
        const SitePlace errorPlace = m_session->reader()->place(newest->lastError->site);
        // A file that cannot be parsed has no place in any code that ran; its message names the line.
        if (!errorPlace.isValid() && RefusalMessage::parse(text).line > 0) {
            showRefusal(text);
            return;
        }
        const QString message = text.section(QLatin1Char('\n'), 0, 0);
        const QString where = errorPlace.isValid() ? tr(" on line %1").arg(errorPlace.site->line) : QString();
        m_banner->say(Banner::Severity::Error, tr("The script ended by an error%1 that nobody caught: %2").arg(where, message),
            {{tr("Go there"), [this, event = newest->lastError->event] { m_stepper->setCursor(event + 1); }}});
    } else if (newest->end->ending == RunEnding::Limit && newest->limitReached) {
        m_banner->say(Banner::Severity::Note, tr("The run ended at its limit of %1.").arg(limitKindName(*newest->limitReached)),
            {{tr("Show the end"), showEnd}});
    }
}

void MainWindow::showRefusal(const QString &message)
{
    const RefusalMessage refusal = RefusalMessage::parse(message);
    if (refusal.text.isEmpty()) {
        m_banner->say(Banner::Severity::Error, tr("The runner ended with exit code %1 and said nothing.").arg(m_session->exitCode()),
            {{tr("Run again"), [this] { runFromStart(); }}});
        return;
    }
    if (refusal.line > 0 && isSameSource(refusal.path, m_workspace->shownSource())) {
        m_editor->setErrorLine(refusal.line, refusal.text);
        m_banner->say(Banner::Severity::Error, tr("Line %1 cannot run: %2").arg(refusal.line).arg(refusal.text),
            {{tr("Go there"), [this, line = refusal.line] {
                  m_editor->setCursorPosition(line - 1, 0);
                  m_editor->showLine(line);
                  m_editor->setFocus();
              }}});
        return;
    }
    m_banner->say(Banner::Severity::Error,
        refusal.line > 0 ? tr("%1, line %2: %3").arg(refusal.path).arg(refusal.line).arg(refusal.text) : refusal.text);
}

} // namespace loopscope
