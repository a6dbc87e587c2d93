// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopTransition.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace loopscope {

namespace {

using Kind = LoopTransition::Move::Kind;
using Place = LoopLayout::Place;

/// Shorter ways are no motion anybody sees.
constexpr qreal kSeen = 1.5; // pixels

void addQueue(std::vector<ShownItem> &all, const QueueBox &box, const ChipList &queue, Place place, std::size_t station = 0)
{
    for (const ItemBox &item : box.items) {
        const LoopItem &chip = queue.items.at(item.index);
        all.push_back({place, station, item.index, chip.subject, chip.site, item.rect});
    }
}

/// The lists of a moment, with where they are.
struct PlacedList
{
    const ChipList *list;
    Place place;
    std::size_t station;
};

std::vector<PlacedList> listsOf(const LoopContents &contents)
{
    std::vector<PlacedList> lists{{&contents.ticks, Place::Tick, 0}, {&contents.microtasks, Place::Microtask, 0},
        {&contents.poolQueue, Place::PoolQueue, 0}, {&contents.kernel, Place::Kernel, 0}};
    for (std::size_t i = 0; i < contents.stations.size(); ++i)
        lists.push_back({&contents.stations.at(i).queue, Place::Station, i});
    return lists;
}

/// Everything that is there, also what finds no room.
QSet<SubjectId> namedIn(const LoopContents &contents)
{
    QSet<SubjectId> named;
    for (const PlacedList &each : listsOf(contents)) {
        for (const LoopItem &item : each.list->items)
            named.insert(item.subject);
    }
    for (const LoopFrame &frame : contents.frames)
        named.insert(frame.subject);
    return named;
}

/// True if more waited in this list than is named, so that nobody knows what is new in it.
bool wasCut(const LoopContents &before, Place place, std::size_t station)
{
    for (const PlacedList &each : listsOf(before)) {
        if (each.place == place && each.station == station)
            return static_cast<qsizetype>(each.list->items.size()) < each.list->total;
    }
    return false;
}

QPointF between(QPointF from, QPointF to, qreal progress) { return from + (to - from) * progress; }

} // namespace

std::vector<ShownItem> shownItems(const LoopContents &contents, const LoopLayout &layout)
{
    std::vector<ShownItem> all;
    for (std::size_t i = 0; i < layout.stations.size(); ++i)
        addQueue(all, layout.stations.at(i).queue, contents.stations.at(i).queue, Place::Station, i);
    for (const ItemBox &box : layout.frames) {
        const LoopFrame &frame = contents.frames.at(box.index);
        all.push_back({Place::Frame, 0, box.index, frame.subject, frame.site, box.rect});
    }
    addQueue(all, layout.ticks.queue, contents.ticks, Place::Tick);
    addQueue(all, layout.microtasks.queue, contents.microtasks, Place::Microtask);
    for (std::size_t i = 0; i < layout.threads.size() && i < contents.threads.size(); ++i) {
        if (contents.threads.at(i).subject != 0)
            all.push_back({Place::Thread, 0, i, contents.threads.at(i).subject, contents.threads.at(i).site, layout.threads.at(i).bar});
    }
    addQueue(all, layout.poolQueue.queue, contents.poolQueue, Place::PoolQueue);
    addQueue(all, layout.kernel.queue, contents.kernel, Place::Kernel);
    return all;
}

QRectF LoopTransition::Move::rectAt(qreal progress) const
{
    return {loopscope::between(from.topLeft(), to.topLeft(), progress), loopscope::between(from.bottomRight(), to.bottomRight(), progress)};
}

qreal LoopTransition::Move::opacityAt(qreal progress) const
{
    switch (kind) {
    case Kind::Moves:
        return 1;
    case Kind::Appears:
        return 0.25 + 0.75 * progress;
    case Kind::Vanishes:
        return 1 - progress;
    }
    return 1;
}

LoopTransition LoopTransition::between(
    const LoopContents &before, const LoopLayout &beforeLayout, const LoopContents &now, const LoopLayout &nowLayout)
{
    LoopTransition transition;
    // After a resize or a change of the text's size nothing stands where it stood.
    const bool isSameView = beforeLayout.size == nowLayout.size && beforeLayout.scale == nowLayout.scale;
    if (before.isEmpty || now.isEmpty || !isSameView)
        return transition;
    const std::vector<ShownItem> earlier = shownItems(before, beforeLayout);
    const std::vector<ShownItem> later = shownItems(now, nowLayout);
    QHash<SubjectId, const ShownItem *> known;
    for (const ShownItem &item : earlier) {
        if (item.subject != 0)
            known.insert(item.subject, &item);
    }
    const QSet<SubjectId> namedEarlier = namedIn(before);
    const QSet<SubjectId> namedLater = namedIn(now);
    const QRectF maker = beforeLayout.frames.empty() ? QRectF() : beforeLayout.frames.front().rect;
    for (const ShownItem &item : later) {
        if (item.subject == 0)
            continue;
        const ShownItem *was = known.take(item.subject);
        Move move{Kind::Moves, item.place, item.station, item.index, was != nullptr ? was->rect : QRectF(), item.rect};
        if (was != nullptr) {
            if ((was->rect.topLeft() - item.rect.topLeft()).manhattanLength() < kSeen)
                continue;
        } else {
            // What slides into the shown part of a long queue was there before.
            if (namedEarlier.contains(item.subject) || wasCut(before, item.place, item.station))
                continue;
            move.kind = Kind::Appears;
            const bool isFromCode = !maker.isNull() && item.place != Place::Frame && item.place != Place::Thread;
            move.from = isFromCode ? QRectF(maker.topLeft(), item.rect.size()) : item.rect;
        }
        transition.m_moves.push_back(move);
    }
    for (const ShownItem &item : earlier) {
        const auto gone = known.constFind(item.subject);
        if (gone != known.constEnd() && *gone == &item && !namedLater.contains(item.subject))
            transition.m_moves.push_back({Kind::Vanishes, item.place, item.station, item.index, item.rect, item.rect});
    }
    return transition;
}

bool LoopTransition::isMoving(LoopLayout::Place place, std::size_t station, std::size_t index) const
{
    return std::any_of(m_moves.begin(), m_moves.end(), [&](const Move &move) {
        return move.kind != Kind::Vanishes && move.place == place && move.station == station && move.index == index;
    });
}

} // namespace loopscope
