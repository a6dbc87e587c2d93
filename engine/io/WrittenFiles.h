// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OverlayFileSystem.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QString>

#include <limits>

namespace loopscope {

/// Shows what a run wrote in memory: as a list, and as real files in a folder of their own.
class WrittenFiles
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::WrittenFiles)

public:
    explicit WrittenFiles(OverlayFileSystem &files)
        : m_files(files)
        , m_changes(files.changes())
    {
    }

    /// One line a file, folder or link: "made     12  /home/a/out.txt".
    QString list() const;
    /// The same for a recording's metadata, without more than the first 10,000: docs/recording-format.md.
    QJsonArray toJson() const;
    /// Copies all that was made or changed below `folder`, each to its whole path: /home/a/out.txt becomes FOLDER/home/a/out.txt. Files
    /// that would make it more than `mostBytes` are left out. A sentence if that failed, else empty.
    QString copyTo(const QString &folder, qint64 mostBytes = std::numeric_limits<qint64>::max()) const;
    /// A sentence if copyTo could not be given this folder, which has to be empty or new: a link of before in it might lead out of it.
    static QString folderProblem(const QString &folder);

private:
    int copy(const FileChange &change, const QByteArray &target) const;

    OverlayFileSystem &m_files;
    std::vector<FileChange> m_changes;
};

} // namespace loopscope
