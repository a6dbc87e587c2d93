// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <functional>
#include <vector>

namespace loopscope {

/// An application that knows when a window was painted. GUI thread only.
class FrameWatch : public QApplication
{
public:
    using QApplication::QApplication;

    /// From now on every picture of this window counts. `painted` is called right after each with the time, in ms since the start of the
    /// program.
    void watch(const QWidget *window, std::function<void(double milliseconds)> painted);
    /// ms since the start of the program.
    double now() const;
    /// Lets the window work until `isDone` says so after some event; false if that takes longer than `patience` seconds.
    bool waitUntil(const std::function<bool()> &isDone, int patience = 60);
    /// Lets the window work until it has nothing to do any more (a tenth of a second without an event that takes a millisecond); gives when
    /// the last such event ended, in ms.
    double waitUntilQuiet(int patience = 60);
    /// The longest that one event held the window up since the last call, in ms.
    double takeLongestEvent();

    bool notify(QObject *receiver, QEvent *event) override;

private:
    const QWidget *m_window = nullptr;
    std::function<void(double)> m_painted;
    QElapsedTimer m_clock;
    double m_longest = 0;
    double m_lastWork = 0; ///< when the last event ended that took a millisecond
    int m_depth = 0;
};

/// The value below which the part `share` of the samples lies; not a number if there are none.
double percentile(std::vector<double> samples, double share);

/// Memory of this process in MiB: all of it that is in memory (with mapped files), and the part that is its own.
struct Memory
{
    double resident = 0;
    double own = 0;
    static Memory now();
};

} // namespace loopscope
