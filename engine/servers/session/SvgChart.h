// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QPointF>
#include <QString>

#include <vector>

namespace loopscope {

/// A line chart as SVG, for files that are opened elsewhere: no fonts, scripts or style sheets of others. Colours are those of Okabe and
/// Ito, which people with any kind of colour vision tell apart; where there are several truths, each has dashes of its own.
class SvgChart
{
public:
    struct Line
    {
        QString name;
        LabRunName run; ///< its colour and dashes
        std::vector<QPointF> points; ///< by ascending x
        bool isStepped = false; ///< bars of a histogram: level from each point to the next
    };

    QString title;
    QString xTitle;
    QString yTitle;
    bool isXLogarithmic = false;
    bool isYLogarithmic = false;
    std::vector<Line> lines;

    static constexpr int width = 820;
    static constexpr int height = 300;

    /// The element <svg>, in the colour of the text around it; empty if there is nothing to draw.
    QString svg() const;
    /// Rules for a style sheet around such elements: lighter colours where the page is dark.
    static QString darkStyle();
    /// Charts below each other, on white.
    static QString svg(const std::vector<SvgChart> &charts);

private:
    QString group(int y) const;
    static QString picture(const QString &name, const QString &drawn, int pictureHeight);
};

} // namespace loopscope
