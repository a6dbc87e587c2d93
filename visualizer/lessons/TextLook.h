// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

#include <QFont>
#include <QString>

class QTextDocument;

namespace loopscope {

/// Type and colours of a lesson's text: those of the window's theme, or those of paper.
struct TextLook
{
    QFont words;
    QFont code;
    Palette colours;
    qreal unit = 1; ///< a pixel at 100 %, in the document's pixels

    static TextLook ofTheme();
    /// Black on white, sized for A4.
    static TextLook ofPaper();
};

/// Fills a document with a lesson's Markdown (CommonMark with tables, no HTML): headings, code in mono with its words coloured, tables with
/// thin lines.
void setLessonMarkdown(QTextDocument &document, const QString &markdown, const TextLook &look);

/// Markdown within a line (`code`, **strong**, *emphasis*) as rich text, to be put between other texts.
QString lineToHtml(const QString &markdown, const TextLook &look);

/// A name or a line of output, whatever is in it, as code in Markdown (in a table, too).
QString codeInMarkdown(const QString &text);

/// A line of Markdown without any marks, as a screen reader says it.
QString lineToPlain(const QString &markdown);

} // namespace loopscope
