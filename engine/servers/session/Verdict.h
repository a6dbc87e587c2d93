// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabReport.h"

namespace loopscope {

/// What holds a server model back in one run, in the order in which one explains the next: who died refuses, too.
enum class Limit : quint8 {
    Death, ///< it ended before its time
    Memory, ///< the machine's memory is full
    BlockedLoop, ///< one loop computes all the time, and everything else waits for it
    Cores, ///< all cores are busy
    KeptConnections, ///< threads stay with silent connections, while others queue or are refused
    FullPool, ///< all threads have a request, most of them blocked on I/O, and others queue
    Refusals, ///< connections were not taken
    Lost, ///< answers came too late, or connections were lost
    Errors, ///< the script answers with failures
    Waiting, ///< requests wait to be taken, though nothing of the server is full
    Stalls, ///< a request that computes for long lets others wait now and then
    None, ///< nothing of it is full
    Unknown, ///< nothing was measured
};

/// A limit with what shows it.
struct Finding
{
    Limit limit = Limit::None;
    QString sentence; ///< "64 of 64 threads have a request, 61 of them blocked on I/O; its queue grows by 800 a second"
};

/// What holds the server of `result` back, by the figures of its run; of the report, only what is of this run counts.
Finding findingOf(const LabReport &report, const LabResult &result);

/// Who serves best, and by what. See verdictOf().
struct Lead
{
    enum class By : quint8 { Answers = 1, Tail = 2, Memory = 3, Life = 4 };
    ServerModel model = ServerModel::EventLoop;
    By by = By::Answers; ///< of the next best
};

/// Nothing if all do alike, none answers, or there are none.
std::optional<Lead> leadOf(const std::vector<LabResult> &results);

/// Which model serves best. One that lives to the end is better than one that died; one that answers more (by a twentieth or more) is
/// better; among those that answer as much, the one with the lower p99 (by a fifth or more; below half a millisecond all are alike); then
/// the one with less memory (by a fifth). With fewer than five answers beyond it, the p90 takes the place of the p99, then the p50. Runs
/// that were stopped are compared if all were measured for as long, to a twentieth; nobody wins where nobody answers. Figures of several
/// truths are not compared with each other: the verdict is about the first result's truth.
LabVerdict verdictOf(const LabReport &report);

} // namespace loopscope
