// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/WrittenFiles.h"

#include "io/SystemErrors.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

QString WrittenFiles::list() const
{
    const QString words[] = {tr("made"), tr("changed"), tr("removed")};
    QString text;
    for (const FileChange &change : m_changes) {
        QString path = QFile::decodeName(change.path);
        if (S_ISDIR(change.mode))
            path += QLatin1Char('/');
        else if (S_ISLNK(change.mode))
            path += QLatin1String(" -> ") + QFile::decodeName(m_files.linkTarget(change.path));
        const QString size = S_ISREG(change.mode) ? QString::number(change.size) : QString();
        text += QStringLiteral("%1 %2  %3\n").arg(words[static_cast<int>(change.kind)], -8).arg(size, 10).arg(path);
    }
    return text;
}

QJsonArray WrittenFiles::toJson() const
{
    constexpr qsizetype most = 10'000;
    static const QString kinds[] = {QStringLiteral("made"), QStringLiteral("changed"), QStringLiteral("removed")};
    QJsonArray list;
    for (const FileChange &change : m_changes) {
        if (list.size() == most)
            break;
        QJsonObject file{{QStringLiteral("path"), QFile::decodeName(change.path)},
            {QStringLiteral("change"), kinds[static_cast<int>(change.kind)]}, {QStringLiteral("since"), static_cast<qint64>(change.since)},
            {QStringLiteral("until"), static_cast<qint64>(change.until)}};
        if (S_ISDIR(change.mode))
            file.insert(QStringLiteral("type"), QStringLiteral("folder"));
        else if (S_ISLNK(change.mode))
            file.insert(QStringLiteral("target"), QFile::decodeName(m_files.linkTarget(change.path)));
        else if (S_ISREG(change.mode))
            file.insert(QStringLiteral("size"), change.size);
        list.append(file);
    }
    return list;
}

QString WrittenFiles::folderProblem(const QString &folder)
{
    const QDir directory(folder);
    if (!directory.exists())
        return QFile::exists(folder) ? tr("'%1' is not a folder.").arg(folder) : QString();
    const bool isEmpty = directory.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    return isEmpty ? QString() : tr("the folder '%1' is not empty; name a new one.").arg(folder);
}

int WrittenFiles::copy(const FileChange &change, const QByteArray &target) const
{
    if (S_ISDIR(change.mode))
        return ::mkdir(target.constData(), (change.mode & 0777U) | S_IRWXU) == 0 || errno == EEXIST ? 0 : -errno;
    if (S_ISLNK(change.mode))
        return ::symlink(m_files.linkTarget(change.path).constData(), target.constData()) == 0 ? 0 : -errno;
    const int descriptor = ::open(target.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, change.mode & 0777U);
    if (descriptor < 0)
        return -errno;
    const int error = m_files.copyContent(change.path, descriptor);
    ::close(descriptor);
    return error;
}

QString WrittenFiles::copyTo(const QString &folder, qint64 mostBytes) const
{
    if (const QString problem = folderProblem(folder); !problem.isEmpty())
        return problem;
    const QString root = QDir(folder).absolutePath();
    if (!QDir().mkpath(root))
        return tr("the folder '%1' cannot be made.").arg(folder);
    for (const FileChange &change : m_changes) {
        if (change.kind == FileChange::Kind::Removed || change.size > mostBytes)
            continue;
        mostBytes -= change.size;
        const QString target = root + QFile::decodeName(change.path);
        QDir().mkpath(target.section(QLatin1Char('/'), 0, -2));
        if (const int error = copy(change, QFile::encodeName(target)); error < 0)
            return tr("'%1' cannot be copied to '%2': %3.").arg(QFile::decodeName(change.path), target, systemErrorName(error).description);
    }
    return {};
}

} // namespace loopscope
