// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/FigureTable.h"
#include "servers/lab/ServerModel.h"

#include <QFrame>

#include <optional>

class QChart;
class QChartView;
class QHBoxLayout;
class QKeyEvent;
class QLabel;
class QLineSeries;
class QScatterSeries;
class QToolButton;

namespace loopscope {

/// A card of the Servers workspace that holds a chart: its title on top, controls beside it, and instead of the chart a sentence while
/// there is nothing to draw. Its values can be read one by one (arrows on the chart) and as a table.
class ChartCard : public QFrame
{
    Q_OBJECT
public:
    QChartView &view() const { return *m_view; }
    QString title() const;

    /// Draws what its record holds now.
    virtual void refresh() { }
    /// What is told at the cursor; null while it is hidden.
    QString reading() const;
    /// All that the chart draws, not folded to its pixels.
    virtual FigureTable table() const = 0;
    /// Opens that in a window of its own.
    void showTable();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return false; } ///< though the sentence in an empty one is wrapped

protected:
    ChartCard(const QString &title, const QString &unit, const QString &emptyText, QWidget *parent);

    QChart &chart() const { return *m_chart; }
    /// Puts a control into the head, before the one that shows the table.
    void addToHead(QWidget *control);
    void setUnit(const QString &unit);
    void setEmpty(bool isEmpty);
    void setEmptyText(const QString &text);
    bool isEmpty() const { return m_isEmpty; }
    /// Colours and fonts of chart and axes; again for axes that were added since.
    virtual void applyTheme();
    /// What the mouse at this place of the chart's x axis is told of; null for nothing.
    virtual QString textAt(double x) const = 0;
    /// The place of the x axis that an arrow key goes to from `x`: `direction` 1 right, -1 left.
    virtual double neighbour(double x, int direction) const;
    /// A person clicked there, or pressed Enter. False: there is nothing to choose.
    virtual bool choose(double x);
    bool eventFilter(QObject *watched, QEvent *event) override;

    /// A line in the model's colour.
    static void styleLine(QLineSeries &line, ServerModel model, Qt::PenStyle style, double width);
    /// A few marks on it, of the model's shape, so that it is known without its colour.
    static void styleMarks(QScatterSeries &marks, ServerModel model);

private:
    void showCursor(double x);
    void hideCursor();
    void moveCursor(QKeyEvent &event);
    std::optional<double> valueUnder(const QPoint &viewportPlace) const;

    QString m_title;
    QLabel *m_titleLabel;
    QHBoxLayout *m_head;
    QToolButton *m_table;
    QChart *m_chart;
    QChartView *m_view;
    QLabel *m_empty;
    QFrame *m_cursorLine; ///< on the chart, as is the reading beside it
    QLabel *m_reading;
    std::optional<double> m_cursor; ///< of the x axis
    bool m_isEmpty = true;
};

} // namespace loopscope
