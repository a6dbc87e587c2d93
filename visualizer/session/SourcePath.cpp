// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/SourcePath.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

namespace loopscope {

QString localPath(const QString &sourcePath)
{
    if (!sourcePath.startsWith(QLatin1String("file:")))
        return QDir::cleanPath(sourcePath);
    return QDir::cleanPath(QUrl(sourcePath).toLocalFile());
}

bool isSameSource(const QString &one, const QString &other)
{
    const QString first = localPath(one);
    const QString second = localPath(other);
    if (first == second)
        return true;
    // The runner names files as they really are, links resolved.
    const QString real = QFileInfo(second).canonicalFilePath();
    return !real.isEmpty() && real == QFileInfo(first).canonicalFilePath();
}

} // namespace loopscope
