// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/RunnerPath.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace loopscope {

QString runnerPath()
{
    const QString name = QStringLiteral("loopscope");
    const QFileInfo own(QCoreApplication::applicationFilePath());
    if (own.fileName() == name)
        return own.filePath();
    const QString folder = qEnvironmentVariable("LOOPSCOPE_BIN");
    return QDir(folder.isEmpty() ? own.path() : folder).absoluteFilePath(name);
}

} // namespace loopscope
