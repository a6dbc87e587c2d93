// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TaskSpans.h"

#include <QAbstractSlider>

namespace loopscope {

class StateTimeline;

/// The slider over the recording: its iterations, what ran in them by colour, and the cursor in yellow. The value is the cursor; left is
/// the recording's first event, right its last so far. Keys as of any slider.
class CursorSlider : public QAbstractSlider
{
    Q_OBJECT
public:
    explicit CursorSlider(QWidget *parent = nullptr);

    /// Null empties it. The timeline must outlive its time here.
    void setTimeline(const StateTimeline *timeline);
    /// Takes in what the timeline has gained.
    void grow();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF groove() const;
    int valueAt(qreal x) const;
    qreal positionOf(int value) const;
    void paintIterations(QPainter &painter, const QRectF &row) const;
    void paintTasks(QPainter &painter, const QRectF &row) const;

    const StateTimeline *m_timeline = nullptr;
    TaskSpans m_spans;
};

} // namespace loopscope
