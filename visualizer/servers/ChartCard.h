// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/ServerModel.h"

#include <QFrame>

class QChart;
class QChartView;
class QHBoxLayout;
class QLabel;
class QLineSeries;
class QScatterSeries;

namespace loopscope {

/// A card of the Servers workspace that holds a chart: its title on top, controls beside it, and instead of the chart a sentence while
/// there is nothing to draw.
class ChartCard : public QFrame
{
    Q_OBJECT
public:
    QChartView &view() const { return *m_view; }
    QString title() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    ChartCard(const QString &title, const QString &unit, const QString &emptyText, QWidget *parent);

    QChart &chart() const { return *m_chart; }
    QHBoxLayout *head() const { return m_head; }
    void setUnit(const QString &unit);
    void setEmpty(bool isEmpty);
    void setEmptyText(const QString &text);
    bool isEmpty() const { return m_isEmpty; }
    /// Colours and fonts of chart and axes; again for axes that were added since.
    virtual void applyTheme();
    /// What the mouse at this place of the chart's x axis is told of; null for nothing.
    virtual QString textAt(double x) const = 0;
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// A line in the model's colour.
    static void styleLine(QLineSeries &line, ServerModel model, Qt::PenStyle style, double width);
    /// A few marks on it, of the model's shape, so that it is known without its colour.
    static void styleMarks(QScatterSeries &marks, ServerModel model);

private:
    QString m_title;
    QLabel *m_titleLabel;
    QHBoxLayout *m_head;
    QChart *m_chart;
    QChartView *m_view;
    QLabel *m_empty;
    bool m_isEmpty = true;
};

} // namespace loopscope
