// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/WaitingTasks.h"

#include <QStringList>

#include <optional>

/// The words of lessons' files. They are never translated.
namespace loopscope::lessonwords {

const QStringList &taskKinds(); ///< "script", "timeout", ...
QString wordOf(TaskKind kind); ///< null if lessons have no word for it
const QStringList &phases(); ///< "timers", "pending", "poll", "check", "closing"
std::optional<Phase> phaseOf(const QString &word);
QString wordOf(Phase phase); ///< "none" outside of these
const QStringList &queues(); ///< of predictions: "timers", "immediates", "ticks", "microtasks", "poll", "closing", "stack"
std::optional<LoopQueue> queueOf(const QString &word); ///< not of "stack" and what else is no queue of callbacks
const QStringList &rules(); ///< why a callback is next: "script-first", ...
const QStringList &endings(); ///< "finished", "exited", "uncaught", "limit"
const QStringList &findings(); ///< by ProfileFinding::Kind
const QStringList &views(); ///< that can be combined
const QStringList &viewsAlone(); ///< "servers", "profile"
const QStringList &places(); ///< what a watched moment can point at
const QStringList &events(); ///< of moments
const QStringList &models(); ///< of the server lab

} // namespace loopscope::lessonwords
