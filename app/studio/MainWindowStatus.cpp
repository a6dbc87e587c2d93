// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says of where it stands: title, status line, and which commands can be used now.
#include "MainWindow.h"

#include "LessonsWorkspace.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "recording/RecordingReader.h"
#include "servers/LabPanel.h"
#include "servers/ServersView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Format.h"
#include "state/LoopState.h"
#include "written/WrittenView.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QLabel>
#include <QShortcut>
#include <QStatusBar>

namespace loopscope {

namespace {

constexpr int kNoteTime = 3000; ///< ms

} // namespace

void MainWindow::buildStatusLine()
{
    m_placeLabel = new QLabel(this);
    m_sizeLabel = new QLabel(this);
    m_runLabel = new QLabel(this);
    m_keysLabel = new QLabel(this);
    m_noteLabel = new QLabel(this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_placeLabel);
    statusBar()->addWidget(m_sizeLabel);
    statusBar()->addWidget(m_runLabel);
    statusBar()->addPermanentWidget(m_noteLabel);
    statusBar()->addPermanentWidget(m_keysLabel);
    // Long texts must not keep the window from becoming narrow.
    for (QLabel *label : {m_runLabel, m_noteLabel, m_keysLabel})
        label->setMinimumWidth(1);
    m_noteTimer.setSingleShot(true);
    connect(&m_noteTimer, &QTimer::timeout, m_noteLabel, &QLabel::clear);
    m_placeLabel->setAccessibleName(tr("Place in the recording"));
    m_keysLabel->setAccessibleName(tr("Keys"));
    auto *stopSearch = new QShortcut(Qt::Key_Escape, this);
    stopSearch->setEnabled(false); // Escape is others' otherwise
    connect(stopSearch, &QShortcut::activated, m_stepper, &Stepper::pause);
    connect(stopSearch, &QShortcut::activatedAmbiguously, m_stepper, &Stepper::pause);
    connect(m_stepper, &Stepper::searched, this, [this, stopSearch] {
        stopSearch->setEnabled(m_stepper->percentSearched().has_value());
        updateStatus();
    });
}

void MainWindow::note(const QString &text)
{
    m_noteLabel->setText(text);
    m_noteTimer.start(kNoteTime);
}

void MainWindow::updateTitle()
{
    m_actions.save->setEnabled(!m_document->isFromRecording());
    if (showsServers()) {
        const Scenario &scenario = m_servers->panel().scenario();
        const QString script = scenario.script.isEmpty() ? tr("no server yet") : QFileInfo(scenario.script).fileName();
        const QString title = scenario.title.isEmpty() || scenario.title == script ? script : tr("%1 (%2)").arg(scenario.title, script);
        m_bar->setFileName(script, false, title + QLatin1Char('\n') + QDir::toNativeSeparators(scenario.script));
        setWindowTitle(tr("%1 – Loopscope").arg(title));
        setWindowModified(false);
        return;
    }
    const QString path = m_document->path().isEmpty() ? tr("not saved to a file yet") : m_document->path();
    m_bar->setFileName(m_document->name(), m_document->isModified(), m_document->name() + QLatin1Char('\n') + path);
    setWindowTitle(tr("%1[*] – Loopscope").arg(m_document->name()));
    setWindowModified(m_document->isModified());
}

void MainWindow::updateActions()
{
    const bool hasRecording = m_session->reader() != nullptr;
    const bool isLive = m_session->isLive();
    const bool isReadOnly = m_session->state() == RunSession::State::Opened;
    const quint64 cursor = m_stepper->cursor();
    const bool atEnd = cursor >= m_session->eventCount();
    const bool isBusy = m_session->state() == RunSession::State::Running || m_stepper->isPlaying();
    // A recording only goes as far as it goes; a script can always be started.
    const bool canStep = !atEnd || isLive || !isReadOnly;
    for (QAction *action : {m_actions.nextEvent, m_actions.nextStatement, m_actions.nextCallback, m_actions.nextPhase,
             m_actions.nextIteration, m_actions.nextConsoleLine})
        action->setEnabled(canStep);
    for (QAction *action : {m_actions.previousEvent, m_actions.previousStatement, m_actions.previousCallback, m_actions.previousPhase,
             m_actions.previousIteration, m_actions.previousConsoleLine, m_actions.toStart})
        action->setEnabled(hasRecording && cursor > 0);
    m_actions.toEnd->setEnabled(hasRecording && (!atEnd || isLive));
    const bool goesOn = isLive || (hasRecording && !atEnd && !m_workspace->isEdited());
    m_actions.run->setText(goesOn ? tr("&Continue") : tr("&Run"));
    m_actions.run->setIconText(goesOn ? tr("Continue") : tr("Run"));
    m_actions.run->setEnabled(!isBusy && (!isReadOnly || !atEnd));
    m_actions.playBack->setEnabled(hasRecording && cursor > 0 && !m_stepper->isPlaying());
    m_actions.runAgain->setEnabled(!isReadOnly);
    m_actions.chooseRun->setEnabled(!isReadOnly);
    m_actions.pause->setEnabled(isBusy);
    m_actions.stop->setEnabled(isLive);
    m_actions.saveRecording->setEnabled(hasRecording);
    m_actions.exportWritten->setEnabled(!m_written->model().all().empty());
    m_actions.exportWalk->setEnabled(hasRecording && m_session->eventCount() > 0);
    m_bar->setRunning(isBusy);
    updateServersActions();
    updateProfileActions();
    m_lessons->updateActions();
    updateStatus();
}

QString MainWindow::stateText() const
{
    switch (m_session->state()) {
    case RunSession::State::Starting:
        return tr("starting");
    case RunSession::State::Paused:
        return tr("paused");
    case RunSession::State::Running:
        return tr("running");
    case RunSession::State::Ended:
        return tr("ended, exit code %1").arg(m_session->exitCode());
    case RunSession::State::Lost:
        return tr("the runner is gone");
    case RunSession::State::Opened:
        return openedText();
    case RunSession::State::Empty:
        break;
    }
    return {};
}

QString MainWindow::openedText() const
{
    // All it takes to run it again elsewhere.
    QStringList facts{tr("opened from a file")};
    if (const RecordingReader *reader = m_session->reader()) {
        const QJsonObject metadata = reader->metadata();
        if (metadata.contains(QStringLiteral("seed")))
            facts << tr("seed %1").arg(metadata.value(QStringLiteral("seed")).toVariant().toString());
        QStringList arguments;
        for (const QJsonValue &argument : metadata.value(QStringLiteral("arguments")).toArray())
            arguments << argument.toString();
        if (!arguments.isEmpty())
            facts << tr("arguments %1").arg(arguments.join(QLatin1Char(' ')));
    }
    return facts.join(QStringLiteral(" · "));
}

void MainWindow::updateStatus()
{
    const RecordingReader *reader = m_session->reader();
    const LoopState *state = m_workspace->state();
    if (reader == nullptr || state == nullptr) {
        m_placeLabel->setText(tr("no recording yet"));
        m_sizeLabel->clear();
        m_runLabel->clear();
        m_bar->setClock({});
        m_bar->setTruth(m_choices.isReal ? tr("real") : tr("simulated"),
            m_choices.isReal ? tr("Will run on this machine's clock, with real I/O. Click to choose.")
                             : tr("Will run on a virtual clock, with simulated I/O: the same on every machine. Click to choose."));
        return;
    }
    if (const std::optional<int> percent = m_stepper->percentSearched())
        m_placeLabel->setText(tr("looking through the recording: %1 % · Esc stops").arg(*percent));
    else
        m_placeLabel->setText(tr("event %L1 of %L2").arg(m_stepper->cursor()).arg(m_session->eventCount()));
    m_sizeLabel->setText(m_session->isCaughtUp() || m_session->isLive() ? tr("recording %1").arg(formatBytes(reader->bytes()))
                                                                        : tr("recording: %1 % taken in").arg(m_session->percentTakenIn()));
    m_bar->setClock(formatClock(state->time));
    const QJsonObject metadata = reader->metadata();
    if (metadata.value(QStringLiteral("program")).toString() == QLatin1String("node"))
        m_bar->setTruth(tr("real Node"),
            tr("Node %1 ran the script on this machine, and told this of itself.")
                .arg(metadata.value(QStringLiteral("version")).toString()));
    else if (metadata.value(QStringLiteral("truth")).toString() == QLatin1String("real"))
        m_bar->setTruth(tr("real"), tr("Times were measured on this machine."));
    else if (metadata.value(QStringLiteral("clock")).toString() == QLatin1String("wall"))
        m_bar->setTruth(tr("simulated"), tr("A real script on this machine's clock, with simulated I/O."));
    else
        m_bar->setTruth(tr("simulated"), tr("A real script on a virtual clock, with simulated I/O: the same on every machine."));
    // What makes this run another than the script alone would: a fork tells what was changed.
    const QString title = metadata.value(QStringLiteral("title")).toString().remove(QLatin1Char('`'));
    m_runLabel->setText(title.isEmpty() ? stateText() : tr("%1 · %2").arg(title, stateText()));
    fitKeys();
}

} // namespace loopscope
