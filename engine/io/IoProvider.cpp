// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/IoProvider.h"

namespace loopscope {

QString IoError::message() const
{
    if (!permission.isNull() || syscall.isNull())
        return description;
    QString text = code + QLatin1String(": ") + description + QLatin1String(", ") + syscall;
    if (!path.isNull())
        text += QLatin1String(" '") + path + QLatin1Char('\'');
    if (!destination.isNull())
        text += QLatin1String(" -> '") + destination + QLatin1Char('\'');
    return text;
}

} // namespace loopscope
