// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/Handout.h"

namespace loopscope {

struct HandoutAnswers
{
    Handout::Answers answers;
    QString problem; ///< a sentence, if some script does not give its answer
};

/// Runs the script of each question, one after the other, while the event loop goes on.
HandoutAnswers findHandoutAnswers(const Course &course);

/// `loopscope-studio --lessons PATH --handout FILE`: writes a hand-out of a course (empty: the program's own) or of one lesson of it. The
/// program's exit code; what went wrong is written to stderr.
int writeHandout(const QString &path, const QString &lesson, const QString &file, bool hasSolutions);

} // namespace loopscope
