// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

class QMenuBar;

namespace loopscope {

/// Every key of the window, and what colours and signs mean: what the dialog of the keys shows, and a page to print. GUI thread.
class KeySheet
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::KeySheet)
public:
    struct Row
    {
        QString key; ///< of a sign that is no picture: the sign
        QString text;
        Hue hue = Hue::Structure; ///< of a kind: its picture stands for the key
        bool isNow = false; ///< it stands in the colour of the present moment
    };
    struct Section
    {
        QString title;
        QList<Row> rows;
    };

    /// Those of the menus, by menu, then those of the views, then the kinds.
    static QList<Section> sections(const QMenuBar &menus);
    /// Pages of A4 in three columns, black on white. An empty string if it went well, else why not, as a sentence.
    static QString writePdf(const QList<Section> &sections, const QString &path);

private:
    static QList<Row> viewRows();
    static QList<Row> timelineRows();
    static QList<Row> flameRows();
    static QList<Row> lessonRows();
    static QList<Row> kindRows();
};

} // namespace loopscope
