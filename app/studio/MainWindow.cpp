// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "MainWindow.h"

#include "ForkController.h"
#include "LessonsWorkspace.h"
#include "PaceButton.h"
#include "PresenterMode.h"
#include "QueueGoalBar.h"
#include "RunToCommands.h"
#include "ScriptDocument.h"
#include "SourceFollower.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "Tour.h"
#include "UnsavedText.h"
#include "WorkspaceDocks.h"
#include "comparison/ComparisonTable.h"
#include "comparison/ComparisonView.h"
#include "console/ConsoleView.h"
#include "editor/FindBar.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "events/EventListView.h"
#include "events/EventPane.h"
#include "loopview/LoopView.h"
#include "profile/ProfileView.h"
#include "promises/PromiseGraphView.h"
#include "promises/PromisePane.h"
#include "servers/ServersView.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "shell/SectionHead.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineView.h"
#include "why/DepthSwitch.h"
#include "why/WhyPanel.h"
#include "written/WrittenView.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QIcon>
#include <QMenu>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace loopscope {

namespace {

/// Where progress and the learner's scripts are kept; empty: nowhere.
QString homeOfLessons(MainWindow::Memory memory)
{
    return memory == MainWindow::Memory::Forget
        ? QString()
        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/lessons");
}

} // namespace

MainWindow::MainWindow(Memory memory, QWidget *parent)
    : QMainWindow(parent)
    , m_memory(memory)
    , m_actions(*this)
    , m_session(new RunSession(this))
    , m_stepper(new Stepper(*m_session, this))
    , m_source(new SourcePane)
    , m_editor(&m_source->script())
    , m_document(new ScriptDocument(*m_editor, this))
    , m_unsaved(new UnsavedText(*m_document, *m_editor, this))
    , m_workspace(new StepWorkspace(*m_session, *m_stepper, *m_source, this))
    , m_pair(new RunPair(*m_session, *m_stepper, this))
    , m_comparison(new ComparisonView(*m_pair))
    , m_bar(new TopBar(m_actions))
    , m_banner(new Banner)
    , m_queueBar(new QueueGoalBar)
    , m_promises(new PromisePane)
    , m_written(new WrittenView)
    , m_docks(new WorkspaceDocks(*this, *m_actions.panels))
    , m_forks(new ForkController(*this, *m_docks))
    , m_presenter(new PresenterMode(*this, *m_docks))
    , m_tour(new Tour(*this))
    , m_servers(new ServersView)
    , m_profile(new ProfileView(*m_session, *m_pair))
    , m_lessons(new LessonsWorkspace(*this, *m_docks, homeOfLessons(memory)))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/loopscope.svg")));
    setAcceptDrops(true);
    auto *top = new QWidget;
    auto *layout = new QVBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_banner);
    layout->addWidget(m_queueBar);
    setMenuWidget(top);
    setCentralWidget(m_workspace->loopPane());
    buildDocks();
    buildStatusLine();
    for (const QAction *action : actions())
        m_source->yieldKeys(action->shortcuts());
    connectActions();
    connectSteps();
    connectDocument();
    connectUnsaved();
    m_forks->connectCommands();
    connectShow();
    connectWelcome();
    connectServers();
    connectProfile();
    connectLessons();
    restoreSettings();
    updateTitle();
    updateActions();
    m_editor->setFocus();
}

MainWindow::~MainWindow()
{
    // The views read from the session, and the editor's last signals must find no half-gone window.
    m_editor->disconnect(this);
    m_source->disconnect(this);
    m_session->disconnect(this);
    m_workspace->disconnect(this);
    delete m_lessons;
    delete m_pair; // its timer and second session, before what they tell of goes
}

void MainWindow::buildDocks()
{
    using Role = WorkspaceDocks::Role;
    m_docks->add(Role::Source, tr("Source"), m_source);
    m_docks->add(Role::Console, tr("Console"), m_workspace->consoleView());
    m_docks->add(Role::Written, tr("Written"), m_written)->addControl(m_written->exportButton());
    m_workspace->follow(m_written);
    m_docks->add(Role::Events, tr("Events"), m_workspace->eventPane());
    m_docks->add(Role::Promises, tr("Promises"), m_promises);
    m_workspace->follow(m_promises);
    m_docks->add(Role::Timeline, tr("Timeline"), m_workspace->timelineView())->addBar(&m_workspace->timelineView()->bar());
    m_docks->add(Role::Comparison, tr("Comparison"), m_comparison);
    m_workspace->follow(m_comparison);
    m_docks->add(Role::Why, tr("Why"), m_workspace->whyPanel())->addControl(new DepthSwitch(*m_workspace->whyPanel()));
    m_workspace->setHeads(m_docks->head(Role::Source), m_docks->head(Role::Console), m_docks->head(Role::Events));
    // The keyboard goes through the views in the order in which they are read.
    setTabOrder(m_editor, m_workspace->consoleView());
}

void MainWindow::connectActions()
{
    connect(m_actions.newScript, &QAction::triggered, this, &MainWindow::newScript);
    connect(m_actions.open, &QAction::triggered, this, &MainWindow::chooseFile);
    connect(m_actions.openRecording, &QAction::triggered, this, &MainWindow::chooseRecording);
    connect(m_actions.save, &QAction::triggered, this, &MainWindow::saveScript);
    connect(m_actions.saveAs, &QAction::triggered, this, &MainWindow::saveScriptAs);
    connect(m_actions.saveRecording, &QAction::triggered, this, &MainWindow::saveRecording);
    connect(m_actions.exportWritten, &QAction::triggered, m_written, &WrittenView::exportAll);
    connect(m_written, &WrittenView::said, this, [this](const QString &sentence) { m_banner->say(Banner::Severity::Note, sentence); });
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    connect(m_actions.files, &QMenu::aboutToShow, this, &MainWindow::fillFiles);
    connect(m_actions.showScript, &QAction::triggered, this, [this] {
        m_source->showScript();
        m_editor->setFocus();
    });
    connect(m_actions.findEvent, &QAction::triggered, this, [this] {
        m_docks->bringUp(WorkspaceDocks::Role::Events);
        m_workspace->eventPane()->focusFilter();
    });
    for (const auto &[action, direction] : {std::pair(m_actions.nextHit, 1), std::pair(m_actions.previousHit, -1)}) {
        connect(action, &QAction::triggered, this, [this, direction = direction] {
            m_docks->bringUp(WorkspaceDocks::Role::Events);
            m_workspace->eventPane()->goToHit(direction);
        });
    }
    connect(m_actions.keys, &QAction::triggered, this, &MainWindow::showKeys);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);

    const auto theme = [this](QAction *action, Theme::Choice choice) {
        connect(action, &QAction::triggered, this, [choice] { Theme::current().setChoice(choice); });
        action->setChecked(Theme::current().choice() == choice);
    };
    theme(m_actions.followSystemTheme, Theme::Choice::FollowSystem);
    theme(m_actions.lightTheme, Theme::Choice::Light);
    theme(m_actions.darkTheme, Theme::Choice::Dark);
    connect(m_actions.nextView, &QAction::triggered, this, [this] { goToView(1); });
    connect(m_actions.previousView, &QAction::triggered, this, [this] { goToView(-1); });
    connect(m_actions.largerText, &QAction::triggered, this, [this] { zoom(Theme::current().zoom() + 10); });
    connect(m_actions.smallerText, &QAction::triggered, this, [this] { zoom(Theme::current().zoom() - 10); });
    connect(m_actions.normalText, &QAction::triggered, this, [this] { zoom(100); });
    connect(m_actions.whyDepth, &QAction::triggered, this, [this] {
        WhyPanel &why = *m_workspace->whyPanel();
        why.setDepth(why.depth() == Explainer::Depth::Rule ? Explainer::Depth::Mechanism : Explainer::Depth::Rule);
    });
    connect(m_actions.nextLoop, &QAction::triggered, m_workspace, &StepWorkspace::showNextLoop);
    connect(m_actions.loops, &QMenu::aboutToShow, this, [this] { m_workspace->fillLoops(*m_actions.loops); });
    connect(m_actions.showNodesWork, &QAction::toggled, m_workspace, &StepWorkspace::setShowsNodesWork);
    connect(m_actions.motions, &QActionGroup::triggered, this, [this](const QAction *motion) { setMotion(motion->data().toInt()); });
    connect(m_workspace->loopView(), &LoopView::whyRequested, this, [this] {
        m_docks->bringUp(WorkspaceDocks::Role::Why);
        m_workspace->whyPanel()->setFocus();
    });
    connect(m_actions.resetLayout, &QAction::triggered, m_docks, &WorkspaceDocks::placeByDefault);
}

void MainWindow::connectSteps()
{
    connect(m_actions.run, &QAction::triggered, this, &MainWindow::run);
    connect(m_actions.runAgain, &QAction::triggered, this, &MainWindow::runFromStart);
    connect(m_actions.chooseRun, &QAction::triggered, this, &MainWindow::chooseHowToRun);
    connect(m_actions.playBack, &QAction::triggered, m_stepper, &Stepper::playBack);
    connect(m_actions.pause, &QAction::triggered, m_stepper, &Stepper::pause);
    connect(m_actions.stop, &QAction::triggered, this, [this] {
        if (showsServers())
            m_servers->stop();
        else
            m_session->stop();
    });
    connect(m_actions.toggleBreakpoint, &QAction::triggered, this, [this] {
        SourceEditor &editor = m_source->shown();
        editor.toggleBreakpoint(editor.caretLine());
    });
    connect(m_actions.setCondition, &QAction::triggered, this, [this] { m_source->askCondition(m_source->shown().caretLine()); });
    connect(m_actions.showValue, &QAction::triggered, this, [this] { m_source->shown().showHoverAtCaret(); });
    connect(m_session, &RunSession::conditionFailed, this,
        [this](const QString &sentence) { m_banner->say(Banner::Severity::Note, sentence + tr(" The script stopped there.")); });
    connect(m_actions.clearBreakpoints, &QAction::triggered, m_source, &SourcePane::clearBreakpoints);
    const std::pair<QAction *, Landmark> forwards[] = {{m_actions.nextEvent, Landmark::Event},
        {m_actions.nextCallback, Landmark::TaskBegun}, {m_actions.nextPhase, Landmark::PhaseEntered},
        {m_actions.nextIteration, Landmark::IterationStarted}, {m_actions.nextConsoleLine, Landmark::ConsoleText}};
    for (const auto &[action, landmark] : forwards)
        connect(action, &QAction::triggered, this, [this, landmark = landmark] { step(landmark); });
    const std::pair<QAction *, Landmark> backs[] = {{m_actions.previousEvent, Landmark::Event},
        {m_actions.previousCallback, Landmark::TaskBegun}, {m_actions.previousPhase, Landmark::PhaseEntered},
        {m_actions.previousIteration, Landmark::IterationStarted}, {m_actions.previousConsoleLine, Landmark::ConsoleText}};
    for (const auto &[action, landmark] : backs)
        connect(action, &QAction::triggered, m_stepper, [this, landmark = landmark] { m_stepper->back(landmark); });
    connect(m_actions.nextStatement, &QAction::triggered, this, [this] {
        if (isReadyToStep())
            m_stepper->forwardToStatement();
    });
    connect(m_actions.previousStatement, &QAction::triggered, m_stepper, &Stepper::backToStatement);
    connect(m_actions.toStart, &QAction::triggered, m_stepper, &Stepper::toStart);
    connect(m_actions.toEnd, &QAction::triggered, m_stepper, &Stepper::toEnd);

    connect(m_actions.find, &QAction::triggered, &m_source->findBar(), &FindBar::ask);
    connect(m_actions.findNext, &QAction::triggered, &m_source->findBar(), &FindBar::findNext);
    connect(m_actions.findPrevious, &QAction::triggered, &m_source->findBar(), &FindBar::findPrevious);
    auto *follower = new SourceFollower(*m_session, *m_stepper, *m_source, this);
    connect(m_workspace, &StepWorkspace::refreshed, follower, &SourceFollower::refresh);
    connect(m_actions.heatOfWhole, &QAction::toggled, follower, &SourceFollower::setHeatsWhole);
    const RunToCommands::Parts parts{m_actions, *m_session, *m_stepper, *m_source, *m_workspace, *m_queueBar};
    auto *runTo = new RunToCommands(
        parts, [this] { return isReadyToStep(); }, this);
    connect(runTo, &RunToCommands::note, this, &MainWindow::note);
    connect(m_actions.faster, &QAction::triggered, &pace(), &PaceButton::faster);
    connect(m_actions.slower, &QAction::triggered, &pace(), &PaceButton::slower);
    connect(&pace(), &PaceButton::paceChosen, m_stepper, &Stepper::setPace);
    connect(m_stepper, &Stepper::paceChanged, this, [this] { pace().setPace(m_stepper->pace()); });
    connect(m_stepper, &Stepper::playingChanged, this, &MainWindow::updateActions);
    connect(m_session, &RunSession::stateChanged, this, &MainWindow::sessionStateChanged);
    connect(m_session, &RunSession::grew, this, &MainWindow::updateStatus);
    connect(m_session, &RunSession::grew, this, &MainWindow::sayHowItEnded);
    connect(m_session, &RunSession::damageFound, this, [this] { m_banner->say(Banner::Severity::Note, m_session->failure()); });
    connect(m_workspace, &StepWorkspace::refreshed, this, &MainWindow::updateActions);
    connect(m_source, &SourcePane::filesDropped, this, &MainWindow::openDropped);
    connect(m_source, &SourcePane::breakpointsChanged, this, [this] { m_stepper->setBreakpoints(m_source->breakpoints()); });
}

void MainWindow::connectDocument()
{
    connect(m_document, &ScriptDocument::changed, this, &MainWindow::updateTitle);
    connect(m_document, &ScriptDocument::reloaded, this,
        [this] { m_banner->say(Banner::Severity::Note, tr("%1 was changed by another program and read again.").arg(m_document->name())); });
    connect(m_document, &ScriptDocument::changedOutside, this, [this] {
        m_banner->say(Banner::Severity::Note,
            tr("%1 was changed by another program, and you have unsaved changes.").arg(m_document->name()),
            {{tr("Read it again"), [this] { m_document->reload(); }}, {tr("Keep mine"), [] {}}});
    });
    connect(m_workspace, &StepWorkspace::textMissing, this, [this](const QString &path, int line) {
        m_banner->say(Banner::Severity::Note, tr("That place is line %1 of %2; the recording does not hold its text.").arg(line).arg(path));
    });
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Docks can be given sizes only when the window has its own.
    if (!m_isPlaced)
        m_docks->placeByDefault();
    m_isPlaced = true;
}

void MainWindow::goToView(int step)
{
    QList<QWidget *> views{&m_source->shown(), m_workspace->loopView(), m_workspace->whyPanel(), m_workspace->eventPane()->list(),
        m_promises->graphView(), m_workspace->consoleView(), m_written->list(), &m_workspace->timelineView()->canvas(),
        m_comparison->table()};
    if (showsServers())
        views = serversViews();
    else if (showsProfile())
        views = m_profile->views();
    views.removeIf([](const QWidget *view) { return !view->isVisible(); });
    if (views.isEmpty())
        return;
    const qsizetype count = views.size();
    const qsizetype here = views.indexOf(QApplication::focusWidget());
    const qsizetype next = here < 0 ? 0 : (here + step + count) % count;
    QWidget *view = views.at(next);
    for (QWidget *around = view; around != nullptr; around = around->parentWidget()) {
        if (auto *dock = qobject_cast<QDockWidget *>(around))
            dock->raise(); // it may lie behind another one
    }
    view->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void MainWindow::zoom(int percent)
{
    Theme::current().setZoom(percent);
    if (!m_presenter->isOn())
        m_docks->followTextSize();
    note(tr("text size %1 %").arg(Theme::current().zoom()));
}

PaceButton &MainWindow::pace() { return m_bar->pace(); }

} // namespace loopscope
