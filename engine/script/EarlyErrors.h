// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/SourceFacts.h"
#include "script/SyntaxTree.h"

namespace loopscope {

/// A SyntaxError that ECMAScript asks for before anything runs, in V8's words.
struct EarlyError
{
    quint32 start = 0; ///< byte offsets of what is shown
    quint32 end = 0;
    QString message; ///< empty: there is none
};

/// The first early error of a text that neither the grammar nor V4 refuses: reserved words as names, what the parameters of a function may
/// not be, loops that may not declare so.
EarlyError findEarlyError(const SyntaxTree &tree, const SourceFacts &facts, ScriptKind kind);

} // namespace loopscope
