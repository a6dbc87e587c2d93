// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/ProfileText.h"

#include <QJsonArray>
#include <QJsonObject>

namespace loopscope {

/// All reports of a profile for programs; times are ns. Members are described in docs/profiler.md.
QJsonObject profileJson(
    const Profile &profile, const BlockingReport &blocking, const Verdict &verdict, const ProfileText &text, const RecordingReader &reader);
/// The call tree from below: an array of nodes, the first of which stands for all.
QJsonArray callersJson(const CallTree &tree, const ProfileText &text, const RecordingReader &reader);
/// Stable words, never translated: "CpuBound", ...
QLatin1String findingKey(ProfileFinding::Kind kind);
QLatin1String blockerKey(BlockerKind kind);
QLatin1String victimKey(Victim::Kind kind);

/// Time of callbacks of one kind. ns.
struct TaskKindTimes
{
    TaskKind kind = TaskKind::Internal;
    quint64 count = 0;
    quint64 busy = 0; ///< ran
    quint64 ready = 0; ///< could have run, and waited for the loop
    quint64 idle = 0; ///< waited for its time or its I/O
};
std::vector<TaskKindTimes> taskKindTimes(const TaskRuns &runs);
/// From being sent to the answer; ns.
DurationFigures requestLatencies(const Profile &profile);

} // namespace loopscope
