// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Lesson.h"

#include <QFileInfo>

#include <algorithm>

namespace loopscope {

const LessonStep *Lesson::step(const QString &id) const
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const LessonStep &step) { return step.id == id; });
    return found == steps.end() ? nullptr : &*found;
}

QString LessonProblem::text() const
{
    const QString name = QFileInfo(file).fileName();
    return line > 0 ? QStringLiteral("%1:%2: %3").arg(name).arg(line).arg(sentence) : QStringLiteral("%1: %2").arg(name, sentence);
}

} // namespace loopscope
