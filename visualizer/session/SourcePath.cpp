// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/SourcePath.h"

#include <QDir>
#include <QUrl>

namespace loopscope {

QString localPath(const QString &sourcePath)
{
    if (!sourcePath.startsWith(QLatin1String("file:")))
        return QDir::cleanPath(sourcePath);
    return QDir::cleanPath(QUrl(sourcePath).toLocalFile());
}

bool isSameSource(const QString &one, const QString &other) { return one == other || localPath(one) == localPath(other); }

} // namespace loopscope
