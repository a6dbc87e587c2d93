// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Running and stepping: the part of MainWindow between the commands and the session.
#include "MainWindow.h"

#include "LessonsWorkspace.h"
#include "RefusalMessage.h"
#include "RunChoicesPanel.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "console/ConsoleModel.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "recording/RecordingReader.h"
#include "servers/ServersView.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/LoopState.h"
#include "state/Names.h"
#include "state/StateTimeline.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

namespace loopscope {

bool MainWindow::startRun(const RunSetup &setup)
{
    const QString file = setup.file.isEmpty() ? m_document->fileToRun() : setup.file;
    if (file.isEmpty()) {
        m_banner->say(Banner::Severity::Error, m_document->problem(), {{tr("Save as…"), [this] { saveScriptAs(); }}});
        return false;
    }
    m_banner->dismiss();
    m_editor->setErrorLine(0, {});
    if (m_pair->isOpen() && !m_pair->showsSecond())
        m_pair->exchange(); // what is run anew takes the second's place; the first stays for comparison
    // Recordings name files as they really are.
    const QString real = QFileInfo(file).canonicalFilePath();
    m_session->start(real, setup.arguments, setup.runnerOptions);
    m_textThatRan = m_editor->text();
    // Typing behind a run is undone apart from typing before it. (This would end what can be redone.)
    if (!m_editor->isRedoAvailable()) {
        m_editor->beginUndoAction();
        m_editor->endUndoAction();
    }
    m_workspace->setEdited(false);
    scriptChanged(real);
    if (!setup.passesBreakpoints)
        m_stepper->setBreakpoints(m_source->breakpoints());
    return m_session->isLive();
}

bool MainWindow::startRun()
{
    if (m_lessons->isInLesson())
        return startRun(m_lessons->setup());
    RunSetup setup;
    setup.arguments = m_choices.argumentList();
    setup.runnerOptions = m_choices.runnerOptions();
    return startRun(setup);
}

void MainWindow::setRunChoices(const RunChoices &choices)
{
    m_choices = choices;
    if (m_memory == Memory::Remember)
        m_choices.save(m_choicesOf);
    updateStatus();
}

void MainWindow::chooseHowToRun()
{
    auto *panel = new RunChoicesPanel(m_choices, QFileInfo(m_document->path()).fileName(), this);
    connect(panel, &RunChoicesPanel::chosen, this, [this](const RunChoices &choices, bool runNow) {
        setRunChoices(choices);
        if (runNow)
            runFromStart();
        else if (const QString summary = choices.summary(); !summary.isEmpty())
            note(tr("The next run: %1").arg(summary));
    });
    panel->popUp(m_bar->cornerOfTruth());
}

void MainWindow::allowAndRunAgain(const QStringList &permissions)
{
    RunChoices choices = m_choices;
    for (const QString &permission : permissions)
        choices.allow(permission);
    setRunChoices(choices);
    runFromStart();
}

void MainWindow::showTextOfRun(const SourceText *script)
{
    const QString text = script != nullptr ? QString::fromUtf8(script->text) : QString();
    const bool isInEditor = script != nullptr && text == m_editor->text();
    m_textThatRan = text;
    m_editor->setErrorLine(0, {});
    m_workspace->setEdited(false);
    // Without a path the editor's text belongs to no file of the recording, so that file is shown as it was recorded.
    scriptChanged(isInEditor ? localPath(script->path) : QString());
    if (script != nullptr)
        m_source->showFile(script->path);
    m_stepper->setBreakpoints(m_source->breakpoints());
}

void MainWindow::runFromStart()
{
    if (startRun())
        m_stepper->play();
}

void MainWindow::run()
{
    if (showsServers()) {
        m_servers->run();
        return;
    }
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
        showUncaught(*newest);
    } else if (newest->end->ending == RunEnding::Limit && newest->limitReached) {
        m_banner->say(Banner::Severity::Note, tr("The run ended at its limit of %1.").arg(limitKindName(*newest->limitReached)),
            {{tr("Show the end"), showEnd}});
    } else {
        sayWhatWasRefused();
    }
}

void MainWindow::sayWhatWasRefused()
{
    constexpr qsizetype mostNamed = 3;
    QStringList options;
    const QJsonArray refused = m_session->reader()->metadata().value(QStringLiteral("refused")).toArray();
    for (const QJsonValue &each : refused)
        options.append(each.toString());
    if (options.isEmpty())
        return;
    QString named = options.mid(0, mostNamed).join(QStringLiteral(", "));
    if (options.size() > mostNamed)
        named += tr(" and %L1 more").arg(options.size() - mostNamed);
    m_banner->say(Banner::Severity::Note,
        tr("The script was refused something, caught the error and went on. What would have allowed it: %1").arg(named),
        {{options.size() == 1 ? tr("Allow this and run again") : tr("Allow these and run again"),
             [this, options] { allowAndRunAgain(options); }},
            {tr("How to run…"), [this] { chooseHowToRun(); }}});
}

void MainWindow::showUncaught(const LoopState &end)
{
    const QString text = m_session->reader()->string(end.lastError->text);
    const SitePlace place = m_session->reader()->place(end.lastError->site);
    const RefusalMessage message = RefusalMessage::parse(text);
    // A file that cannot be parsed has no place in any code that ran; its message names the line.
    if (!place.isValid() && message.line > 0 && message.text.startsWith(QLatin1String("SyntaxError"))) {
        showRefusal(text);
        return;
    }
    const QString path = place.isValid() ? localPath(place.source->path) : localPath(message.path);
    const int line = place.isValid() ? static_cast<int>(place.site->line) : message.line;
    QString where;
    if (line > 0)
        where = isSameSource(path, m_source->scriptPath()) ? tr(" on line %1").arg(line)
                                                           : tr(" on line %1 of %2").arg(line).arg(QFileInfo(path).fileName());
    // The moment itself lies behind the unwinding: the last statement before it still has the stack that led there.
    const auto moment =
        m_session->timeline()->previousOf(end.lastError->event + 1, [](const Event &event) { return event.kind == EventKind::Statement; });
    std::vector<Banner::Choice> choices{
        {tr("Go there"), [this, moment = moment.value_or(end.lastError->event + 1)] { m_stepper->setCursor(moment); }}};
    if (const QString permission = RunChoices::permissionAskedFor(text); !permission.isEmpty())
        choices.push_back({tr("Allow this and run again"), [this, permission] { allowAndRunAgain({permission}); }});
    m_banner->say(Banner::Severity::Error, tr("The script ended by an error%1 that nobody caught: %2").arg(where, message.text), choices);
    markError(path, line, message.text);
}

bool MainWindow::markError(const QString &path, int line, const QString &text)
{
    if (line < 1 || path.isEmpty() || !m_source->showFile(path))
        return false;
    m_source->shown().setErrorLine(line, text);
    return true;
}

void MainWindow::goToLine(const QString &path, int line)
{
    if (!m_source->showFile(path))
        return;
    SourceEditor &editor = m_source->shown();
    editor.setCursorPosition(line - 1, 0);
    editor.showLine(line);
    editor.setFocus();
}

void MainWindow::showRefusal(const QString &message)
{
    const RefusalMessage refusal = RefusalMessage::parse(message);
    if (refusal.text.isEmpty()) {
        m_banner->say(Banner::Severity::Error, tr("The runner ended with exit code %1 and said nothing.").arg(m_session->exitCode()),
            {{tr("Run again"), [this] { runFromStart(); }}});
        return;
    }
    if (markError(refusal.path, refusal.line, refusal.text)) {
        const QString where = m_source->showsScript() ? tr("Line %1").arg(refusal.line)
                                                      : tr("Line %1 of %2").arg(refusal.line).arg(QFileInfo(refusal.path).fileName());
        m_banner->say(Banner::Severity::Error, tr("%1 cannot run: %2").arg(where, refusal.text),
            {{tr("Go there"), [this, path = refusal.path, line = refusal.line] { goToLine(path, line); }}});
        return;
    }
    m_banner->say(Banner::Severity::Error,
        refusal.line > 0 ? tr("%1, line %2: %3").arg(refusal.path).arg(refusal.line).arg(refusal.text) : refusal.text);
}

} // namespace loopscope
