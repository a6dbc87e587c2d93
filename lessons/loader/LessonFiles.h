// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <optional>

namespace loopscope {

/// The files of one folder, which are all that a lesson may name.
class LessonFiles
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonFiles)

public:
    static constexpr qint64 mostBytes = 1 << 20; ///< of a file

    /// `folder`: an absolute path.
    explicit LessonFiles(const QString &folder);

    const QString &folder() const { return m_folder; }
    bool has(const QString &name) const;
    /// The absolute path of a file that is named relative to the folder, is in it, also when links are followed, and can be read. Empty,
    /// with a sentence, if it is not so.
    QString find(const QString &name, QString *sentence) const;
    /// Its content, checked in the same way.
    std::optional<QByteArray> read(const QString &name, QString *sentence) const;

private:
    QString m_folder;
    QString m_realFolder; ///< without links
};

} // namespace loopscope
