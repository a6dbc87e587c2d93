// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// What 'loopscope help lab' and 'loopscope lab COMMAND --help' print.
class LabHelp
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabHelp)

public:
    static QString overview();
    static QString queue();
    static QString profile();
    static QString load();
    static QString follow();
    static QString exportFile(); ///< and compare
    static QString sweep(); ///< and merge
};

} // namespace loopscope
