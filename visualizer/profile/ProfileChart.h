// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ChartCard.h"
#include "theme/Palette.h"

#include <functional>
#include <vector>

class QAbstractAxis;
class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace loopscope {

/// A share of something, for a stretch of the x axis.
struct ChartBar
{
    double from = 0; ///< ms
    double to = 0; ///< ms, above `from`
    double share = 0; ///< percent
};

/// Bars beside each other: how shares are spread over lengths, or how one changes with the time.
class ProfileChart : public ChartCard
{
    Q_OBJECT
public:
    enum class Scale : quint8 { Linear, Logarithmic };
    struct Words
    {
        QString title;
        QString unit;
        QStringList columns; ///< of the table: from, to, share
        std::function<QString(const ChartBar &)> reading; ///< what is told of a bar
    };

    ProfileChart(Words words, Scale scale, Hue hue, QWidget *parent = nullptr);

    /// In the order of the x axis, without gaps; on a logarithmic axis all above 0.
    void setBars(std::vector<ChartBar> bars);
    const std::vector<ChartBar> &bars() const { return m_bars; }
    FigureTable table() const override;

protected:
    void applyTheme() override;
    QString textAt(double x) const override;
    double neighbour(double x, int direction) const override;

private:
    std::vector<ChartBar>::const_iterator barAt(double x) const;
    double middleOf(const ChartBar &bar) const;

    Words m_words;
    Scale m_scale;
    Hue m_hue;
    QAbstractAxis *m_xAxis;
    QValueAxis *m_shareAxis;
    QLineSeries *m_upper; ///< of the area
    QAreaSeries *m_area;
    std::vector<ChartBar> m_bars;
};

} // namespace loopscope
