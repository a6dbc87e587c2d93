// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace loopscope {

/// Widgets in rows of equally wide columns, as many as have room; each row is as high as its highest. For cards side by side.
class CardGrid : public QWidget
{
    Q_OBJECT
public:
    /// `leastWidth`: of a column, at 100 % text size.
    explicit CardGrid(int leastWidth, QWidget *parent = nullptr);

    /// Appends it; it belongs to the grid.
    void add(QWidget *card);
    /// Deletes all.
    void clear();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    int columnsFor(int width) const;
    int place(int width, bool isApplied) const;

    int m_leastWidth;
    QList<QWidget *> m_cards;
};

} // namespace loopscope
