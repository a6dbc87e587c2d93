// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace loopscope {

/// What a run with simulated I/O did to a file, a folder or a link: as the recording's metadata lists it (docs/recording-format.md).
struct WrittenFile
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::WrittenFile)

public:
    enum class Change : quint8 { Made, Changed, Removed };
    enum class Type : quint8 { File, Folder, Link };

    QString path;
    Change change = Change::Made;
    Type type = Type::File;
    qint64 size = 0; ///< bytes of a file, at the end of the run
    QString target; ///< of a link
    quint64 since = 0; ///< the cursor from which on its first change is seen
    quint64 until = 0; ///< of its last change: from here on it is as at the end

    /// "made", "changed", "removed".
    QString changeWord() const;
    /// As the runner copied it below `folder` (`--written`).
    QString copyIn(const QString &folder) const { return folder + path; }

    static std::vector<WrittenFile> listOf(const QJsonObject &metadata);
};

/// Copies files as they were at the end of the run to another folder, which has to be new or empty, each to its whole path below it.
class WrittenExport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::WrittenExport)

public:
    /// `from`: the runner's copies. A sentence that says what failed and what to do; empty if all was copied.
    static QString copy(const std::vector<WrittenFile> &files, const QString &from, const QString &folder);
};

} // namespace loopscope
