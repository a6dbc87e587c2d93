// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

class QString;
class QTextBlock;

namespace loopscope {

/// Colours the words of JavaScript in a text as the editor does. Line by line: comments and texts over several lines are seen only where
/// they begin, which is enough for the few lines a lesson quotes.
class CodeColours
{
public:
    /// Whether a code block marked so is JavaScript or TypeScript; one without a mark is.
    static bool isKnown(const QString &language);
    static void apply(const QTextBlock &line, const Palette &palette);
};

} // namespace loopscope
