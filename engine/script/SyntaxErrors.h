// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/EsbuildService.h"
#include "script/ScriptCompiler.h"
#include "script/SyntaxTree.h"

namespace loopscope {

/// esbuild's verdict on a text, in V8's words. The text is the one that esbuild was given the places of.
CompileError syntaxErrorOf(const EsbuildResult &result, const QByteArray &text, const QString &path);

/// An error at a byte range of the text.
CompileError errorAt(const QByteArray &text, const QString &path, quint32 start, quint32 end, const QString &message, bool isSyntaxError);

/// Best guess at what is wrong where the grammar found no way on, if esbuild is not there to ask.
CompileError syntaxErrorOf(const SyntaxTree &tree, const QString &path);

} // namespace loopscope
