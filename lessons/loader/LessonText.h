// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace loopscope {

/// lesson.md, cut at the headings that end in `{#id}`. Plain.
struct LessonText
{
    struct Section
    {
        QString id;
        QString title; ///< of the heading, without its id
        QString text; ///< up to the next such heading, trimmed
        int line = 0; ///< of the heading, from 1
    };
    QString introduction; ///< before the first, trimmed
    QList<Section> sections;

    /// Takes any text; headings in code blocks are none.
    static LessonText parse(const QString &markdown);
};

} // namespace loopscope
