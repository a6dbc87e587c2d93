// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingFormat.h"
#include "state/EventText.h"
#include "state/Names.h"
#include "state/Narration.h"

namespace loopscope {

namespace {
QString quoted(const QString &name) { return QStringLiteral("`%1`").arg(name); }
} // namespace

// What EventText and Narration say of simulated servers: their threads, and their clients' requests.

QString EventText::serverText(const Event &event) const
{
    switch (event.kind) {
    case EventKind::ThreadStarted:
        return tr("thread %1 started").arg(event.value);
    case EventKind::ThreadChanged: {
        const QString state = threadActivityName(static_cast<ThreadActivity>(event.detail));
        return event.cause == 0 ? tr("%1 is %2").arg(numberText(event.subject), state)
                                : tr("%1 is %2, for %3").arg(numberText(event.subject), state, numberText(event.cause));
    }
    case EventKind::ThreadEnded:
        return tr("%1 ended").arg(numberText(event.subject));
    case EventKind::RequestSent:
        return (event.cause == 0 ? tr("a client sent request %1, %2") : tr("a client's request %1 came in, %2"))
            .arg(QString::number(event.value), quoted(subjectName(event.subject)));
    case EventKind::RequestDue:
        return tr("%1 was meant to be sent at %2 ns").arg(numberText(event.subject), QString::number(event.value));
    case EventKind::RequestStepped: {
        const QString step = requestActivityName(static_cast<RequestActivity>(event.detail));
        const QString what = event.value == 0 ? QString() : tr(", %1").arg(quoted(shortString(event.value)));
        return event.cause == 0 ? tr("%1 is %2%3").arg(numberText(event.subject), step, what)
                                : tr("%1 is %2 on %3%4").arg(numberText(event.subject), step, numberText(event.cause), what);
    }
    case EventKind::RequestAnswered:
        return tr("the answer to %1 is on its way").arg(numberText(event.subject));
    case EventKind::RequestEnded:
        return event.value == 0 ? tr("%1 got no answer").arg(numberText(event.subject))
                                : tr("%1 got its answer, status %2").arg(numberText(event.subject)).arg(event.value);
    case EventKind::TaskServes:
        return tr("%1 runs for %2").arg(subjectText(event.subject), numberText(event.cause));
    default:
        return {};
    }
}

QString Narration::serverSentence(const Event &event) const
{
    const QString who = subject(event.subject);
    switch (event.kind) {
    case EventKind::Mark:
        return event.detail == format::measuredMark ? tr("The warm-up is over: the server is measured from here on.") : QString();
    case EventKind::ThreadStarted:
        return tr("Thread %1 of the server was started.").arg(event.value);
    case EventKind::ThreadChanged: {
        const QString state = threadActivityName(static_cast<ThreadActivity>(event.detail));
        return event.cause == 0 ? tr("%1 of the server is %2.").arg(who, state)
                                : tr("%1 of the server is %2, with the %3.").arg(who, state, subject(event.cause));
    }
    case EventKind::ThreadEnded:
        return tr("%1 of the server has ended.").arg(who);
    case EventKind::RequestSent:
        return (event.cause == 0 ? tr("A client sent its request %1, %2.") : tr("The head of a client's request %1 has come, %2."))
            .arg(QString::number(event.value), named(event.subject));
    case EventKind::RequestDue:
        return tr("The %1 was meant to be sent earlier: its latency counts from then on.").arg(who);
    case EventKind::RequestStepped: {
        const QString step = requestActivityName(static_cast<RequestActivity>(event.detail));
        return event.cause == 0 ? tr("The %1 is %2.").arg(who, step) : tr("The %1 is %2 on %3.").arg(who, step, subject(event.cause));
    }
    case EventKind::RequestAnswered:
        return tr("The answer to the %1 is on its way.").arg(who);
    case EventKind::RequestEnded:
        return event.value == 0 ? tr("The %1 got no answer.").arg(who) : tr("The %1 got its answer, status %2.").arg(who).arg(event.value);
    case EventKind::TaskServes:
        return tr("%1 runs for the %2.").arg(who, subject(event.cause));
    default:
        return {};
    }
}

} // namespace loopscope
