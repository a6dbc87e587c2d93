// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/LoopState.h"

#include <QString>

/// The words for what is in a recording, as Node's documentation has them; translated. A number that no enumerator has gives "?".
namespace loopscope {

QString phaseName(Phase phase); ///< "timers", "pending callbacks", ...; "" for None
QString queueName(LoopQueue queue); ///< "nextTick", "microtasks", ...
QString taskKindName(TaskKind kind); ///< "timeout", "immediate", "promise reaction", ...
QString promiseOriginName(PromiseOrigin origin); ///< "new Promise", "then", "async function", ...
QString reactionKindName(ReactionKind kind); ///< "then", "await", ...
QString ioKindName(IoKind kind); ///< "file", "DNS", ...
QString runEndingName(RunEnding ending); ///< "finished", "process.exit", ...
QString choiceKindName(ChoiceKind kind);
QString limitKindName(LimitKind kind); ///< "time", "events", "memory"

/// Stable words for programs (JSON, filters), never translated: the enumerators' own names, "TaskBegun".
QLatin1String eventKindKey(EventKind kind);
QLatin1String phaseKey(Phase phase);
QLatin1String taskKindKey(TaskKind kind);
QLatin1String promiseOriginKey(PromiseOrigin origin);
QLatin1String reactionKindKey(ReactionKind kind);
QLatin1String ioKindKey(IoKind kind);
QLatin1String runEndingKey(RunEnding ending);
QLatin1String choiceKindKey(ChoiceKind kind);
QLatin1String limitKindKey(LimitKind kind);

/// Run time in ms with three decimals, in the C locale: "12.345".
QString milliseconds(quint64 nanoseconds);

} // namespace loopscope
