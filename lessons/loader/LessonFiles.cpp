// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonFiles.h"

#include "servers/lab/NearName.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace loopscope {

LessonFiles::LessonFiles(const QString &folder)
    : m_folder(folder)
    , m_realFolder(QFileInfo(folder).canonicalFilePath())
{
}

bool LessonFiles::has(const QString &name) const { return QFileInfo(QDir(m_folder).filePath(name)).isFile(); }

QString LessonFiles::find(const QString &name, QString *sentence) const
{
    if (name.isEmpty() || QDir::isAbsolutePath(name) || name.contains(QChar::Null)) {
        *sentence = tr("'%1' is no name of a file in the lesson's folder; write one such as 'script.js'.").arg(name.left(100));
        return {};
    }
    const QString path = QDir::cleanPath(QDir(m_folder).absoluteFilePath(name));
    const QFileInfo info(path);
    const QString leaves = tr("'%1' leaves the lesson's folder; put the file into the folder.").arg(name.left(100));
    // Names are looked at first: whether there is a file outside is nobody's business.
    if (!path.startsWith(m_folder + QLatin1Char('/'))) {
        *sentence = leaves;
        return {};
    }
    if (!info.exists()) {
        const QStringList names = QDir(info.path()).entryList(QDir::Files);
        *sentence =
            tr("the file '%1' is missing.%2 Write it, or name another.").arg(name.left(100), nearNameQuestion(info.fileName(), names));
        return {};
    }
    if (!info.canonicalFilePath().startsWith(m_realFolder + QLatin1Char('/'))) {
        *sentence = leaves;
        return {};
    }
    if (!info.isFile() || !info.isReadable()) {
        *sentence = tr("'%1' is no file that can be read.").arg(name.left(100));
        return {};
    }
    if (info.size() > mostBytes) {
        *sentence =
            tr("'%1' has %2 bytes; a lesson's file may have %3. Make it smaller.").arg(name.left(100)).arg(info.size()).arg(mostBytes);
        return {};
    }
    return path;
}

std::optional<QByteArray> LessonFiles::read(const QString &name, QString *sentence) const
{
    const QString path = find(name, sentence);
    if (path.isEmpty())
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *sentence = tr("'%1' cannot be read: %2.").arg(name, file.errorString());
        return std::nullopt;
    }
    return file.read(mostBytes); // also of a file that grew meanwhile
}

} // namespace loopscope
