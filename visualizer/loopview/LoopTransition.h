// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"
#include "loopview/LoopLayout.h"

#include <QPointF>

#include <vector>

namespace loopscope {

/// How the loop view gets from one moment to the next: which things move, appear and vanish, and along which way. Plain values, made of
/// the two moments' contents and layouts; knows no time and no widgets.
///
/// A thing is known by its subject: a timer that leaves its station and starts to run is the same as the frame it becomes, a request
/// that leaves the queue the same as the one a thread works on. What is new comes from the frame that was on top: its code made it.
class LoopTransition
{
public:
    /// A chip, frame or thread's bar that does not stand still.
    struct Move
    {
        enum class Kind : quint8 { Moves, Appears, Vanishes };
        Kind kind = Kind::Moves;
        LoopLayout::Place place = LoopLayout::Place::Nothing; ///< where it stands at the end; of what vanishes, where it stood
        std::size_t station = 0;
        std::size_t index = 0; ///< in its list, of the contents of the end; of what vanishes, of those of the beginning
        QRectF from;
        QRectF to;

        /// Where it is after the part `progress` (0 to 1) of the way, and how much it is there.
        QRectF rectAt(qreal progress) const;
        qreal opacityAt(qreal progress) const;
    };

    /// Nothing moves if either moment shows an empty loop, or if the views differ in size.
    static LoopTransition between(
        const LoopContents &before, const LoopLayout &beforeLayout, const LoopContents &now, const LoopLayout &nowLayout);

    bool isEmpty() const { return m_moves.empty(); }
    const std::vector<Move> &moves() const { return m_moves; }
    /// True if this item of the end is on its way, so that it is not also drawn at its end.
    bool isMoving(LoopLayout::Place place, std::size_t station, std::size_t index) const;

private:
    std::vector<Move> m_moves;
};

/// Something that is shown, with all that identifies it. In reading order: stations, call stack, queues, pool.
struct ShownItem
{
    LoopLayout::Place place = LoopLayout::Place::Nothing;
    std::size_t station = 0;
    std::size_t index = 0; ///< in its list
    SubjectId subject = 0;
    SiteId site = 0;
    QRectF rect;
};
std::vector<ShownItem> shownItems(const LoopContents &contents, const LoopLayout &layout);

} // namespace loopscope
