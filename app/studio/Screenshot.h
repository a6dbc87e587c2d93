// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "WalkExport.h"

#include <QSize>
#include <QString>

#include <optional>

namespace loopscope {

class MainWindow;

/// What `--screenshot` or `--export-walk` asks for.
struct ScreenshotRequest
{
    bool showsLessons = false; ///< `file` is a folder of lessons or a bundle, or empty for the course that comes with the program
    QString lesson; ///< empty: the list
    QString step; ///< empty: the first
    QString imagePath; ///< of a single picture; .png or .svg
    QString walkTarget; ///< instead: a folder, or a .webp file
    QString file; ///< a script, which is run, or a recording; empty: the empty window
    bool showsProfile = false; ///< the Profile workspace, of the file
    QString with; ///< with showsProfile: the recording of the run after, `file` is the one before
    QString chart; ///< with showsProfile: one of ProfileView::pictures() alone
    QString page; ///< with showsProfile: one of ProfileView::pages()
    QString servers; ///< instead: the path of a scenario or the name of a preset, in the Servers workspace
    qint64 follow = 0; ///< there: number of a request; 0: none
    QSize size{1440, 900};
    std::optional<quint64> cursor; ///< the end if not given
    Walk walk; ///< with walkTarget; its `to` is cut at the end
};

/// Runs the file in the real window until it ends (or has recorded enough), moves the cursor and writes the picture or the walk. The
/// program's exit code; what went wrong is written to stderr.
int takeScreenshot(MainWindow &window, const ScreenshotRequest &request);

} // namespace loopscope
