// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/CourseRows.h"
#include "shell/PaintedItems.h"

#include <QWidget>

namespace loopscope {

/// The lessons of a course, one below the other: number, title, what one can do after it, and a sign for each step. Arrows go through them,
/// Enter or a click begins one. As high as it needs to be.
class CourseList : public QWidget, public PaintedItems
{
    Q_OBJECT
public:
    explicit CourseList(QWidget *parent = nullptr);

    void setRows(const QList<CourseRow> &rows);
    const QList<CourseRow> &rows() const { return m_rows; }

    int itemCount() override { return static_cast<int>(m_rows.size()); }
    QString itemName(int item) override;
    QRect itemRect(int item) override;
    int chosenItem() override { return m_current; }
    void chooseItem(int item) override;
    void openItem(int item) override;

    QSize sizeHint() const override;

Q_SIGNALS:
    void lessonChosen(const QString &name);
    /// The keyboard went there.
    void currentMoved(const QRect &rect);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void layOut();
    int itemAt(const QPoint &point) const;
    void paintRow(QPainter &painter, int item) const;
    void paintSteps(QPainter &painter, const CourseRow &row, const QRect &rect) const;
    int sideWidth() const;

    QList<CourseRow> m_rows;
    QList<QRect> m_rects;
    int m_current = -1;
    int m_hovered = -1;
};

} // namespace loopscope
