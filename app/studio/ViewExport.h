// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

class QImage;
class QWidget;

namespace loopscope {

/// Pictures of views in files: PNG with twice the pixels of a plain screen, or SVG with its texts as texts. GUI thread.
class ViewExport
{
    Q_DECLARE_TR_FUNCTIONS(ViewExport)
public:
    /// Writes what the view shows; the file's suffix says how. A PNG gets `scale` pixels for each of the view's.
    /// An empty string if it went well, else why not, as a sentence.
    static QString write(QWidget &view, const QString &path, qreal scale = 2);
    /// The view as it is shown, `scale` pixels for each of its own.
    static QImage picture(QWidget &view, qreal scale);
    /// For file choosers.
    static QString fileFilter();
};

} // namespace loopscope
