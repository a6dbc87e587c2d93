// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace loopscope {

/// The stretch of time that all lanes and charts of the workspace's cards show at once: the latest, or one that a person went to.
class LaneWindow : public QObject
{
    Q_OBJECT
public:
    static constexpr double least = 1e-4; ///< seconds in sight
    static constexpr double most = 7200;

    using QObject::QObject;

    double span() const { return m_span; }
    double end() const { return m_end; }
    double begin() const { return m_end - m_span; }
    /// True while it stays at the newest moment.
    bool follows() const { return m_follows; }
    /// The run has come to `time`; moves the window if it follows. Other models are told up to `newest`.
    void advance(double time, double newest);
    /// By a factor, around a moment.
    void zoom(double factor, double around);
    void pan(double seconds);
    void setFollows(bool follows);
    /// Shows a stretch, and stays there.
    void show(double from, double to);

Q_SIGNALS:
    void changed();

private:
    double m_span = 0.5;
    double m_end = 0;
    double m_followed = 0; ///< where it ends while it follows
    double m_newest = 0;
    bool m_follows = true;
};

} // namespace loopscope
