// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/CauseChain.h"

namespace loopscope {

std::vector<quint64> CauseChain::of(
    SubjectId subject, quint64 before, const RecordingReader &reader, const RecordingIndex &index, size_t limit)
{
    std::vector<quint64> steps;
    while (subject != 0 && steps.size() < limit) {
        const SubjectHistory history = index.history(subject);
        std::optional<quint64> step = history.created;
        const bool isPromise = step && reader.event(*step).kind == EventKind::PromiseCreated;
        if (isPromise && history.ended && *history.ended < before)
            step = history.ended;
        if (!step || *step >= before)
            break;
        steps.push_back(*step);
        before = *step;
        subject = reader.event(*step).cause;
    }
    return steps;
}

} // namespace loopscope
