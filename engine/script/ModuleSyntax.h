// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/LineIndex.h"
#include "script/ScriptCompiler.h"
#include "script/SyntaxTree.h"

namespace loopscope {

/// Reads the import and export statements of an ES module into `script` (requests, exportNames, indirectExports, starExports).
void readModuleSyntax(const SyntaxTree &tree, const LineIndex &lines, CompiledScript *script);

/// The value of a string literal without escapes other than the simple ones.
QString stringLiteralValue(QByteArrayView literal);

} // namespace loopscope
