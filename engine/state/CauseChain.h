// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/RecordingIndex.h"

#include <vector>

namespace loopscope {

/// What led to a task, promise or request: event by event back to the script.
///
/// A task leads to what it created or settled. A task made by a promise goes back to what settled the promise, as that is what set it
/// off. Every step lies before the one it led to, so that a chain ends whatever a damaged file says.
class CauseChain
{
public:
    /// Indices of events, the latest first: the creation of `subject` (of a promise settled before `before`: its settling), then what
    /// led to that. At most `limit` of them.
    static std::vector<quint64> of(
        SubjectId subject, quint64 before, const RecordingReader &reader, const RecordingIndex &index, size_t limit);
};

} // namespace loopscope
