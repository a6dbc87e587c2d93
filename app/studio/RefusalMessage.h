// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// Why a script could not run, as the runner prints it in Node's form: "file:line[:column]", the source line, a caret, an empty line and
/// "SyntaxError: message".
struct RefusalMessage
{
    QString path; ///< empty if the message names no place
    int line = 0; ///< from 1; 0 if it names none
    QString text; ///< "SyntaxError: …", or the first line of whatever was printed

    static RefusalMessage parse(const QString &printed);
};

} // namespace loopscope
