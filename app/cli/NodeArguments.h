// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace loopscope {

/// A command line of Node's: a script that starts process.execPath gives one (`run --node ARGUMENTS`).
struct NodeArguments
{
    QStringList options; ///< process.execArgv: what stands before the file
    std::optional<QString> text; ///< of -e, -p and -v
    QString file; ///< empty with text, "-" for standard input
    QStringList rest; ///< process.argv behind the file

    static NodeArguments read(const QStringList &arguments);
};

} // namespace loopscope
