// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// Copies a lesson's folder, so that a script can be tried in it without being changed where it is.
class FolderCopy
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::FolderCopy)

public:
    static constexpr int mostFiles = 2000;
    static constexpr qint64 mostBytes = 32 << 20;

    /// Ordinary files of the folder and of those in it; links are left out. An error sentence, empty if all was copied. `to` must exist.
    static QString copy(const QString &from, const QString &to);
    /// Writes a file whose folder is there. An error sentence, or empty.
    static QString write(const QString &path, const QByteArray &content);
};

} // namespace loopscope
