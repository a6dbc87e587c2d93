// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Names.h"

// The switches have no default, so that the compiler asks for the word of every new enumerator.
namespace loopscope {
namespace {

constexpr QLatin1String unknown("?");

} // namespace

QLatin1String eventKindKey(EventKind value)
{
    switch (value) {
    case EventKind::None:
        return QLatin1String("None");
    case EventKind::Payload:
        return QLatin1String("Payload");
    case EventKind::RunStarted:
        return QLatin1String("RunStarted");
    case EventKind::RunEnded:
        return QLatin1String("RunEnded");
    case EventKind::IterationStarted:
        return QLatin1String("IterationStarted");
    case EventKind::PhaseEntered:
        return QLatin1String("PhaseEntered");
    case EventKind::PhaseLeft:
        return QLatin1String("PhaseLeft");
    case EventKind::PollWaitStarted:
        return QLatin1String("PollWaitStarted");
    case EventKind::PollWaitEnded:
        return QLatin1String("PollWaitEnded");
    case EventKind::TaskCreated:
        return QLatin1String("TaskCreated");
    case EventKind::TaskReady:
        return QLatin1String("TaskReady");
    case EventKind::TaskBegun:
        return QLatin1String("TaskBegun");
    case EventKind::TaskEnded:
        return QLatin1String("TaskEnded");
    case EventKind::TaskCancelled:
        return QLatin1String("TaskCancelled");
    case EventKind::TaskRearmed:
        return QLatin1String("TaskRearmed");
    case EventKind::TimerArmed:
        return QLatin1String("TimerArmed");
    case EventKind::TaskReferenced:
        return QLatin1String("TaskReferenced");
    case EventKind::SubjectNamed:
        return QLatin1String("SubjectNamed");
    case EventKind::PromiseCreated:
        return QLatin1String("PromiseCreated");
    case EventKind::PromiseAdopted:
        return QLatin1String("PromiseAdopted");
    case EventKind::PromiseFulfilled:
        return QLatin1String("PromiseFulfilled");
    case EventKind::PromiseRejected:
        return QLatin1String("PromiseRejected");
    case EventKind::ReactionAdded:
        return QLatin1String("ReactionAdded");
    case EventKind::AwaitSuspended:
        return QLatin1String("AwaitSuspended");
    case EventKind::AwaitResumed:
        return QLatin1String("AwaitResumed");
    case EventKind::RejectionUnhandled:
        return QLatin1String("RejectionUnhandled");
    case EventKind::RejectionHandled:
        return QLatin1String("RejectionHandled");
    case EventKind::PromiseAwaitedAll:
        return QLatin1String("PromiseAwaitedAll");
    case EventKind::PromiseSettleIgnored:
        return QLatin1String("PromiseSettleIgnored");
    case EventKind::CallEntered:
        return QLatin1String("CallEntered");
    case EventKind::CallLeft:
        return QLatin1String("CallLeft");
    case EventKind::Statement:
        return QLatin1String("Statement");
    case EventKind::StatementsCapped:
        return QLatin1String("StatementsCapped");
    case EventKind::IoSubmitted:
        return QLatin1String("IoSubmitted");
    case EventKind::IoStarted:
        return QLatin1String("IoStarted");
    case EventKind::IoCompleted:
        return QLatin1String("IoCompleted");
    case EventKind::HandleOpened:
        return QLatin1String("HandleOpened");
    case EventKind::HandleClosed:
        return QLatin1String("HandleClosed");
    case EventKind::HandleTold:
        return QLatin1String("HandleTold");
    case EventKind::HandleActive:
        return QLatin1String("HandleActive");
    case EventKind::ConsoleText:
        return QLatin1String("ConsoleText");
    case EventKind::ErrorThrown:
        return QLatin1String("ErrorThrown");
    case EventKind::FreeChoice:
        return QLatin1String("FreeChoice");
    case EventKind::LimitReached:
        return QLatin1String("LimitReached");
    case EventKind::Mark:
        return QLatin1String("Mark");
    case EventKind::Dropped:
        return QLatin1String("Dropped");
    case EventKind::Paused:
        return QLatin1String("Paused");
    case EventKind::RejectionsProcessed:
        return QLatin1String("RejectionsProcessed");
    case EventKind::LoopStarted:
        return QLatin1String("LoopStarted");
    case EventKind::LoopEnded:
        return QLatin1String("LoopEnded");
    case EventKind::MessagePosted:
        return QLatin1String("MessagePosted");
    case EventKind::ThreadStarted:
        return QLatin1String("ThreadStarted");
    case EventKind::ThreadChanged:
        return QLatin1String("ThreadChanged");
    case EventKind::ThreadEnded:
        return QLatin1String("ThreadEnded");
    case EventKind::RequestSent:
        return QLatin1String("RequestSent");
    case EventKind::RequestDue:
        return QLatin1String("RequestDue");
    case EventKind::RequestStepped:
        return QLatin1String("RequestStepped");
    case EventKind::RequestAnswered:
        return QLatin1String("RequestAnswered");
    case EventKind::RequestEnded:
        return QLatin1String("RequestEnded");
    case EventKind::TaskServes:
        return QLatin1String("TaskServes");
    }
    return unknown;
}

QLatin1String phaseKey(Phase value)
{
    switch (value) {
    case Phase::None:
        return QLatin1String("None");
    case Phase::Timers:
        return QLatin1String("Timers");
    case Phase::PendingCallbacks:
        return QLatin1String("PendingCallbacks");
    case Phase::IdlePrepare:
        return QLatin1String("IdlePrepare");
    case Phase::Poll:
        return QLatin1String("Poll");
    case Phase::Check:
        return QLatin1String("Check");
    case Phase::ClosingCallbacks:
        return QLatin1String("ClosingCallbacks");
    }
    return unknown;
}

QLatin1String taskKindKey(TaskKind value)
{
    switch (value) {
    case TaskKind::Script:
        return QLatin1String("Script");
    case TaskKind::Timeout:
        return QLatin1String("Timeout");
    case TaskKind::Interval:
        return QLatin1String("Interval");
    case TaskKind::Immediate:
        return QLatin1String("Immediate");
    case TaskKind::Tick:
        return QLatin1String("Tick");
    case TaskKind::Microtask:
        return QLatin1String("Microtask");
    case TaskKind::PromiseReaction:
        return QLatin1String("PromiseReaction");
    case TaskKind::AwaitContinuation:
        return QLatin1String("AwaitContinuation");
    case TaskKind::ThenableJob:
        return QLatin1String("ThenableJob");
    case TaskKind::IoCallback:
        return QLatin1String("IoCallback");
    case TaskKind::PendingCallback:
        return QLatin1String("PendingCallback");
    case TaskKind::CloseCallback:
        return QLatin1String("CloseCallback");
    case TaskKind::ProcessEvent:
        return QLatin1String("ProcessEvent");
    case TaskKind::ModuleEvaluation:
        return QLatin1String("ModuleEvaluation");
    case TaskKind::Internal:
        return QLatin1String("Internal");
    }
    return unknown;
}

QLatin1String promiseOriginKey(PromiseOrigin value)
{
    switch (value) {
    case PromiseOrigin::Constructor:
        return QLatin1String("Constructor");
    case PromiseOrigin::Then:
        return QLatin1String("Then");
    case PromiseOrigin::AsyncFunction:
        return QLatin1String("AsyncFunction");
    case PromiseOrigin::Resolve:
        return QLatin1String("Resolve");
    case PromiseOrigin::Reject:
        return QLatin1String("Reject");
    case PromiseOrigin::All:
        return QLatin1String("All");
    case PromiseOrigin::AllSettled:
        return QLatin1String("AllSettled");
    case PromiseOrigin::Any:
        return QLatin1String("Any");
    case PromiseOrigin::Race:
        return QLatin1String("Race");
    case PromiseOrigin::Finally:
        return QLatin1String("Finally");
    case PromiseOrigin::AsyncGenerator:
        return QLatin1String("AsyncGenerator");
    case PromiseOrigin::Runtime:
        return QLatin1String("Runtime");
    case PromiseOrigin::Catch:
        return QLatin1String("Catch");
    }
    return unknown;
}

QLatin1String reactionKindKey(ReactionKind value)
{
    switch (value) {
    case ReactionKind::Then:
        return QLatin1String("Then");
    case ReactionKind::Await:
        return QLatin1String("Await");
    case ReactionKind::Adopt:
        return QLatin1String("Adopt");
    case ReactionKind::Catch:
        return QLatin1String("Catch");
    case ReactionKind::Finally:
        return QLatin1String("Finally");
    }
    return unknown;
}

QLatin1String ioKindKey(IoKind value)
{
    switch (value) {
    case IoKind::File:
        return QLatin1String("File");
    case IoKind::Directory:
        return QLatin1String("Directory");
    case IoKind::Dns:
        return QLatin1String("Dns");
    case IoKind::Tcp:
        return QLatin1String("Tcp");
    case IoKind::Pipe:
        return QLatin1String("Pipe");
    case IoKind::Process:
        return QLatin1String("Process");
    case IoKind::Crypto:
        return QLatin1String("Crypto");
    case IoKind::Compression:
        return QLatin1String("Compression");
    case IoKind::Other:
        return QLatin1String("Other");
    }
    return unknown;
}

QLatin1String runEndingKey(RunEnding value)
{
    switch (value) {
    case RunEnding::Finished:
        return QLatin1String("Finished");
    case RunEnding::Exited:
        return QLatin1String("Exited");
    case RunEnding::Uncaught:
        return QLatin1String("Uncaught");
    case RunEnding::Limit:
        return QLatin1String("Limit");
    case RunEnding::Stopped:
        return QLatin1String("Stopped");
    case RunEnding::Refused:
        return QLatin1String("Refused");
    }
    return unknown;
}

QLatin1String choiceKindKey(ChoiceKind value)
{
    switch (value) {
    case ChoiceKind::TimeoutBeforeImmediate:
        return QLatin1String("TimeoutBeforeImmediate");
    case ChoiceKind::IoCompletionOrder:
        return QLatin1String("IoCompletionOrder");
    }
    return unknown;
}

QLatin1String limitKindKey(LimitKind value)
{
    switch (value) {
    case LimitKind::Time:
        return QLatin1String("Time");
    case LimitKind::Events:
        return QLatin1String("Events");
    case LimitKind::Idle:
        return QLatin1String("Idle");
    case LimitKind::Memory:
        return QLatin1String("Memory");
    }
    return unknown;
}

} // namespace loopscope
