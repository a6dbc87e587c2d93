// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonTemplate.h"

#include "servers/lab/WholeFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace loopscope {

QString LessonTemplate::write(const QString &folder)
{
    const QDir target(folder);
    if (QFileInfo::exists(folder)
        && (!QFileInfo(folder).isDir() || !target.isEmpty(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot)))
        return tr("'%1' is there already and not empty: name a new folder, nothing is written over.").arg(folder);
    if (!QDir().mkpath(folder))
        return tr("the folder '%1' cannot be made; may you write there?").arg(folder);
    const QDir source(QStringLiteral(":/lessons/template"));
    const QStringList names = source.entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(source.filePath(name));
        const QString error = file.open(QIODevice::ReadOnly) ? writeWholeFile(target.filePath(name), file.readAll()) : file.errorString();
        if (!error.isNull())
            return tr("the file '%1' cannot be written: %2.").arg(target.filePath(name), error);
    }
    return {};
}

} // namespace loopscope
