// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// A small lesson that is right as it is, to begin a new one with.
class LessonTemplate
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonTemplate)

public:
    /// Makes `folder`, which must not be there yet or be empty. Empty, or why not.
    static QString write(const QString &folder);
};

} // namespace loopscope
