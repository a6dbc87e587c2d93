// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TimelineDrawList.h"

#include <QColor>
#include <QHash>
#include <QString>

#include <array>

class QPainter;

namespace loopscope {

class SpanText;
struct Palette;

/// The colours of the inks in a theme.
class TimelineColours
{
public:
    explicit TimelineColours(const Palette &palette);
    const QColor &of(std::size_t ink) const { return m_colours[ink]; }

private:
    std::array<QColor, TimelineInk::count> m_colours;
};

/// Paints draw lists: one colour after the other, filled rectangles only, then the names that fit.
class TimelinePainter
{
public:
    /// At most so many names are looked up for one picture; the rest come with the next.
    static constexpr int mostNewNames = 200;

    /// Forgets names, when the recording is another one.
    void clear() { m_names.clear(); }
    /// The rows' corner is at the painter's origin. False if names are missing: paint again.
    bool paint(QPainter &painter, const TimelineDrawList &list, const SpanText *text);

private:
    bool paintNames(QPainter &painter, const TimelineDrawList &list, const SpanText &text, const TimelineColours &colours);

    QHash<quint64, QString> m_names; ///< by row and span
};

} // namespace loopscope
