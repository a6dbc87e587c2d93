// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/LoopState.h"

#include <QString>

/// The words for what is in a recording, as Node's documentation has them; translated. A number that no enumerator has gives "?".
namespace loopscope {

QString phaseName(Phase value); ///< "timers", "pending callbacks", ...; "" for None
QString queueName(LoopQueue value); ///< "nextTick", "microtasks", ...
QString taskKindName(TaskKind value); ///< "timeout", "immediate", "promise reaction", ...
QString promiseOriginName(PromiseOrigin value); ///< "new Promise", "then", "async function", ...
QString reactionKindName(ReactionKind value); ///< "then", "await", ...
QString ioKindName(IoKind value); ///< "file", "DNS", ...
QString runEndingName(RunEnding value); ///< "finished", "process.exit", ...
QString threadActivityName(ThreadActivity value); ///< "running", ...
QString requestActivityName(RequestActivity value); ///< "queued", ...
QString limitKindName(LimitKind value); ///< "time", "events", "memory", ...

/// Stable words for programs (JSON, filters), never translated: the enumerators' own names, "TaskBegun".
QLatin1String eventKindKey(EventKind value);
QLatin1String phaseKey(Phase value);
QLatin1String taskKindKey(TaskKind value);
QLatin1String promiseOriginKey(PromiseOrigin value);
QLatin1String reactionKindKey(ReactionKind value);
QLatin1String ioKindKey(IoKind value);
QLatin1String runEndingKey(RunEnding value);
QLatin1String choiceKindKey(ChoiceKind value);
QLatin1String limitKindKey(LimitKind value);

/// Run time in ms with three decimals, in the C locale: "12.345".
QString milliseconds(quint64 nanoseconds);

} // namespace loopscope
