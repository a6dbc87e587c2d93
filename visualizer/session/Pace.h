// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace loopscope {

/// How fast playing goes through a recording. It never changes what the script sees: the runner works ahead in its own time, and only the
/// cursor is held back.
struct Pace
{
    enum class Basis : quint8 {
        Unpaced, ///< as fast as it goes
        Events, ///< at factor 1 ten events a second, each for as long
        RunTime, ///< at factor 1 as long as the run itself took, on its own clock
    };
    static constexpr double eventsPerSecond = 10; ///< at factor 1: quick, and still to be followed by eye

    Basis basis = Basis::Unpaced;
    double factor = 1;

    bool isPaced() const { return basis != Basis::Unpaced; }
    bool operator==(const Pace &) const = default;
};

/// Where playing has got to: turns the time that passes into a number of events, or a moment of run time. Widget-free.
class Playhead
{
public:
    enum class Direction : qint8 { Back = -1, Forward = 1 };

    /// Starts at this pace from a moment, ns of run time.
    void start(Pace pace, quint64 runTime, Direction direction = Direction::Forward);
    Direction direction() const { return m_direction; }
    /// `seconds` have passed.
    void advance(double seconds);
    /// The whole events to be done, or undone, by now; the rest stays for later. By run time: always 0.
    quint64 takeEvents();
    /// By run time: what lies after this moment, in ns, is not due yet, or is undone.
    quint64 runTime() const { return m_runTime > 0 ? static_cast<quint64>(m_runTime) : 0; }
    /// By run time: playing back has come to the start.
    bool isAtStart() const { return m_runTime <= 0; }

private:
    Pace m_pace;
    Direction m_direction = Direction::Forward;
    double m_events = 0;
    double m_runTime = 0;
};

} // namespace loopscope
