// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Names.h"

#include <QCoreApplication>

// The switches have no default, so that the compiler asks for the words of every new enumerator.
namespace loopscope {
namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Names)
};

const QString unknown = QStringLiteral("?");

} // namespace

QString phaseName(Phase value)
{
    switch (value) {
    case Phase::None:
        return QString();
    case Phase::Timers:
        return Names::tr("timers");
    case Phase::PendingCallbacks:
        return Names::tr("pending callbacks");
    case Phase::IdlePrepare:
        return Names::tr("idle, prepare");
    case Phase::Poll:
        return Names::tr("poll");
    case Phase::Check:
        return Names::tr("check");
    case Phase::ClosingCallbacks:
        return Names::tr("closing callbacks");
    }
    return unknown;
}

QString queueName(LoopQueue value)
{
    switch (value) {
    case LoopQueue::None:
        return QString();
    case LoopQueue::NextTick:
        return Names::tr("nextTick");
    case LoopQueue::Microtasks:
        return Names::tr("microtasks");
    case LoopQueue::Timers:
        return Names::tr("timers");
    case LoopQueue::Pending:
        return Names::tr("pending callbacks");
    case LoopQueue::Poll:
        return Names::tr("poll");
    case LoopQueue::Check:
        return Names::tr("check");
    case LoopQueue::Closing:
        return Names::tr("closing callbacks");
    }
    return unknown;
}

QString taskKindName(TaskKind value)
{
    switch (value) {
    case TaskKind::Script:
        return Names::tr("script");
    case TaskKind::Timeout:
        return Names::tr("timeout");
    case TaskKind::Interval:
        return Names::tr("interval");
    case TaskKind::Immediate:
        return Names::tr("immediate");
    case TaskKind::Tick:
        return Names::tr("tick");
    case TaskKind::Microtask:
        return Names::tr("microtask");
    case TaskKind::PromiseReaction:
        return Names::tr("promise reaction");
    case TaskKind::AwaitContinuation:
        return Names::tr("await continuation");
    case TaskKind::ThenableJob:
        return Names::tr("thenable job");
    case TaskKind::IoCallback:
        return Names::tr("I/O callback");
    case TaskKind::PendingCallback:
        return Names::tr("pending callback");
    case TaskKind::CloseCallback:
        return Names::tr("close callback");
    case TaskKind::ProcessEvent:
        return Names::tr("process event");
    case TaskKind::ModuleEvaluation:
        return Names::tr("module");
    case TaskKind::Internal:
        return Names::tr("internal task");
    }
    return unknown;
}

QString promiseOriginName(PromiseOrigin value)
{
    switch (value) {
    case PromiseOrigin::Constructor:
        return Names::tr("new Promise");
    case PromiseOrigin::Then:
        return Names::tr("then");
    case PromiseOrigin::AsyncFunction:
        return Names::tr("async function");
    case PromiseOrigin::Resolve:
        return Names::tr("Promise.resolve");
    case PromiseOrigin::Reject:
        return Names::tr("Promise.reject");
    case PromiseOrigin::All:
        return Names::tr("Promise.all");
    case PromiseOrigin::AllSettled:
        return Names::tr("Promise.allSettled");
    case PromiseOrigin::Any:
        return Names::tr("Promise.any");
    case PromiseOrigin::Race:
        return Names::tr("Promise.race");
    case PromiseOrigin::Finally:
        return Names::tr("finally");
    case PromiseOrigin::AsyncGenerator:
        return Names::tr("async generator");
    case PromiseOrigin::Runtime:
        return Names::tr("Node API");
    case PromiseOrigin::Catch:
        return Names::tr("catch");
    }
    return unknown;
}

QString reactionKindName(ReactionKind value)
{
    switch (value) {
    case ReactionKind::Then:
        return Names::tr("then");
    case ReactionKind::Await:
        return Names::tr("await");
    case ReactionKind::Adopt:
        return Names::tr("adoption");
    case ReactionKind::Catch:
        return Names::tr("catch");
    case ReactionKind::Finally:
        return Names::tr("finally");
    }
    return unknown;
}

QString ioKindName(IoKind value)
{
    switch (value) {
    case IoKind::File:
        return Names::tr("file");
    case IoKind::Directory:
        return Names::tr("directory");
    case IoKind::Dns:
        return Names::tr("DNS");
    case IoKind::Tcp:
        return Names::tr("TCP");
    case IoKind::Pipe:
        return Names::tr("pipe");
    case IoKind::Process:
        return Names::tr("process");
    case IoKind::Crypto:
        return Names::tr("crypto");
    case IoKind::Compression:
        return Names::tr("compression");
    case IoKind::Other:
        return Names::tr("I/O");
    }
    return unknown;
}

QString runEndingName(RunEnding value)
{
    switch (value) {
    case RunEnding::Finished:
        return Names::tr("finished");
    case RunEnding::Exited:
        return Names::tr("process.exit");
    case RunEnding::Uncaught:
        return Names::tr("uncaught error");
    case RunEnding::Limit:
        return Names::tr("limit reached");
    case RunEnding::Stopped:
        return Names::tr("stopped");
    case RunEnding::Refused:
        return Names::tr("refused");
    }
    return unknown;
}

QString threadActivityName(ThreadActivity value)
{
    switch (value) {
    case ThreadActivity::Idle:
        return Names::tr("idle");
    case ThreadActivity::Running:
        return Names::tr("running");
    case ThreadActivity::Ready:
        return Names::tr("ready");
    case ThreadActivity::Blocked:
        return Names::tr("blocked");
    }
    return unknown;
}

QString requestActivityName(RequestActivity value)
{
    switch (value) {
    case RequestActivity::Network:
        return Names::tr("on its way");
    case RequestActivity::Queued:
        return Names::tr("queued");
    case RequestActivity::Running:
        return Names::tr("running");
    case RequestActivity::Ready:
        return Names::tr("ready");
    case RequestActivity::Waiting:
        return Names::tr("waiting");
    }
    return unknown;
}

QString limitKindName(LimitKind value)
{
    switch (value) {
    case LimitKind::Time:
        return Names::tr("time");
    case LimitKind::Events:
        return Names::tr("events");
    case LimitKind::Idle:
        return Names::tr("what virtual time can reach");
    case LimitKind::Memory:
        return Names::tr("memory");
    }
    return unknown;
}

QString milliseconds(quint64 nanoseconds)
{
    // Cut, not rounded, so that times never seem to stand before the events around them.
    return QStringLiteral("%1.%2").arg(nanoseconds / 1000000).arg(nanoseconds / 1000 % 1000, 3, 10, QLatin1Char('0'));
}

} // namespace loopscope
