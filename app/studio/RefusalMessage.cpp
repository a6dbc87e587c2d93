// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RefusalMessage.h"

#include <QRegularExpression>
#include <QStringList>

namespace loopscope {

RefusalMessage RefusalMessage::parse(const QString &printed)
{
    static const QRegularExpression place(QStringLiteral("^(.+?):(\\d+)(?::\\d+)?$"));
    static const QRegularExpression error(QStringLiteral("^\\w*Error\\b.*:"));
    RefusalMessage refusal;
    const QStringList lines = printed.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (const auto match = place.match(line); refusal.line == 0 && match.hasMatch()) {
            refusal.path = match.captured(1);
            refusal.line = match.captured(2).toInt();
        } else if (error.match(line).hasMatch()) {
            refusal.text = line;
            break;
        }
    }
    if (refusal.text.isEmpty() && !lines.isEmpty())
        refusal.text = lines.constFirst();
    return refusal;
}

} // namespace loopscope
