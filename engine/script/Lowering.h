// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/EsbuildService.h"
#include "script/Instrumenter.h"
#include "script/SourceMap.h"

namespace loopscope {

/// An instrumented text as one expression for V4, with the way back to the lines it came from.
struct LoweredText
{
    QByteArray code;
    std::vector<LineOrigin> origins;
    std::vector<FunctionPlace> functions;
    EsbuildResult failure; ///< `ok` is true if there was none; places count in the instrumented text
};

/// Wraps an instrumented text of CommonJS (or of a function's body) that V4 can parse as it is.
LoweredText wrapScript(const InstrumentedText &text, ScriptKind kind, const QByteArray &prefix);

/// The same for a text (`source`: the lines it came from) that esbuild lowers first.
LoweredText lowerScript(
    const InstrumentedText &text, ScriptKind kind, const QByteArray &prefix, const LineIndex &source, EsbuildService &esbuild);

/// What eval is given, as statements. `isLowered`: by esbuild, too.
LoweredText lowerEval(const InstrumentedText &text, bool isStrict, bool isLowered, const QByteArray &prefix, const LineIndex &source,
    EsbuildService &esbuild);
/// Lowers an instrumented ES module to a generator whose first step registers its exports, and wraps it.
LoweredText lowerModule(const InstrumentedText &text, const QByteArray &prefix, const LineIndex &source, EsbuildService &esbuild);

} // namespace loopscope
