// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ForkController.h"

#include "ChangeMarks.h"
#include "DelayField.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "WorkspaceDocks.h"
#include "analysis/RecordingComparison.h"
#include "comparison/ComparisonView.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/EventText.h"
#include "state/LoopState.h"
#include "state/StateTimeline.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineView.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonObject>
#include <QMenu>

namespace loopscope {

ForkController::ForkController(MainWindow &window, WorkspaceDocks &docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
    , m_marks(new ChangeMarks(window))
{
}

void ForkController::connectCommands()
{
    const StudioActions &actions = m_window.commands();
    connect(actions.forkHere, &QAction::triggered, this, &ForkController::forkHere);
    connect(actions.forkWithDelay, &QAction::triggered, this, &ForkController::askForDelay);
    connect(actions.forkOtherOrder, &QAction::triggered, this, &ForkController::forkOtherOrder);
    connect(actions.forkOtherSeed, &QAction::triggered, this, &ForkController::forkOtherSeed);
    connect(actions.compareWith, &QAction::triggered, this, &ForkController::chooseRecordingToCompare);
    connect(actions.showOtherRun, &QAction::triggered, this, &ForkController::showOtherRun);
    RunPair &runs = m_window.runs();
    ComparisonView &view = m_window.comparison();
    connect(actions.closeComparison, &QAction::triggered, &runs, &RunPair::close);
    connect(actions.firstDifference, &QAction::triggered, &view, &ComparisonView::goToFirstDifference);
    connect(&view, &ComparisonView::exchangeWanted, this, &ForkController::showOtherRun);
    connect(&view, &ComparisonView::closeWanted, &runs, &RunPair::close);
    connect(m_window.workspace().loopView(), &LoopView::itemMenuWanted, this, &ForkController::showItemMenu);
    connect(&m_window.workspace().timelineView()->canvas(), &TimelineCanvas::menuWanted, this, &ForkController::showItemMenu);
    connect(&m_window.workspace(), &StepWorkspace::refreshed, this, &ForkController::updateActions);
    connect(&m_window.workspace(), &StepWorkspace::itemChanged, this, &ForkController::updateActions);
    connect(&m_window.workspace(), &StepWorkspace::editedChanged, this, &ForkController::updateActions);
    connect(&runs, &RunPair::changed, this, &ForkController::updateActions);
    connect(&runs, &RunPair::compared, this, &ForkController::lookForArrival);
    connect(&runs, &RunPair::compared, this, &ForkController::updateActions);
    connect(&m_window.session(), &RunSession::grew, this, &ForkController::lookForArrival);
    // Behind the window's own answer to the state, which may be that the script was refused.
    connect(&m_window.session(), &RunSession::stateChanged, this, &ForkController::lookForArrival, Qt::QueuedConnection);
    updateActions();
}

bool ForkController::hasRecording() const { return m_window.session().reader() != nullptr; }

ForkPlanner ForkController::planner() const
{
    const RunSession &session = m_window.session();
    return {*session.reader(), session.timeline()->index(), *session.text()};
}

std::optional<RecordedDelay> ForkController::delayAtHand() const
{
    if (!hasRecording())
        return std::nullopt;
    if (const SubjectId selected = m_window.workspace().selectedItem(); selected != 0)
        return planner().delayOf(selected);
    const quint64 cursor = m_window.stepper().cursor();
    return cursor > 0 ? planner().delayOf(m_window.session().reader()->event(cursor - 1).subject) : std::nullopt;
}

void ForkController::updateActions()
{
    const StudioActions &actions = m_window.commands();
    const bool isComparable = hasRecording() && !m_underWay;
    const bool isPossible = isComparable && !planner().isOfServer();
    const bool isRepeatable = isPossible && planner().isRepeatable();
    const quint64 cursor = m_window.stepper().cursor();
    actions.forkHere->setEnabled(isPossible);
    actions.forkWithDelay->setEnabled(isRepeatable && delayAtHand());
    actions.forkOtherOrder->setEnabled(
        isRepeatable && cursor > 0 && m_window.session().reader()->event(cursor - 1).kind == EventKind::FreeChoice);
    actions.forkOtherSeed->setEnabled(isRepeatable);
    actions.compareWith->setEnabled(isComparable);
    const bool isOpen = m_window.runs().isOpen();
    const RecordingComparison *comparison = m_window.runs().comparison();
    actions.firstDifference->setEnabled(comparison != nullptr && !comparison->isSame());
    actions.showOtherRun->setEnabled(isOpen && !m_underWay);
    actions.closeComparison->setEnabled(isOpen && !m_underWay);
    makeOffers();
    m_marks->refresh();
}

void ForkController::makeOffers()
{
    const StudioActions &actions = m_window.commands();
    QList<WhyPanel::Offer> offers;
    if (const auto delay = actions.forkWithDelay->isEnabled() ? delayAtHand() : std::nullopt)
        offers.append({delay->isRequest ? tr("Let `%1` take another time…").arg(delay->name)
                                        : tr("Let `%1` wait another time than %L2 ms…").arg(delay->name).arg(*delay->milliseconds),
            actions.forkWithDelay});
    if (actions.forkOtherOrder->isEnabled())
        offers.append({tr("Take the other order here"), actions.forkOtherOrder});
    if (actions.forkHere->isEnabled())
        offers.append({m_window.workspace().isEdited() ? tr("Run the changed code to this moment, beside this run")
                                                       : tr("Run again to this moment, beside this run; change the code first if you like"),
            actions.forkHere});
    m_window.workspace().whyPanel()->setOffers(offers);
}

// --- what to fork --------------------------------------------------------------------------------------------------------------------

void ForkController::forkHere()
{
    if (hasRecording())
        fork(planner().again(m_window.stepper().cursor(), m_window.editor().text().toUtf8()));
}

void ForkController::forkOtherSeed()
{
    if (hasRecording())
        fork(planner().withSeed(planner().seed() + 1, m_window.stepper().cursor()));
}

void ForkController::forkOtherOrder()
{
    const LoopState *state = m_window.workspace().state();
    if (state == nullptr)
        return;
    if (const auto plan = planner().withOtherOrder(*state))
        fork(*plan);
}

void ForkController::askForDelay()
{
    const auto delay = delayAtHand();
    if (!delay)
        return;
    auto *field = new DelayField(*delay, &m_window);
    connect(field, &DelayField::chosen, this, [this, delay = *delay](double milliseconds) {
        if (hasRecording())
            fork(planner().withDelay(delay, milliseconds, m_window.stepper().cursor()));
    });
    const QWidget *view = m_window.workspace().loopView();
    field->popUp(view->mapToGlobal(view->rect().center()));
}

void ForkController::showItemMenu(const QPoint &globalPosition)
{
    auto *menu = new QMenu(&m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const StudioActions &actions = m_window.commands();
    menu->addActions({actions.forkWithDelay, actions.forkOtherOrder, actions.forkHere});
    if (m_window.runs().isOpen())
        menu->addActions({menu->addSeparator(), actions.showOtherRun, actions.firstDifference});
    menu->popup(globalPosition);
}

// --- the script ----------------------------------------------------------------------------------------------------------------------

QString ForkController::scriptToRun()
{
    const bool isRecorded = m_window.document().isFromRecording();
    QString file = isRecorded ? scriptOfRecording() : m_window.document().fileToRun();
    if (file.isEmpty() && !isRecorded)
        m_window.banner().say(Banner::Severity::Error, m_window.document().problem());
    return file;
}

QString ForkController::scriptOfRecording()
{
    const auto &sources = m_window.session().reader()->sources();
    const auto fail = [this](const QString &sentence) {
        m_window.banner().say(Banner::Severity::Error, sentence);
        return QString();
    };
    if (sources.empty())
        return fail(tr("The recording holds no script, so it cannot be run again."));
    // The files themselves, if they are still what ran: they may read others beside them.
    const auto isStillThere = [](const std::unique_ptr<SourceText> &source) {
        QFile file(localPath(source->path));
        return file.open(QIODevice::ReadOnly) && file.readAll() == source->text;
    };
    if (std::all_of(sources.begin(), sources.end(), isStillThere))
        return localPath(sources.front()->path);
    m_folder = std::make_unique<QTemporaryDir>(QDir::temp().filePath(QStringLiteral("loopscope-XXXXXX")));
    for (const auto &source : sources) {
        const QString path = m_folder->path() + localPath(source->path);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(source->text) != source->text.size())
            return fail(tr("The recorded script cannot be written to %1: %2. Free some space there and fork again.")
                            .arg(QDir::toNativeSeparators(path), file.errorString()));
    }
    return m_folder->path() + localPath(sources.front()->path);
}

RecordingCost::Command ForkController::rerun()
{
    RecordingCost::Command command;
    const RecordingReader *reader = m_window.session().reader();
    const QJsonObject metadata = reader != nullptr ? reader->metadata() : QJsonObject();
    if (m_window.session().isLive())
        command.problem = tr("The run is still under way. Let it end, or stop it (Shift+F5), and measure then.");
    else if (!hasRecording())
        command.problem = tr("Nothing is recorded yet.");
    else if (metadata.contains(QStringLiteral("importedFrom"))
        || metadata.value(QStringLiteral("program")).toString() != QLatin1String("loopscope"))
        command.problem = tr("This was recorded by another program, which cannot be run again from here: only its own runs with and "
                             "without its recording could tell.");
    else if (planner().isOfServer())
        command.problem = tr("This is a server of the Servers workspace: its clients do not come with a run of the script alone.");
    else if (metadata.value(QStringLiteral("io")).toString() == QLatin1String("real"))
        command.problem =
            tr("This run used real files and the real network, and would do so again. Measure it in a terminal, if that does no harm: "
               "time loopscope run FILE --io real, without and with --record.");
    if (!command.problem.isEmpty())
        return command;
    const ForkPlan plan = planner().withSeed(planner().seed(), 0);
    command.arguments = plan.arguments;
    command.options = plan.options;
    if (!command.options.contains(QStringLiteral("--max-events"))) // as far as it came, if it was stopped
        command.options << QStringLiteral("--max-events") << QString::number(reader->eventCount() + 1);
    command.file = scriptOfRecording();
    if (command.file.isEmpty())
        command.problem = tr("Its script cannot be run again.");
    return command;
}

// --- the way there -------------------------------------------------------------------------------------------------------------------

void ForkController::fork(const ForkPlan &plan)
{
    const QString file = scriptToRun();
    if (file.isEmpty())
        return;
    const bool isRepeatable = planner().isRepeatable();
    m_window.runs().layAside();
    m_underWay = plan;
    m_awaitsParting = false;
    if (!m_window.startRun({file, plan.arguments, plan.options, true})) {
        m_underWay.reset();
        return;
    }
    // On the wall clock the two differ by chance as soon as they begin: only the moment counts then.
    m_window.session().runUntilEvent(plan.until, isRepeatable ? m_window.runs().first().recordingPath() : QString());
    showDock();
    m_window.banner().say(Banner::Severity::Note,
        isRepeatable ? tr("The script goes the same way again, to event %L1…").arg(plan.until)
                     : tr("The script runs again to event %L1. It runs on the wall clock, so it need not go the same way…").arg(plan.until),
        {{tr("Stop here"), [this] { m_window.session().pause(); }}});
    updateActions();
}

void ForkController::lookForArrival()
{
    if (!m_underWay) {
        sayParting();
        return;
    }
    const RunSession &session = m_window.session();
    const bool isMoving = session.state() == RunSession::State::Starting || session.state() == RunSession::State::Running;
    if (isMoving || !session.isCaughtUp() || m_window.runs().isComparing())
        return;
    const ForkPlan plan = *m_underWay;
    m_underWay.reset();
    m_window.stepper().setBreakpoints(m_window.source().breakpoints());
    if (m_window.runs().comparison() != nullptr && session.eventCount() > 0) {
        arrive(plan);
    } else if (session.state() == RunSession::State::Paused) {
        m_awaitsParting = true;
        m_window.banner().say(Banner::Severity::Note,
            tr("The fork waits before its first event. Step or run on: the first difference will be marked."),
            {{tr("Run on"), [this] { m_window.stepper().play(); }}});
    }
    updateActions();
}

void ForkController::arrive(const ForkPlan &plan)
{
    const auto parting = m_window.runs().comparison()->parting();
    // Then the window says so, and that is what matters.
    const auto &end = m_window.session().timeline()->newest().end;
    const bool endedBadly = m_window.session().state() == RunSession::State::Lost
        || (end && (end->ending == RunEnding::Uncaught || end->ending == RunEnding::Refused));
    const auto say = [&](const QString &sentence, const std::vector<Banner::Choice> &choices) {
        if (!endedBadly)
            m_window.banner().say(Banner::Severity::Note, sentence, choices);
    };
    const quint64 reached = m_window.session().eventCount();
    Stepper &stepper = m_window.stepper();
    const Banner::Choice runOn{tr("Run on"), [this] { m_window.stepper().play(); }};
    if (parting && parting->right != RecordingComparison::none && parting->right < plan.until) {
        stepper.setCursor(parting->right + 1ULL);
        if (endsByError(*parting)) {
            stepper.play(); // there is nothing left of it but to say why
            return;
        }
        std::vector<Banner::Choice> choices{runOn};
        if (m_window.session().state() == RunSession::State::Paused && reached < plan.until)
            choices.push_back({tr("On to event %L1").arg(plan.until), [this, until = plan.until] { goOnTo(until); }});
        say(partingSentence(), choices);
        return;
    }
    stepper.setCursor(std::min(plan.until, reached));
    m_awaitsParting = true;
    if (end && m_window.session().isLive()) {
        stepper.play(); // it waits behind its last event; how it ended is said when it has
        return;
    }
    if (reached < plan.until && m_window.session().isLive())
        say(tr("You stopped the fork at event %L1, on its way to event %L2. It went the same way so far.").arg(reached).arg(plan.until),
            {runOn, {tr("On to event %L1").arg(plan.until), [this, until = plan.until] { goOnTo(until); }}});
    else if (reached < plan.until)
        say(tr("The fork went the same way and ended at event %L1.").arg(reached), {});
    else
        say(tr("The fork went the same way to event %L1 and waits there. Step or run on: the first difference will be marked.")
                .arg(reached),
            {runOn});
}

bool ForkController::endsByError(const RecordingComparison::Place &parting) const
{
    const Event event = m_window.session().reader()->event(parting.right);
    return event.kind == EventKind::TaskEnded && event.detail == static_cast<quint8>(TaskKind::Script) && event.value == 1;
}

void ForkController::goOnTo(quint64 event)
{
    if (m_window.session().state() == RunSession::State::Paused)
        m_window.session().runUntilEvent(event);
    m_window.stepper().toEnd(); // follows it there
}

QString ForkController::partingSentence() const
{
    const RunPair &runs = m_window.runs();
    const auto parting = *runs.comparison()->parting();
    const auto text = [](const RunSession &session, quint32 event) {
        if (event == RecordingComparison::none)
            return tr("(the end)");
        QString words = session.text()->what(event).remove(QLatin1Char('`'));
        while (words.endsWith(QLatin1Char(';')))
            words.chop(1);
        return words;
    };
    if (parting.right == RecordingComparison::none)
        return tr("The fork has ended where the first run goes on with: %1.").arg(text(runs.first(), parting.left));
    return tr("The change matters from event %L1 on: %2, where the first run had: %3.")
        .arg(parting.right + 1ULL)
        .arg(text(runs.second(), parting.right), text(runs.first(), parting.left));
}

void ForkController::sayParting()
{
    const RunPair &runs = m_window.runs();
    const RecordingComparison *comparison = runs.comparison();
    if (!m_awaitsParting || comparison == nullptr)
        return;
    if (!comparison->parting()) {
        if (!runs.second().isLive() && runs.second().state() != RunSession::State::Lost && !runs.isComparing())
            saySame();
        return;
    }
    m_awaitsParting = false;
    m_window.banner().say(
        Banner::Severity::Note, partingSentence(), {{tr("Go there"), [this] { m_window.comparison().goToFirstDifference(); }}});
    updateActions();
}

void ForkController::saySame()
{
    const RecordingComparison &comparison = *m_window.runs().comparison();
    const auto &end = m_window.runs().second().timeline()->newest().end;
    if (!end || end->ending != RunEnding::Finished)
        return; // the window says how it ended
    m_awaitsParting = false;
    const auto late = comparison.firstOtherTime();
    if (late)
        m_window.banner().say(Banner::Severity::Note,
            tr("The fork did the same in the same order to its end, at other times from event %L1 on.").arg(late->right + 1ULL),
            {{tr("Go there"), [this] { m_window.comparison().goToFirstDifference(); }}});
    else
        m_window.banner().say(Banner::Severity::Note, tr("The fork did the same as the first run, to its end."));
}

// --- two runs ------------------------------------------------------------------------------------------------------------------------

void ForkController::showDock()
{
    constexpr int share = 30;
    m_docks.bringUpAtLeast(WorkspaceDocks::Role::Comparison, share);
}

void ForkController::showOtherRun()
{
    if (m_underWay || !m_window.runs().isOpen())
        return;
    const quint64 cursorThere = m_window.runs().cursorAside();
    m_window.runs().exchange();
    const RecordingReader *reader = m_window.session().reader();
    m_window.showTextOfRun(reader != nullptr && !reader->sources().empty() ? reader->sources().front().get() : nullptr);
    m_window.stepper().setCursor(cursorThere); // anew, for the source pane
}

void ForkController::chooseRecordingToCompare()
{
    const QString path = QFileDialog::getOpenFileName(&m_window, tr("Compare with"), QString(), tr("Recordings (*.lscope);;All files (*)"));
    if (!path.isEmpty())
        compareWith(path);
}

bool ForkController::compareWith(const QString &recording)
{
    m_awaitsParting = false;
    if (!m_window.runs().openFirst(recording)) {
        m_window.banner().say(
            Banner::Severity::Error, m_window.runs().failure(), {{tr("Choose another…"), [this] { chooseRecordingToCompare(); }}});
        return false;
    }
    showDock();
    return true;
}

} // namespace loopscope
