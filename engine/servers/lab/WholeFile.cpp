// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/WholeFile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace loopscope {

QString writeWholeFile(const QString &file, const QByteArray &content)
{
    // flush(): QSaveFile's commit() forgets why what was still in its buffer could not be written.
    const QFileInfo info(file);
    if (info.exists() && !info.isFile() && !info.isDir()) {
        QFile target(file);
        const bool isWritten = target.open(QIODevice::WriteOnly) && target.write(content) == content.size() && target.flush();
        return isWritten ? QString() : target.errorString();
    }
    QSaveFile target(file);
    const bool isWritten =
        target.open(QIODevice::WriteOnly) && target.write(content) == content.size() && target.flush() && target.commit();
    return isWritten ? QString() : target.errorString();
}

} // namespace loopscope
