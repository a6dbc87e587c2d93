// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/RecordingIndex.h"

#include <QCoreApplication>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QWidget;

namespace loopscope {

class RunSession;
class StateTimeline;
class Stepper;

/// A walk through a recording as pictures: from one cursor to another, by steps of one kind.
struct Walk
{
    quint64 from = 0; ///< a cursor, as all here
    quint64 to = 0;
    Landmark step = Landmark::TaskBegun;
    int pictureTime = 1200; ///< ms that each picture stays

    /// The cursors to show: `from`, each step behind it that is not beyond `to`, and `to`.
    std::vector<quint64> stops(const StateTimeline &timeline) const;
};

/// Walks the real window and keeps what it shows: as an animated WebP, or as numbered PNGs in a folder for slides.
class WalkExport
{
    Q_DECLARE_TR_FUNCTIONS(WalkExport)
public:
    /// More pictures than this are refused: nobody watches them, and they would fill the disk.
    static constexpr std::size_t picturesAtMost = 2000;

    /// `view` is what is drawn; the stepper moves it. All must outlive this.
    WalkExport(QWidget &view, Stepper &stepper, const RunSession &session)
        : m_view(view)
        , m_stepper(stepper)
        , m_session(session)
    {
    }

    /// Called before each picture; false ends it.
    using Progress = std::function<bool(std::size_t done, std::size_t all)>;
    /// `target` ends in ".webp", or is a folder, which is made. The cursor returns to where it was. An empty string if it went well, else
    /// why not, as a sentence.
    QString write(const Walk &walk, const QString &target, const Progress &progress = {});

    /// "callback", "event", ... as on the command line.
    static std::optional<Landmark> stepNamed(const QString &name);
    static QStringList stepNames();

private:
    QString writeAnimation(const std::vector<quint64> &stops, const Walk &walk, const QString &path, const Progress &progress);
    QString writePictures(const std::vector<quint64> &stops, const Walk &walk, const QString &folder, const Progress &progress);
    void show(quint64 stop, Landmark step);

    QWidget &m_view;
    Stepper &m_stepper;
    const RunSession &m_session;
};

} // namespace loopscope
