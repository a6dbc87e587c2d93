// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"
#include "loopview/LoopLayout.h"

#include <QWidget>

namespace loopscope {

/// Paints the loop: six stations on their track, the JavaScript thread inside, thread pool and I/O below. Says what was clicked; knows
/// nothing of recordings.
class LoopView : public QWidget
{
    Q_OBJECT
public:
    explicit LoopView(QWidget *parent = nullptr);

    void setContents(LoopContents contents);
    const LoopContents &contents() const { return m_contents; }
    const LoopLayout &geometryOfParts() const { return m_layout; }

    QSize sizeHint() const override { return {620, 560}; }
    QSize minimumSizeHint() const override { return {420, 300}; }

Q_SIGNALS:
    /// A chip or frame was double-clicked: its place in the source is wanted.
    void siteActivated(SiteId site);
    /// A chip was chosen, by click or keys; 0 if none is any more.
    void itemSelected(SubjectId subject);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void relayout();
    void paintEmpty(QPainter &painter) const;
    void paintTrack(QPainter &painter) const;
    void paintStation(QPainter &painter, std::size_t index) const;
    void paintThread(QPainter &painter) const;
    void paintFrames(QPainter &painter) const;
    void paintPool(QPainter &painter) const;
    void paintQueue(QPainter &painter, const QueueBox &box, const ChipList &queue) const;
    void paintChip(QPainter &painter, const ItemBox &box, const LoopItem &item) const;
    void paintColumn(QPainter &painter, const ColumnBox &box, const QString &head, Hue hue, const ChipList &queue) const;
    void select(SubjectId subject);
    /// The chips that are shown, in reading order.
    std::vector<const LoopItem *> shownItems() const;
    const LoopItem *itemOf(const LoopLayout::Hit &hit) const;
    QString describe() const;

    LoopContents m_contents;
    LoopLayout m_layout;
    SubjectId m_selected = 0;
};

} // namespace loopscope
