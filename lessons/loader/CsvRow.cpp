// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/CsvRow.h"

namespace loopscope {

QByteArray csvRow(const QStringList &fields)
{
    // Full-width forms are taken for their usual siblings by some programs.
    static const QString formulas = QStringLiteral("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20");
    QStringList quoted;
    for (QString field : fields) {
        field.remove(QChar(u'\0'));
        if (!field.isEmpty() && formulas.contains(field[0]))
            field.prepend(QLatin1Char('\''));
        quoted.append(QLatin1Char('"') + field.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"'));
    }
    return quoted.join(QLatin1Char(',')).toUtf8() + "\r\n";
}

} // namespace loopscope
