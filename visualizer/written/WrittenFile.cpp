// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "written/WrittenFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

namespace loopscope {

QString WrittenFile::changeWord() const
{
    return change == Change::Made ? tr("made") : change == Change::Changed ? tr("changed") : tr("removed");
}

std::vector<WrittenFile> WrittenFile::listOf(const QJsonObject &metadata)
{
    std::vector<WrittenFile> files;
    const QJsonArray list = metadata.value(QStringLiteral("written")).toArray();
    for (const QJsonValue &each : list) {
        const QJsonObject object = each.toObject();
        const QString change = object.value(QStringLiteral("change")).toString();
        WrittenFile file;
        file.path = object.value(QStringLiteral("path")).toString();
        if (!file.path.startsWith(u'/') || file.path.contains(QLatin1String("/../")))
            continue; // from a damaged recording
        file.change = change == QLatin1String("removed") ? Change::Removed
            : change == QLatin1String("changed")         ? Change::Changed
                                                         : Change::Made;
        file.target = object.value(QStringLiteral("target")).toString();
        file.type = object.value(QStringLiteral("type")).toString() == QLatin1String("folder") ? Type::Folder
            : file.target.isEmpty()                                                            ? Type::File
                                                                                               : Type::Link;
        file.size = object.value(QStringLiteral("size")).toInteger();
        file.since = static_cast<quint64>(object.value(QStringLiteral("since")).toInteger());
        file.until = static_cast<quint64>(object.value(QStringLiteral("until")).toInteger());
        files.push_back(file);
    }
    return files;
}

QString WrittenExport::copy(const std::vector<WrittenFile> &files, const QString &from, const QString &folder)
{
    const QDir target(folder);
    if (target.exists() && !target.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        return tr("The folder %1 is not empty. Choose a new or an empty one, so that nothing of yours is changed.").arg(folder);
    if (!QDir().mkpath(folder))
        return tr("The folder %1 cannot be made. Choose another place.").arg(folder);
    qsizetype left = 0;
    for (const WrittenFile &file : files) {
        if (file.change == WrittenFile::Change::Removed)
            continue;
        const QString source = file.copyIn(from);
        const QString copy = folder + file.path;
        if (file.type != WrittenFile::Type::Link && !QFileInfo::exists(source)) {
            ++left;
            continue;
        }
        const bool isThere = QDir().mkpath(file.type == WrittenFile::Type::Folder ? copy : QFileInfo(copy).path());
        QFile content(source);
        const bool isCopied = isThere
            && (file.type == WrittenFile::Type::Folder || (file.type == WrittenFile::Type::Link && QFile::link(file.target, copy))
                || (file.type == WrittenFile::Type::File && content.copy(copy)));
        if (!isCopied)
            return tr("%1 cannot be copied to %2: %3. Free some space or choose another folder.")
                .arg(file.path, copy, content.errorString());
    }
    if (left > 0)
        return tr("%Ln file(s) are too large to be kept for the window, and are missing. \"loopscope run SCRIPT --written FOLDER\" copies "
                  "them too.",
            nullptr, static_cast<int>(left));
    return {};
}

} // namespace loopscope
