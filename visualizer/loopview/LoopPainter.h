// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"
#include "loopview/LoopLayout.h"
#include "loopview/LoopTransition.h"

#include <QCoreApplication>

class QPainter;

namespace loopscope {

/// A moment of the loop as it is drawn: on its way from the one before, or arrived.
struct LoopPicture
{
    const LoopContents &contents;
    const LoopLayout &layout;
    const LoopContents &before; ///< what vanishes is drawn from here
    const LoopLayout &beforeLayout;
    const LoopTransition &transition; ///< empty once it has arrived
    qreal progress = 1; ///< part of the way, 0 to 1
    ShownItem selected; ///< the one that was asked about; Place::Nothing: none
};

/// Paints the loop: track, stations, the JavaScript thread, the pool, and on top of them what moves.
class LoopPainter
{
    Q_DECLARE_TR_FUNCTIONS(LoopPainter)
public:
    LoopPainter(QPainter &painter, const LoopPicture &picture);

    void paint();

private:
    void paintTrack();
    void paintStation(std::size_t index);
    void paintThread();
    void paintEmpty();
    void paintFrames();
    void paintFrame(const ItemBox &box, const LoopFrame &frame, bool isSelected);
    void paintPool();
    void paintBar(const QRectF &bar, const LoopThread &thread, bool isSelected);
    void paintQueue(const QueueBox &box, const ChipList &queue, LoopLayout::Place place, std::size_t station = 0);
    void paintChip(const ItemBox &box, const LoopItem &item, bool isSelected);
    void paintColumn(const ColumnBox &box, const QStringList &heads, Hue hue, const ChipList &queue, LoopLayout::Place place);
    void paintMoving();
    bool isSelected(LoopLayout::Place place, std::size_t station, std::size_t index) const;
    bool isMoving(LoopLayout::Place place, std::size_t station, std::size_t index) const;

    QPainter &m_painter;
    const LoopPicture &m_picture;
    const LoopContents &m_contents;
    const LoopLayout &m_layout;
};

/// The list of chips at a place; null where there are none.
const ChipList *chipsAt(const LoopContents &contents, LoopLayout::Place place, std::size_t station);

} // namespace loopscope
