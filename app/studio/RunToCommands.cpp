// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunToCommands.h"

#include "QueueGoalBar.h"
#include "StepWorkspace.h"
#include "StudioActions.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "recording/RecordingReader.h"
#include "session/Goal.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"

#include <QAction>

#include <algorithm>
#include <utility>

namespace loopscope {

RunToCommands::RunToCommands(const Parts &parts, std::function<bool()> ready, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_ready(std::move(ready))
{
    const StudioActions &actions = m_parts.actions;
    connectPair(actions.nextMicrotask, actions.previousMicrotask, &Goal::microtaskBegins);
    connectPair(actions.microtasksDrained, actions.backToDrained, &Goal::microtasksDrained);
    const std::pair<QAction *, void (RunToCommands::*)(bool)> forwards[] = {{actions.runToLine, &RunToCommands::toLine},
        {actions.untilSettled, &RunToCommands::toPromise}, {actions.untilQueue, &RunToCommands::toQueue}};
    for (const auto &[action, act] : forwards)
        connect(action, &QAction::triggered, this, [this, act = act] { (this->*act)(false); });
    const std::pair<QAction *, void (RunToCommands::*)(bool)> backs[] = {{actions.backToLine, &RunToCommands::toLine},
        {actions.backToSettled, &RunToCommands::toPromise}, {actions.backToQueue, &RunToCommands::toQueue}};
    for (const auto &[action, act] : backs)
        connect(action, &QAction::triggered, this, [this, act = act] { (this->*act)(true); });

    QueueGoalBar &bar = m_parts.queueBar;
    const auto runToQueue = [this, &bar](bool isBack) {
        const Goal goal = Goal::queueHolds(bar.queue(), bar.count());
        if (isBack)
            m_parts.stepper.backTo(goal);
        else if (m_ready())
            m_parts.stepper.runTo(goal);
    };
    connect(&bar, &QueueGoalBar::forwardAsked, this, [runToQueue] { runToQueue(false); });
    connect(&bar, &QueueGoalBar::backAsked, this, [runToQueue] { runToQueue(true); });
    connect(&bar, &QueueGoalBar::closed, this, [this] { m_parts.source.shown().setFocus(); });
    connect(&m_parts.stepper, &Stepper::missed, this, &RunToCommands::note);
    connect(&m_parts.workspace, &StepWorkspace::refreshed, this, &RunToCommands::updateActions);
    connect(&m_parts.session, &RunSession::stateChanged, this, &RunToCommands::updateActions);
    updateActions();
}

void RunToCommands::connectPair(QAction *forward, QAction *back, const std::function<Goal()> &goal)
{
    connect(forward, &QAction::triggered, this, [this, goal] {
        if (m_ready())
            m_parts.stepper.runTo(goal());
    });
    connect(back, &QAction::triggered, this, [this, goal] { m_parts.stepper.backTo(goal()); });
}

void RunToCommands::toLine(bool isBack)
{
    const QString path = m_parts.source.shownPath();
    const int line = m_parts.source.shown().caretLine();
    if (isBack)
        m_parts.stepper.backToLine(path, line);
    else if (m_ready())
        m_parts.stepper.runToLine(m_parts.source.shownPath(), line); // an unsaved script has its path since it was started
}

void RunToCommands::toPromise(bool isBack)
{
    const SubjectId subject = promise();
    if (subject == 0)
        Q_EMIT note(tr("Select a promise first, or put the text cursor on a line that made one."));
    else if (isBack)
        m_parts.stepper.backTo(Goal::promiseSettles(subject));
    else
        m_parts.stepper.runTo(Goal::promiseSettles(subject));
}

void RunToCommands::toQueue(bool isBack)
{
    QueueGoalBar &bar = m_parts.queueBar;
    // Shown, the keys repeat what it asks.
    if (bar.isHidden())
        bar.ask();
    else if (isBack)
        Q_EMIT bar.backAsked();
    else
        Q_EMIT bar.forwardAsked();
}

bool RunToCommands::isPromise(SubjectId subject) const
{
    if (subject == 0 || m_parts.session.timeline() == nullptr)
        return false;
    const auto created = m_parts.session.timeline()->index().history(subject).created;
    return created && m_parts.session.reader()->event(*created).kind == EventKind::PromiseCreated;
}

SubjectId RunToCommands::promise() const
{
    const LoopState *state = m_parts.workspace.state();
    if (state == nullptr)
        return 0;
    const SubjectId selected = m_parts.workspace.selectedItem();
    if (isPromise(selected))
        return selected;
    if (state->cursor > 0) {
        const Event moment = m_parts.session.reader()->event(state->cursor - 1);
        if (isPromise(moment.subject))
            return moment.subject;
    }
    SubjectId newest = 0;
    const std::set<SiteId> sites = sitesOfLine(m_parts.source.shownPath(), m_parts.source.shown().caretLine());
    state->unsettledPromises.visit([&](SubjectId id, const PromiseState &each) { // millions, maybe
        if (sites.count(each.createdFrom) > 0)
            newest = std::max(newest, id);
        return true;
    });
    return newest;
}

std::set<SiteId> RunToCommands::sitesOfLine(const QString &path, int line) const
{
    std::set<SiteId> sites;
    SiteId first = 1; // as they are counted through all sources
    for (const auto &source : m_parts.session.reader()->sources()) {
        for (SiteId i = 0; i < source->sites.size() && isSameSource(source->path, path); ++i) {
            if (static_cast<int>(source->sites[i].line) == line)
                sites.insert(first + i);
        }
        first += static_cast<SiteId>(source->sites.size());
    }
    return sites;
}

void RunToCommands::updateActions()
{
    const StudioActions &actions = m_parts.actions;
    const bool canGoOn = m_parts.stepper.cursor() < m_parts.session.eventCount() || m_parts.session.isLive()
        || m_parts.session.state() != RunSession::State::Opened;
    for (QAction *action : {actions.runToLine, actions.nextMicrotask, actions.microtasksDrained, actions.untilSettled})
        action->setEnabled(canGoOn);
    const bool canGoBack = m_parts.session.reader() != nullptr && m_parts.stepper.cursor() > 0;
    for (QAction *action : {actions.backToLine, actions.previousMicrotask, actions.backToDrained, actions.backToSettled})
        action->setEnabled(canGoBack);
}

} // namespace loopscope
