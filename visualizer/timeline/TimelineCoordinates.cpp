// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineCoordinates.h"

#include "timeline/EventTimes.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double kRoomAtEdge = 0.08; ///< of the window, beside a value that was brought in

} // namespace

void TimelineCoordinates::setExtent(double extent)
{
    const bool whole = showsWhole();
    m_extent = std::max(extent, 1.0);
    if (whole)
        showWhole();
    clamp();
}

void TimelineCoordinates::setWidth(int pixels) { m_width = std::max(pixels, 1); }

void TimelineCoordinates::setShortest(double length)
{
    m_shortest = length;
    clamp();
}

void TimelineCoordinates::show(double from, double length)
{
    m_from = from;
    m_length = length;
    clamp();
}

void TimelineCoordinates::showWhole() { show(0, m_extent); }

void TimelineCoordinates::zoom(double factor, double aroundPixel)
{
    const double value = toValue(aroundPixel);
    const double length = std::clamp(m_length / factor, std::min(m_shortest, m_extent), m_extent);
    show(value - aroundPixel / m_width * length, length);
}

void TimelineCoordinates::pan(double pixels) { show(m_from + pixels / m_width * m_length, m_length); }

bool TimelineCoordinates::bringIn(double value)
{
    if (value >= m_from && value <= to())
        return false;
    const double room = m_length * kRoomAtEdge;
    show(value < m_from ? value - room : value + room - m_length, m_length);
    return true;
}

void TimelineCoordinates::clamp()
{
    m_length = std::clamp(m_length, std::min(m_shortest, m_extent), m_extent);
    m_from = std::clamp(m_from, 0.0, m_extent - m_length);
}

TimelineCoordinates::Ticks TimelineCoordinates::ticks(double leastPixels) const
{
    const double least = leastPixels / m_width * m_length;
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    double distance = power * 10;
    for (const double step : {1.0, 2.0, 5.0}) {
        if (power * step >= least) {
            distance = power * step;
            break;
        }
    }
    distance = std::max(distance, 1.0); // half an event and half a nanosecond are nothing
    return {std::ceil(m_from / distance) * distance, distance};
}

void PixelColumns::compute(const TimelineCoordinates &coordinates, TimelineAxis axis, const EventTimes &times)
{
    m_axis = axis;
    m_edges.resize(static_cast<std::size_t>(coordinates.width()) + 1);
    for (std::size_t column = 0; column < m_edges.size(); ++column) {
        const double value = std::max(std::ceil(coordinates.toValue(static_cast<double>(column))), 0.0);
        const auto whole = static_cast<quint64>(value);
        m_edges[column] = axis == TimelineAxis::Events ? std::min(whole, times.count()) : times.firstFrom(whole);
    }
    // The last moment belongs to the last column.
    if (coordinates.to() >= coordinates.extent())
        m_edges.back() = times.count();
}

int PixelColumns::columnOf(quint64 event) const
{
    return static_cast<int>(std::upper_bound(m_edges.begin(), m_edges.end(), event) - m_edges.begin()) - 1;
}

} // namespace loopscope
