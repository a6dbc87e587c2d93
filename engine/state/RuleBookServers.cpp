// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/RuleBook.h"

namespace loopscope {

Rule RuleBook::ofServer(const Event &event)
{
    switch (event.kind) {
    case EventKind::ThreadStarted:
    case EventKind::ThreadEnded:
        return {
            tr("How many threads serve is the model's: one for each request, a pool of so many, one for each process, or the loop's one."),
            tr("The threads are simulated: they run the script in virtual time, as its callbacks on a loop do.")};
    case EventKind::ThreadChanged:
        return {
            tr("A thread runs on a core, is ready and waits for one, is blocked until what its request waits for has come, or is idle."),
            tr("The cores are shared in turns of a time slice, as Linux' fair scheduler does among equals; each change of thread costs a "
               "context switch.")};
    case EventKind::RequestSent:
    case EventKind::RequestDue:
        if (event.cause != 0)
            return {tr("A server has a request when the head of it was read: the callback that read it emits 'request'."),
                tr("Until then its bytes waited for the loop, which the time counts that the client sees.")};
        return {tr("Clients send requests by the load's plan, however slow the server is: what comes late because of an earlier one is "
                   "counted from when it was due."),
            tr("That is the correction for coordinated omission: else slow servers would be asked less, and look better.")};
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
    case EventKind::RequestEnded:
        if (event.kind == EventKind::RequestEnded && event.cause != 0)
            return {tr("A request is over for a server when its answer was handed over, or its connection is lost."),
                tr("ServerResponse then emits 'finish'; the system sends what it was given while the loop goes on.")};
        return {tr("A request is in one step at a time: on its way, queued, running, ready, or waiting for I/O; their sum is its latency."),
            {}};
    case EventKind::TaskServes:
        return {tr("What a callback does belongs to the request on whose behalf it was asked for, through timers, promises and I/O."), {}};
    default:
        return {};
    }
}

} // namespace loopscope
