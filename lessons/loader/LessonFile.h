// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace loopscope {

/// What the JSON files have in common that learners and teachers hand to each other: progress, bundles, submissions. Each says in `kind`
/// what it is, and in `format` how it is to be read; neither is written by hand, all may come from strangers.
class LessonFile
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonFile)

public:
    /// `kind`: "loopscope-progress"; `mostBytes`: larger files are refused before they are read.
    LessonFile(const QString &kind, int format, qint64 mostBytes);

    enum class Problem : quint8 { None, Unreadable, Damaged, Newer };

    /// The members, without `kind` and `format`. Nothing, with a sentence in `problem` that names the file, if it is no such file; `what`
    /// then tells whether to blame the file.
    std::optional<QJsonObject> read(const QString &path, QString *problem, Problem *what = nullptr) const;
    /// Empty, or the sentence why it cannot be written; a file that was there then still is.
    QString write(const QString &path, QJsonObject members) const;

private:
    std::optional<QJsonObject> parse(const QByteArray &content, const QString &path, QString *problem, Problem *what) const;

    QString m_kind;
    int m_format;
    qint64 m_mostBytes;
};

} // namespace loopscope
