// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <array>
#include <bit>

/// The parts of the file format that reader and writer share; docs/recording-format.md is the whole of it.
namespace loopscope::format {

static_assert(std::endian::native == std::endian::little, "records are stored as they lie in memory, which the format wants little-endian");

/// Everything in a file is a whole number of units: the header is one, an event is one, a definition is one and its padded bytes.
constexpr quint64 unitSize = 32;
constexpr quint16 version = 3;

/// Detail of the Mark from which on the requests of a simulated server count.
constexpr quint8 measuredMark = 1;

/// As PNG does: a byte above 127, CR LF, Ctrl-Z and LF show at once that a transfer took the file for text.
constexpr std::array<char, 8> magic{'\x8b', 'L', 'S', 'C', '\r', '\n', '\x1a', '\n'};

struct FileHeader
{
    std::array<char, 8> magic = format::magic;
    quint16 version = format::version;
    quint16 unitSize = format::unitSize;
    quint32 reserved = 0;
    std::array<quint64, 2> reservedToo{};
};
static_assert(sizeof(FileHeader) == unitSize);

constexpr quint64 paddedToUnits(quint64 bytes) { return (bytes + unitSize - 1) / unitSize * unitSize; }

/// True if the value of events of this kind is the number of a string.
constexpr bool valueIsString(EventKind kind)
{
    switch (kind) {
    case EventKind::SubjectNamed:
    case EventKind::PromiseRejected:
    case EventKind::RejectionUnhandled:
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
    case EventKind::ConsoleText:
    case EventKind::ErrorThrown:
    case EventKind::Mark:
    case EventKind::LoopStarted:
    case EventKind::RequestStepped:
        return true;
    default:
        return false;
    }
}

/// True for the kinds this version writes. Without a default, so that the compiler asks for every new kind.
constexpr bool isKnown(EventKind kind)
{
    switch (kind) {
    case EventKind::None:
        return false;
    case EventKind::Payload:
    case EventKind::RunStarted:
    case EventKind::RunEnded:
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::PhaseLeft:
    case EventKind::PollWaitStarted:
    case EventKind::PollWaitEnded:
    case EventKind::TaskCreated:
    case EventKind::TaskReady:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
    case EventKind::TaskCancelled:
    case EventKind::TaskRearmed:
    case EventKind::TimerArmed:
    case EventKind::TaskReferenced:
    case EventKind::SubjectNamed:
    case EventKind::PromiseCreated:
    case EventKind::PromiseAdopted:
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
    case EventKind::ReactionAdded:
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
    case EventKind::RejectionUnhandled:
    case EventKind::RejectionHandled:
    case EventKind::PromiseAwaitedAll:
    case EventKind::PromiseSettleIgnored:
    case EventKind::CallEntered:
    case EventKind::CallLeft:
    case EventKind::Statement:
    case EventKind::StatementsCapped:
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
    case EventKind::IoCompleted:
    case EventKind::HandleOpened:
    case EventKind::HandleClosed:
    case EventKind::HandleTold:
    case EventKind::HandleActive:
    case EventKind::ConsoleText:
    case EventKind::ErrorThrown:
    case EventKind::FreeChoice:
    case EventKind::LimitReached:
    case EventKind::Mark:
    case EventKind::Dropped:
    case EventKind::Paused:
    case EventKind::RejectionsProcessed:
    case EventKind::LoopStarted:
    case EventKind::LoopEnded:
    case EventKind::MessagePosted:
    case EventKind::ThreadStarted:
    case EventKind::ThreadChanged:
    case EventKind::ThreadEnded:
    case EventKind::RequestSent:
    case EventKind::RequestDue:
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
    case EventKind::RequestEnded:
    case EventKind::TaskServes:
        return true;
    }
    return false;
}

} // namespace loopscope::format
