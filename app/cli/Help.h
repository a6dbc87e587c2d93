// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// The texts of --help and --version.
class Help
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Help)

public:
    /// Of one command, or of the whole program if `command` is empty.
    static QString text(const QString &command);
    static QString version();

private:
    static QString overview();
    static QString run();
    static QString node();
    static QString events();
    static QString verify();
    static QString compare();
    static QString importTrace();
    static QString exportRecording();
    static QString studio();
};

} // namespace loopscope
