// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/FolderCopy.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace loopscope {

QString FolderCopy::copy(const QString &from, const QString &to)
{
    const QDir source(from);
    const QDir target(to);
    int files = 0;
    qint64 bytes = 0;
    QDirIterator walk(from, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        const QString name = source.relativeFilePath(path);
        bytes += walk.fileInfo().size();
        if (++files > mostFiles || bytes > mostBytes)
            return tr("The lesson's folder is too big to try a script in it: it may have %1 files and %2 MB.")
                .arg(mostFiles)
                .arg(mostBytes >> 20);
        if (!target.mkpath(QFileInfo(name).path()) || !QFile::copy(path, target.filePath(name)))
            return tr("'%1' cannot be copied to '%2'; is there room on the disk?").arg(path, to);
    }
    return {};
}

QString FolderCopy::write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    // What was copied may be read-only.
    if (file.exists())
        file.remove();
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush())
        return {};
    return tr("'%1' cannot be written: %2.").arg(path, file.errorString());
}

} // namespace loopscope
