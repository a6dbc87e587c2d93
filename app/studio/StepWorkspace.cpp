// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StepWorkspace.h"

#include "JustNowPanel.h"
#include "console/ConsoleModel.h"
#include "console/ConsoleView.h"
#include "editor/SourceEditor.h"
#include "events/EventListModel.h"
#include "events/EventListView.h"
#include "loopview/LoopContentsBuilder.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "shell/Format.h"
#include "shell/SectionHead.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "timeline/CursorSlider.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

namespace loopscope {

StepWorkspace::StepWorkspace(RunSession &session, Stepper &stepper, SourceEditor &editor, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_stepper(stepper)
    , m_editor(editor)
    , m_loopView(new LoopView)
    , m_loopHead(new SectionHead(tr("Loop")))
    , m_loopPane(makeLoopPane())
    , m_consoleModel(new ConsoleModel(this))
    , m_consoleView(new ConsoleView)
    , m_eventModel(new EventListModel(this))
    , m_eventView(new EventListView)
    , m_justNow(new JustNowPanel)
    , m_eventsPane(makeEventsPane())
    , m_slider(new CursorSlider)
{
    m_consoleView->setModel(m_consoleModel);
    m_consoleView->setEmptyHint(tr("What the script prints appears here."));
    m_eventView->setModel(m_eventModel);

    connect(&m_session, &RunSession::replaced, this, &StepWorkspace::sessionReplaced);
    connect(&m_session, &RunSession::grew, this, &StepWorkspace::sessionGrew);
    connect(&m_stepper, &Stepper::moved, this, &StepWorkspace::refresh);
    connect(m_slider, &QAbstractSlider::valueChanged, &m_stepper, [this](int value) { m_stepper.setCursor(static_cast<quint64>(value)); });
    connect(m_eventView, &EventListView::rowChosen, &m_stepper, [this](int row) { m_stepper.setCursor(static_cast<quint64>(row) + 1); });
    connect(m_consoleView, &ConsoleView::eventChosen, &m_stepper, [this](quint64 event) { m_stepper.setCursor(event + 1); });
    connect(m_loopView, &LoopView::siteActivated, this, &StepWorkspace::showSite);
    // The hint changes with the first letter.
    connect(&m_editor, &SourceEditor::textChanged, this, [this] {
        if (m_session.reader() == nullptr && m_hasText != (m_editor.length() > 0))
            showEmpty();
    });
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

QWidget *StepWorkspace::makeEventsPane()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_justNow);
    layout->addWidget(m_eventView, 1);
    return pane;
}

void StepWorkspace::setHeads(SectionHead *source, SectionHead *console, SectionHead *events, SectionHead *timeline)
{
    m_sourceHead = source;
    m_consoleHead = console;
    m_eventsHead = events;
    m_timelineHead = timeline;
    connect(&m_editor, &SourceEditor::breakpointsChanged, this, &StepWorkspace::refreshHeads);
    refreshHeads();
}

void StepWorkspace::setShownSource(const QString &path)
{
    m_shownSource = path;
    refresh(false);
}

void StepWorkspace::setEdited(bool isEdited)
{
    if (m_isEdited == isEdited)
        return;
    m_isEdited = isEdited;
    refreshHeads();
}

const LoopState *StepWorkspace::state() const
{
    StateTimeline *timeline = m_session.timeline();
    return timeline != nullptr ? &timeline->stateAt(m_stepper.cursor()) : nullptr;
}

void StepWorkspace::sessionReplaced()
{
    m_consoleModel->setReader(m_session.reader());
    m_eventModel->setSource(m_session.reader(), m_session.text());
    const QSignalBlocker blocker(m_slider);
    m_slider->setTimeline(m_session.timeline());
    m_contents = {};
    refresh(false);
}

void StepWorkspace::takeIn()
{
    const StateTimeline &timeline = *m_session.timeline();
    m_eventModel->grow(timeline.eventCount());
    m_consoleModel->grow(timeline.index().landmarks(Landmark::ConsoleText));
    {
        // The range grows with the recording; the cursor stays where it is.
        const QSignalBlocker blocker(m_slider);
        m_slider->grow();
    }
}

void StepWorkspace::sessionGrew()
{
    takeIn();
    refreshHeads();
}

void StepWorkspace::refresh(bool byStep)
{
    const LoopState *now = state();
    if (now == nullptr) {
        showEmpty();
        Q_EMIT refreshed();
        return;
    }
    const quint64 cursor = m_stepper.cursor();
    takeIn(); // the cursor may already be behind the last row that the lists know
    refreshLoop(*now, byStep);
    refreshEditor(*now);
    m_consoleModel->setCursor(cursor);
    const int row = static_cast<int>(cursor) - 1;
    m_eventModel->setCurrent(row);
    m_eventView->showRow(row);
    {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(static_cast<int>(cursor));
        m_slider->update();
    }
    const EventText &text = *m_session.text();
    QString next;
    if (cursor < m_session.eventCount())
        next = text.what(cursor);
    else if (m_session.state() == RunSession::State::Paused)
        next = tr("Not recorded yet: F10 goes on by one event, F5 runs.");
    else if (now->end)
        next = tr("Nothing: the run is over.");
    m_justNow->say(cursor > 0 ? text.what(cursor - 1) : tr("The recording starts here."), next);
    refreshHeads();
    Q_EMIT refreshed();
}

void StepWorkspace::refreshLoop(const LoopState &now, bool byStep)
{
    const LoopContentsBuilder builder(*m_session.reader(), *m_session.text());
    LoopContents contents = builder.build(now);
    // After a jump everything would be new; only steps point out what they changed.
    if (byStep && !m_contents.isEmpty)
        markChanges(contents, m_contents);
    m_contents = contents;
    m_loopView->setContents(std::move(contents));
}

void StepWorkspace::refreshEditor(const LoopState &now)
{
    int line = 0;
    m_elsewhere.clear();
    const SitePlace place = m_session.reader()->place(now.currentStatement());
    if (place.isValid()) {
        if (isSameSource(place.source->path, m_shownSource))
            line = static_cast<int>(place.site->line);
        else
            m_elsewhere = place.shortPlace();
    }
    m_editor.setCurrentLine(line);
    const LoopContentsBuilder builder(*m_session.reader(), *m_session.text());
    m_editor.setLineNotes(builder.lineNotes(now, m_shownSource));
}

void StepWorkspace::showEmpty()
{
    m_hasText = m_editor.length() > 0;
    const QString hint = m_hasText
        ? tr("Press F5 to run the script, F10 to step through it.")
        : tr("Type a script on the left, open one (Ctrl+O), or take one from File › Examples. Then F5 runs it and F10 steps through it.");
    m_contents = LoopContentsBuilder::empty(hint);
    m_loopView->setContents(m_contents);
    m_editor.setCurrentLine(0);
    m_editor.setLineNotes({});
    m_justNow->say(tr("Nothing has run yet."), {});
    m_eventView->showRow(-1);
    refreshHeads();
}

void StepWorkspace::refreshHeads()
{
    if (m_sourceHead == nullptr)
        return;
    const auto breakpoints = static_cast<int>(m_editor.breakpoints().size());
    QString note;
    if (m_isEdited)
        note = tr("edited since this run");
    else if (!m_elsewhere.isEmpty())
        note = tr("now in %1").arg(m_elsewhere);
    else if (breakpoints > 0)
        note = breakpoints == 1 ? tr("● 1 breakpoint") : tr("● %L1 breakpoints").arg(breakpoints);
    else if (m_editor.isReadOnly())
        note = tr("read-only");
    m_sourceHead->setNote(note);
    const int lines = m_consoleModel->rowCount();
    m_consoleHead->setNote(lines == 0 ? QString() : lines == 1 ? tr("1 line") : tr("%L1 lines").arg(lines));
    const quint64 count = m_session.eventCount();
    m_eventsHead->setNote(count > 0 ? tr("%L1 of %L2").arg(m_stepper.cursor()).arg(count) : QString());
    const LoopState *now = state();
    const bool hasIteration = now != nullptr && now->iteration > 0;
    m_loopHead->setTitle(hasIteration ? tr("Loop · iteration %L1").arg(now->iteration) : tr("Loop"));
    m_loopHead->setNote(tr("Node 20 order"));
    m_timelineHead->setNote(
        count > 0 ? tr("0 – %1 · %L2 events").arg(formatTime(m_session.timeline()->newest().time)).arg(count) : QString());
}

void StepWorkspace::showSite(SiteId site)
{
    if (m_session.reader() == nullptr)
        return;
    const SitePlace place = m_session.reader()->place(site);
    if (!place.isValid())
        return;
    const auto line = static_cast<int>(place.site->line);
    if (!isSameSource(place.source->path, m_shownSource)) {
        Q_EMIT sourceWanted(localPath(place.source->path), line);
        return;
    }
    m_editor.setCursorPosition(line - 1, 0);
    m_editor.showLine(line);
    m_editor.setFocus();
}

} // namespace loopscope
