// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/FigureTable.h"

namespace loopscope {

struct ModelRecord;

/// What each thread of a model did: of real runs with what it and its process used, of the others with the time it spent in each state.
FigureTable threadTable(const ModelRecord &record);
/// The same of one real thread in a sentence; null where nothing was measured.
QString threadSentence(const ModelRecord &record, int thread);

} // namespace loopscope
