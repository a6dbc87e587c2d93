// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventFilter.h"

#include "state/EventText.h"

#include <QCoreApplication>

namespace loopscope {

namespace {

/// The group an event belongs to; All for those that belong to none.
EventGroup groupOf(EventKind kind)
{
    switch (kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskReady:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
    case EventKind::TaskCancelled:
    case EventKind::TaskRearmed:
    case EventKind::TimerArmed:
    case EventKind::TaskReferenced:
        return EventGroup::Callbacks;
    case EventKind::PromiseCreated:
    case EventKind::PromiseAdopted:
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
    case EventKind::ReactionAdded:
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
    case EventKind::RejectionHandled:
    case EventKind::PromiseAwaitedAll:
    case EventKind::PromiseSettleIgnored:
        return EventGroup::Promises;
    case EventKind::CallEntered:
    case EventKind::CallLeft:
    case EventKind::Statement:
    case EventKind::StatementsCapped:
        return EventGroup::Calls;
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
    case EventKind::IoCompleted:
    case EventKind::HandleOpened:
    case EventKind::HandleClosed:
    case EventKind::HandleTold:
    case EventKind::HandleActive:
    case EventKind::MessagePosted:
    case EventKind::RequestSent:
    case EventKind::RequestDue:
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
    case EventKind::RequestEnded:
        return EventGroup::Io;
    case EventKind::RunStarted:
    case EventKind::RunEnded:
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::PhaseLeft:
    case EventKind::PollWaitStarted:
    case EventKind::PollWaitEnded:
    case EventKind::FreeChoice:
    case EventKind::LoopStarted:
    case EventKind::LoopEnded:
    case EventKind::ThreadStarted:
    case EventKind::ThreadChanged:
    case EventKind::ThreadEnded:
    case EventKind::TaskServes:
        return EventGroup::Loop;
    case EventKind::ConsoleText:
        return EventGroup::Console;
    case EventKind::ErrorThrown:
    case EventKind::RejectionUnhandled:
    case EventKind::LimitReached:
    case EventKind::Dropped:
        return EventGroup::Errors;
    default:
        return EventGroup::All;
    }
}

} // namespace

QString eventGroupName(EventGroup group)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("EventFilter", text); };
    switch (group) {
    case EventGroup::All:
        return tr("All events");
    case EventGroup::Callbacks:
        return tr("Callbacks");
    case EventGroup::Promises:
        return tr("Promises");
    case EventGroup::Calls:
        return tr("Calls and statements");
    case EventGroup::Io:
        return tr("I/O requests");
    case EventGroup::Loop:
        return tr("Phases and iterations");
    case EventGroup::Console:
        return tr("Console");
    case EventGroup::Errors:
        return tr("Errors");
    }
    return {};
}

bool isInGroup(const Event &event, EventGroup group)
{
    if (group == EventGroup::All)
        return true;
    // A rejected promise is looked for in both places.
    return groupOf(event.kind) == group || (group == EventGroup::Errors && event.kind == EventKind::PromiseRejected);
}

bool EventFilter::accepts(const Event &event, quint64 index, const EventText &words) const
{
    if (!isInGroup(event, group))
        return false;
    if (text.isEmpty())
        return true;
    // Quotes around names are how a sentence is set, not part of it.
    return words.what(index).remove(QLatin1Char('`')).contains(text, Qt::CaseInsensitive)
        || words.where(index).contains(text, Qt::CaseInsensitive);
}

} // namespace loopscope
