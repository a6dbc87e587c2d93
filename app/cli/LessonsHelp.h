// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// What 'loopscope help lessons' and 'loopscope lessons COMMAND --help' print.
class LessonsHelp
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonsHelp)

public:
    static QString overview();
};

} // namespace loopscope
