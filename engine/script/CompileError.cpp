// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/ScriptCompiler.h"

namespace loopscope {

QString CompileError::toString() const
{
    const QString kind = isSyntaxError ? QStringLiteral("SyntaxError: ") : QStringLiteral("Error: ");
    if (line == 0)
        return path + QStringLiteral("\n\n") + kind + message;
    // Tabs stay tabs under the line, so that the carets stand below their characters.
    QString indent;
    for (quint32 column0 = 0; column0 + 1 < column; ++column0) {
        const bool isTab =
            static_cast<qsizetype>(column0) < sourceLine.size() && sourceLine[static_cast<qsizetype>(column0)] == QLatin1Char('\t');
        indent += isTab ? QLatin1Char('\t') : QLatin1Char(' ');
    }
    const QString carets(static_cast<qsizetype>(length), QLatin1Char('^'));
    return path + QLatin1Char(':') + QString::number(line) + QLatin1Char('\n') + sourceLine + QLatin1Char('\n') + indent + carets
        + QStringLiteral("\n\n") + kind + message;
}

} // namespace loopscope
