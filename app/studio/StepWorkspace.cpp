// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StepWorkspace.h"

#include "console/ConsoleModel.h"
#include "console/ConsoleView.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "events/EventListModel.h"
#include "events/EventPane.h"
#include "loopview/LoopContentsBuilder.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/SectionHead.h"
#include "shell/StepView.h"
#include "shell/TextButton.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "timeline/TimelineView.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

StepWorkspace::StepWorkspace(RunSession &session, Stepper &stepper, SourcePane &source, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_stepper(stepper)
    , m_source(source)
    , m_loopView(new LoopView)
    , m_loopHead(new SectionHead(tr("Loop")))
    , m_loopButton(
          makeTextButton({}, tr("Which loop is shown: the one in which something just happened, or always the same"), m_loopHead, "plain"))
    , m_loopPane(makeLoopPane())
    , m_consoleModel(new ConsoleModel(this))
    , m_consoleView(new ConsoleView)
    , m_eventModel(new EventListModel(this))
    , m_eventPane(new EventPane)
    , m_why(new WhyPanel)
    , m_timelineView(new TimelineView)
{
    m_consoleView->setLines(m_consoleModel);
    m_consoleView->setEmptyHint(tr("What the script prints appears here."));
    m_eventPane->setModel(m_eventModel);
    setShowsNodesWork(false);
    auto *loops = new QMenu(m_loopButton);
    connect(loops, &QMenu::aboutToShow, this, [this, loops] { fillLoops(*loops); });
    m_loopButton->setMenu(loops);
    m_loopButton->setPopupMode(QToolButton::InstantPopup);
    m_loopButton->hide();
    m_loopHead->addControl(m_loopButton);

    connect(&m_session, &RunSession::replaced, this, &StepWorkspace::sessionReplaced);
    connect(&m_session, &RunSession::grew, this, &StepWorkspace::sessionGrew);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        // What can come next depends on the runner, too.
        if (const LoopState *now = shownState())
            refreshWhy(*now);
    });
    connect(&m_stepper, &Stepper::moved, this, &StepWorkspace::refresh);
    follow(m_timelineView);
    connect(m_eventPane, &EventPane::eventChosen, &m_stepper, [this](quint64 event) { m_stepper.setCursor(event + 1); });
    connect(m_consoleView, &ConsoleView::eventChosen, &m_stepper, [this](quint64 event) { m_stepper.setCursor(event + 1); });
    connect(m_loopView, &LoopView::siteActivated, this, &StepWorkspace::showSite);
    connect(m_loopView, &LoopView::itemSelected, this, &StepWorkspace::selectItem);
    connect(m_why, &WhyPanel::siteActivated, this, &StepWorkspace::showSite);
    connect(m_why, &WhyPanel::cursorChosen, &m_stepper, &Stepper::setCursor);
    connect(m_why, &WhyPanel::depthChanged, this, [this] {
        if (const LoopState *now = shownState())
            refreshWhy(*now);
    });
    // The hint changes with the first letter.
    connect(&m_source.script(), &SourceEditor::textChanged, this, [this] {
        if (m_session.reader() == nullptr && m_hasText != (m_source.script().length() > 0))
            showEmpty();
    });
    connect(&m_source, &SourcePane::shownChanged, this, [this] {
        refreshSource(false);
        refreshHeads();
    });
    connect(&m_stepper, &Stepper::playingChanged, this, [this] { refreshSource(!m_stepper.isPlaying()); });
    showEmpty();
}

QWidget *StepWorkspace::makeLoopPane()
{
    auto *pane = new QWidget;
    pane->setObjectName(QStringLiteral("central"));
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_loopHead);
    layout->addWidget(m_loopView, 1);
    return pane;
}

void StepWorkspace::follow(StepView *view)
{
    m_followers.push_back(view);
    connect(view, &StepView::cursorChosen, &m_stepper, &Stepper::setCursor);
    connect(view, &StepView::siteActivated, this, &StepWorkspace::showSite);
    connect(view, &StepView::itemSelected, this, &StepWorkspace::selectItem);
    connect(view, &QObject::destroyed, this, [this, view] { std::erase(m_followers, view); });
    view->setSession(m_session);
    if (const LoopState *now = state())
        view->showMoment(m_stepper.cursor(), *now, false);
}

void StepWorkspace::selectItem(SubjectId item)
{
    m_item = item;
    Q_EMIT itemChanged();
    if (const LoopState *now = shownState())
        refreshWhy(*now);
    m_loopView->setSelectedSubject(item);
    for (StepView *view : m_followers)
        view->setSelectedItem(item);
}

void StepWorkspace::setHeads(SectionHead *source, SectionHead *console, SectionHead *events)
{
    m_sourceHead = source;
    m_consoleHead = console;
    m_eventsHead = events;
    connect(&m_source, &SourcePane::breakpointsChanged, this, &StepWorkspace::refreshHeads);
    refreshHeads();
}

void StepWorkspace::setEdited(bool isEdited)
{
    if (m_isEdited == isEdited)
        return;
    m_isEdited = isEdited;
    refreshHeads();
    Q_EMIT editedChanged(isEdited);
}

void StepWorkspace::setShowsNodesWork(bool shows)
{
    m_stepper.setFolds(!shows);
    m_eventModel->setFolds(!shows);
    m_eventPane->setCursor(m_stepper.cursor());
}

const LoopState *StepWorkspace::state() const
{
    StateTimeline *timeline = m_session.timeline();
    return timeline != nullptr ? &timeline->stateAt(m_stepper.cursor()) : nullptr;
}

quint16 StepWorkspace::shownLoop() const
{
    if (m_chosenLoop)
        return *m_chosenLoop;
    const quint64 cursor = m_stepper.cursor();
    // While it goes on by itself the loops would only flicker.
    const bool isQuick = m_session.state() == RunSession::State::Running || (m_stepper.isPlaying() && !m_stepper.pace().isPaced());
    return cursor == 0 || cursor > m_session.eventCount() || isQuick ? quint16{0} : m_session.reader()->event(cursor - 1).loop();
}

const LoopState *StepWorkspace::shownState() const
{
    StateTimeline *timeline = m_session.timeline();
    return timeline != nullptr ? &timeline->stateAt(m_stepper.cursor(), shownLoop()) : nullptr;
}

void StepWorkspace::showLoop(std::optional<quint16> loop)
{
    m_chosenLoop = loop;
    refresh(false);
}

void StepWorkspace::showNextLoop()
{
    std::vector<std::optional<quint16>> choices{std::nullopt, quint16{0}};
    if (m_session.timeline() != nullptr) {
        for (const LoopEntry &entry : m_session.timeline()->index().loops())
            choices.emplace_back(entry.loop);
    }
    const auto here = std::find(choices.begin(), choices.end(), m_chosenLoop);
    const bool isLast = here == choices.end() || std::next(here) == choices.end();
    showLoop(isLast ? choices.front() : *std::next(here));
}

void StepWorkspace::fillLoops(QMenu &menu)
{
    constexpr std::size_t most = 40;
    menu.clear();
    const auto add = [&](const QString &text, std::optional<quint16> loop) {
        QAction *action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(m_chosenLoop == loop);
        connect(action, &QAction::triggered, this, [this, loop] { showLoop(loop); });
    };
    add(tr("The one in which something just happened"), std::nullopt);
    menu.addSeparator();
    add(tr("main script"), quint16{0});
    const LoopState *now = state();
    if (now == nullptr)
        return;
    const std::vector<LoopEntry> &loops = m_session.timeline()->index().loops();
    for (std::size_t i = 0; i < loops.size() && i < most; ++i) {
        const LoopEntry &entry = loops[i];
        const bool runs = std::any_of(
            now->runningLoops.begin(), now->runningLoops.end(), [&](const RunningLoop &each) { return each.loop == entry.loop; });
        const QString name = m_session.text()->loopName(entry.loop).remove(u'`');
        add(runs ? name : entry.started >= now->cursor ? tr("%1 (not started yet)").arg(name) : tr("%1 (ended)").arg(name), entry.loop);
    }
    if (loops.size() > most)
        menu.addAction(tr("%L1 more: they are shown when they run").arg(loops.size() - most))->setEnabled(false);
}

void StepWorkspace::refreshLoopButton()
{
    const bool hasSeveral = m_session.timeline() != nullptr && !m_session.timeline()->index().loops().empty();
    m_loopButton->setVisible(hasSeveral);
    if (!hasSeveral)
        return;
    const QString name = m_session.text()->loopName(shownLoop()).remove(u'`');
    m_loopButton->setText(m_chosenLoop ? tr("always %1 ▾").arg(name) : tr("%1 ▾").arg(name));
}

void StepWorkspace::sessionReplaced()
{
    m_chosenLoop.reset();
    m_source.setReader(m_session.reader());
    m_consoleModel->setReader(m_session.reader());
    m_eventModel->setSource(m_session.reader(), m_session.text());
    m_contents = {};
    m_lastPath.clear();
    m_item = 0;
    for (StepView *view : m_followers)
        view->setSession(m_session);
    refresh(false);
}

void StepWorkspace::takeIn()
{
    const StateTimeline &timeline = *m_session.timeline();
    m_eventModel->grow(timeline.eventCount());
    m_consoleModel->grow(timeline.index().landmarks(Landmark::ConsoleText));
    for (StepView *view : m_followers)
        view->grow();
}

void StepWorkspace::sessionGrew()
{
    takeIn();
    refreshHeads();
}

void StepWorkspace::refresh(bool byStep)
{
    // The stepper hears of another recording first and moves; until the views have it too, they hold what is gone.
    if (m_eventModel->reader() != m_session.reader())
        return;
    const LoopState *now = state();
    if (now == nullptr) {
        showEmpty();
        Q_EMIT refreshed();
        return;
    }
    const quint64 cursor = m_stepper.cursor();
    takeIn(); // the cursor may already be behind the last row that the lists know
    refreshLoop(*shownState(), byStep);
    // While it runs freely the files would only flicker.
    refreshSource(!m_stepper.isPlaying() || m_stepper.pace().isPaced());
    m_consoleModel->setCursor(cursor);
    m_eventPane->setCursor(cursor);
    for (StepView *view : m_followers)
        view->showMoment(cursor, *now, byStep);
    refreshWhy(*shownState());
    refreshHeads();
    Q_EMIT refreshed();
}

void StepWorkspace::refreshLoop(const LoopState &now, bool byStep)
{
    const LoopContentsBuilder builder(*m_session.reader(), *m_session.text());
    LoopContents contents = builder.build(now);
    // After a jump everything would be new; only steps point out what they changed.
    const bool isFollowed = byStep && now.loop == m_lastLoop;
    if (isFollowed && !m_contents.isEmpty)
        markChanges(contents, m_contents);
    m_contents = contents;
    m_lastLoop = now.loop;
    // A live run that goes by itself is only shown: there is no step to follow with the eye.
    m_loopView->setContents(std::move(contents), isFollowed && m_session.state() != RunSession::State::Running);
}

void StepWorkspace::refreshWhy(const LoopState &now)
{
    const Explainer explainer(*m_session.reader(), m_session.timeline()->index(), *m_session.text());
    std::vector<Explanation> answers = explainer.explain(now, m_why->depth());
    if (m_stepper.cursor() >= m_session.eventCount() && !now.end) {
        QString next = tr("The recording ends here; the run itself did not end.");
        if (!m_session.isCaughtUp() && !m_session.isLive())
            next = tr("The rest of the recording is being taken in.");
        else if (m_session.state() == RunSession::State::Paused)
            next = tr("Not recorded yet: F10 goes on by one event, F5 runs.");
        else if (m_session.isLive())
            next = tr("The script is running.");
        const auto place =
            std::find_if(answers.begin(), answers.end(), [](const Explanation &answer) { return answer.topic > Explanation::Topic::Next; });
        answers.insert(place, {Explanation::Topic::Next, next});
    }
    // What was asked about comes before what just happened.
    if (m_item != 0) {
        const std::vector<Explanation> ofItem = explainer.explainItem(m_item, now, m_why->depth());
        answers.insert(answers.begin(), ofItem.begin(), ofItem.end());
    }
    m_why->setAnswers(std::move(answers));
}

void StepWorkspace::refreshSource(bool follows)
{
    const LoopState *now = shownState();
    if (now == nullptr)
        return;
    m_elsewhere.clear();
    const SitePlace place = m_session.reader()->place(now->currentStatement());
    // The file comes to the front when the cursor arrives in it; who looks into another one meanwhile may stay there.
    const QString path = place.isValid() ? localPath(place.source->path) : QString();
    if (follows && path != m_lastPath && place.isValid())
        m_source.showFile(path);
    if (follows)
        m_lastPath = path;
    const bool isShown = place.isValid() && isSameSource(path, m_source.shownPath());
    if (place.isValid() && !isShown)
        m_elsewhere = place.shortPlace();
    SourceEditor &editor = m_source.shown();
    editor.setCurrentLine(isShown ? static_cast<int>(place.site->line) : 0);
    editor.setLineNotes(LoopContentsBuilder(*m_session.reader(), *m_session.text()).lineNotes(*now, m_source.shownPath()));
}

void StepWorkspace::showEmpty()
{
    m_hasText = m_source.script().length() > 0;
    const QString hint = m_hasText
        ? tr("Press F5 to run the script, F10 to step through it.")
        : tr("Type a script on the left, open one (Ctrl+O), or take one from File › Examples. Then F5 runs it and F10 steps through it.");
    m_contents = LoopContentsBuilder::empty(hint);
    m_loopView->setContents(m_contents);
    m_source.script().setCurrentLine(0);
    m_source.script().setLineNotes({});
    m_why->say(tr("Nothing has run yet. After every step you read here what happened, and why."));
    m_eventPane->setCursor(0);
    refreshHeads();
}

void StepWorkspace::refreshHeads()
{
    if (m_sourceHead == nullptr)
        return;
    int breakpoints = 0;
    for (const LineBreakpoints &lines : m_source.breakpoints())
        breakpoints += static_cast<int>(lines.size());
    QString note;
    if (!m_elsewhere.isEmpty())
        note = tr("now in %1").arg(m_elsewhere);
    else if (breakpoints > 0)
        note = breakpoints == 1 ? tr("● 1 breakpoint") : tr("● %L1 breakpoints").arg(breakpoints);
    else if (m_source.shown().isReadOnly())
        note = tr("read-only");
    m_sourceHead->setNote(note);
    const int lines = m_consoleModel->rowCount();
    m_consoleHead->setNote(lines == 0 ? QString() : lines == 1 ? tr("1 line") : tr("%L1 lines").arg(lines));
    const quint64 count = m_session.eventCount();
    m_eventsHead->setNote(count > 0 ? tr("%L1 of %L2").arg(m_stepper.cursor()).arg(count) : QString());
    refreshLoopButton();
    const LoopState *now = shownState();
    const bool hasIteration = now != nullptr && now->iteration > 0;
    m_loopHead->setTitle(hasIteration ? tr("Loop · iteration %L1").arg(now->iteration) : tr("Loop"));
    m_loopHead->setNote(tr("Node 20 order"));
}

void StepWorkspace::showSite(SiteId site)
{
    if (m_session.reader() == nullptr)
        return;
    const SitePlace place = m_session.reader()->place(site);
    if (!place.isValid())
        return;
    const auto line = static_cast<int>(place.site->line);
    if (!m_source.showFile(place.source->path)) {
        Q_EMIT textMissing(localPath(place.source->path), line);
        return;
    }
    SourceEditor &editor = m_source.shown();
    editor.setCursorPosition(line - 1, 0);
    editor.showLine(line);
    editor.setFocus();
}

} // namespace loopscope
