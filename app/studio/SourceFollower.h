// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LineTimesHistory.h"

#include <QObject>
#include <QTimer>

namespace loopscope {

class RunSession;
class SourceEditor;
class SourcePane;
class Stepper;

/// What the source shows beyond the current line: where the run goes next, how long each line ran, and what variables hold.
class SourceFollower : public QObject
{
    Q_OBJECT
public:
    /// All must outlive this.
    SourceFollower(const RunSession &session, const Stepper &stepper, SourcePane &source, QObject *parent = nullptr);

    /// The cursor moved, or another file is shown.
    void refresh();
    /// Whether the heat margin shows what lines took in the whole recording, rather than up to the cursor.
    void setHeatsWhole(bool heatsWhole);
    /// All that is recorded is in the lines' times.
    bool isCaughtUp() const;

private:
    void follow(SourceEditor &editor);
    void sessionReplaced();
    void takeIn();
    void showNextLine();
    void showTimes();
    const LineTimes &shownTimes();
    /// The value of a variable where the script stands.
    QString valueText(const QString &name, int line) const;

    const RunSession &m_session;
    const Stepper &m_stepper;
    SourcePane &m_source;
    LineTimesHistory m_times;
    bool m_heatsWhole = false;
    QTimer m_takeIn;
    QTimer m_showTimes; ///< sums over all lines are for the eye only: a few a second will do
};

} // namespace loopscope
