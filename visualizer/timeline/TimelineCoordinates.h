// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

#include <vector>

namespace loopscope {

class EventTimes;

/// What the horizontal axis counts.
enum class TimelineAxis : quint8 {
    Time, ///< ns of run time
    Events, ///< every event is as wide as any other: virtual time passes hundreds of them in one instant
};

/// From the axis to pixels and back: plain arithmetic, in the spirit of Qt Creator's timelinecoordinates.h. A value; widget-free.
///
/// The *whole* is what there is to see, from 0; the *window* is the part of it that is shown. Values are in units of the axis, pixels are
/// counted from the left edge of the drawing.
class TimelineCoordinates
{
public:
    /// `extent`: length of the whole. The window is the whole at first.
    void setExtent(double extent);
    void setWidth(int pixels);
    /// The shortest window: nothing is to be seen closer.
    void setShortest(double length);
    /// Shows [from, from + length), as far as there is anything.
    void show(double from, double length);
    void showWhole();
    /// Scales the window by 1 / factor around the value at this pixel, which stays where it is.
    void zoom(double factor, double aroundPixel);
    void pan(double pixels);
    /// Moves the window, as little as needed, until the value is inside with some room around it. False if it was.
    bool bringIn(double value);

    double extent() const { return m_extent; }
    int width() const { return m_width; }
    double from() const { return m_from; }
    double length() const { return m_length; }
    double to() const { return m_from + m_length; }
    bool showsWhole() const { return m_from <= 0 && m_length >= m_extent; }
    double toPixel(double value) const { return (value - m_from) / m_length * m_width; }
    double toValue(double pixel) const { return m_from + pixel / m_width * m_length; }

    /// Values at round distances (1, 2 or 5 times a power of ten) that stand at least so many pixels apart, from the window's first on.
    struct Ticks
    {
        double first = 0;
        double distance = 1;
    };
    Ticks ticks(double leastPixels) const;

private:
    void clamp();

    double m_extent = 1;
    double m_from = 0;
    double m_length = 1;
    double m_shortest = 1;
    int m_width = 1;
};

/// Which events stand in which column of pixels. Both axes are monotone in the events, so this table is all that drawing needs to know of
/// the axis, and a column costs one look-up however many events it holds.
class PixelColumns
{
public:
    void compute(const TimelineCoordinates &coordinates, TimelineAxis axis, const EventTimes &times);

    int width() const { return static_cast<int>(m_edges.size()) - 1; }
    TimelineAxis axis() const { return m_axis; }
    /// The first event that is not left of a column (0 to width()).
    quint64 edge(int column) const { return m_edges[static_cast<std::size_t>(column)]; }
    quint64 firstEvent() const { return m_edges.front(); }
    quint64 endEvent() const { return m_edges.back(); }
    /// The column in which an event begins: -1 left of the window, width() right of it.
    int columnOf(quint64 event) const;
    /// The column at which a span ends whose last event this is. In time that is where the event stands, else where it ends.
    int endColumnOf(quint64 last) const { return columnOf(m_axis == TimelineAxis::Events ? last + 1 : last); }

private:
    std::vector<quint64> m_edges{0};
    TimelineAxis m_axis = TimelineAxis::Time;
};

} // namespace loopscope
