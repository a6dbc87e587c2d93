// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopLayout.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Pixels at scale 1, on the 8 px grid where it matters.
constexpr qreal kMargin = 12;
constexpr qreal kTrackInset = 10; ///< of the stations from the track's side
constexpr qreal kGap = 24; ///< between stations
constexpr qreal kPadding = 10;
constexpr qreal kHeader = 32; ///< of a station: title and note
constexpr qreal kChip = 22;
constexpr qreal kChipGap = 5;
constexpr qreal kMore = 16;
constexpr qreal kLeastNote = 40;
constexpr qreal kLeastLoop = 200; ///< height
constexpr qreal kThreadRow = 20;
constexpr qreal kFrame = 22;
constexpr qreal kTightBelow = 430; ///< height
constexpr qreal kNarrowBelow = 520; ///< width
constexpr qsizetype kLeastLetters = 6; ///< of a name before the fact beside it goes
constexpr qreal kSign = 18; ///< of a kind, with the space behind it
constexpr qreal kSignsFrom = 150; ///< width of a queue's column: "process.nextTick · 12" and its sign

/// Size of one chip and of the texts in it, at the origin.
ItemBox sizedChip(const LoopItem &item, qreal roomWidth, qreal scale, const TextWidths &widths)
{
    const qreal nameWidth = widths.name(item.name) + 1;
    // With the gap before it.
    const auto factWidthOf = [&](const QString &fact) { return fact.isEmpty() ? 0 : widths.fact(fact) + 1 + 6 * scale; };
    qreal factWidth = factWidthOf(item.fact);
    const qreal frame = (11 + 7) * scale;
    const qreal textRoom = std::max(roomWidth - frame, 0.0);
    // The place goes first: its line is a double click away, the one fact is not.
    const bool isShort = !item.shortFact.isEmpty() && nameWidth + factWidth > textRoom;
    if (isShort)
        factWidth = factWidthOf(item.shortFact);
    // A long name gives way to the fact, a short one stands whole; a fact that would be cut says nothing.
    const qreal leastName = std::min(nameWidth, std::max(textRoom * 0.4, widths.name(QString(kLeastLetters, QLatin1Char('x')))));
    if (leastName + factWidth > textRoom)
        factWidth = 0;
    const qreal nameRoom = std::min(nameWidth, textRoom - factWidth);
    ItemBox box;
    box.hasShortFact = isShort;
    box.rect = QRectF(0, 0, frame + nameRoom + factWidth, kChip * scale);
    box.name = QRectF(11 * scale, 0, nameRoom, box.rect.height());
    box.fact = QRectF(box.name.right() + std::min(6 * scale, factWidth), 0, std::max(factWidth - 6 * scale, 0.0), box.rect.height());
    return box;
}

void moveTo(ItemBox &box, qreal x, qreal y)
{
    box.rect.translate(x, y);
    box.name.translate(x, y);
    box.fact.translate(x, y);
}

/// Lays chips out in one line; "+N more" stands at its end.
QueueBox flowInLine(const ChipList &queue, const QRectF &room, qreal scale, const TextWidths &widths)
{
    QueueBox box;
    const qreal more = 64 * scale;
    qreal x = room.left();
    std::size_t placed = 0;
    for (; placed < queue.items.size(); ++placed) {
        const bool isLast = static_cast<qsizetype>(placed) + 1 == queue.total;
        const qreal end = room.right() - (isLast ? 0 : more);
        ItemBox item = sizedChip(queue.items.at(placed), std::max(end - room.left(), 0.0), scale, widths);
        if (x + item.rect.width() > end + 0.5)
            break;
        item.index = placed;
        moveTo(item, x, room.top());
        x = item.rect.right() + kChipGap * scale;
        box.items.push_back(item);
    }
    box.hidden = queue.total - static_cast<qsizetype>(placed);
    if (box.hidden > 0)
        box.more = QRectF(x, room.top(), more, room.height());
    return box;
}

/// Lays chips out in lines from the left; the last line is given to "+N more" if they do not all fit.
QueueBox flow(const ChipList &queue, const QRectF &room, qreal scale, const TextWidths &widths)
{
    QueueBox box;
    const qreal chip = kChip * scale;
    const qreal gap = kChipGap * scale;
    if (queue.isEmpty() || room.width() < 40 * scale)
        return box;
    const auto fits = [&](qreal top, bool isLast) {
        const qreal reserve = isLast ? 0 : gap + kMore * scale;
        return top + chip + reserve <= room.bottom() + 0.5;
    };
    qreal x = room.left();
    qreal y = room.top();
    const auto count = queue.items.size();
    std::size_t placed = 0;
    for (; placed < count; ++placed) {
        ItemBox itemBox = sizedChip(queue.items.at(placed), room.width(), scale, widths);
        const qreal width = itemBox.rect.width();
        if (x > room.left() && x + width > room.right() + 0.5) {
            x = room.left();
            y += chip + gap;
        }
        const bool isLast = placed + 1 == count && queue.total == static_cast<qsizetype>(count);
        // One chip says more than the words that some wait: how many stands in the head as well.
        const bool isOnlyLine = placed == 0 && y + chip <= room.bottom() + 0.5;
        if (!fits(y, isLast) && !isOnlyLine)
            break;
        itemBox.index = placed;
        moveTo(itemBox, x, y);
        box.items.push_back(itemBox);
        x += width + gap;
    }
    box.hidden = queue.total - static_cast<qsizetype>(placed);
    if (box.hidden > 0) {
        if (!box.items.empty() && box.items.back().rect.bottom() + kMore * scale > room.bottom() + 0.5)
            return box;
        const qreal moreTop = box.items.empty() ? room.top() : box.items.back().rect.bottom() + gap * 0.6;
        box.more = QRectF(room.left(), moreTop, room.width(), kMore * scale);
    }
    return box;
}

qreal usedBottom(const QueueBox &queue, qreal otherwise)
{
    qreal bottom = otherwise;
    for (const ItemBox &item : queue.items)
        bottom = std::max(bottom, item.rect.bottom());
    return queue.hidden > 0 ? std::max(bottom, queue.more.bottom()) : bottom;
}

/// Clockwise: three on top from the left, three below from the right.
QPoint cellOf(std::size_t station) { return station < 3 ? QPoint(static_cast<int>(station), 0) : QPoint(static_cast<int>(5 - station), 1); }

/// Cuts a square for a sign off the beginning of a line.
QRectF takeSign(QRectF &line, qreal scale)
{
    const qreal side = 13 * scale;
    const QRectF sign(line.left(), line.center().y() - side / 2, side, side);
    line.setLeft(line.left() + kSign * scale);
    return sign;
}

} // namespace

LoopLayout LoopLayout::compute(const LoopContents &contents, QSizeF size, qreal scale, const TextWidths &widths)
{
    LoopLayout layout;
    layout.size = size;
    layout.scale = scale;
    const qreal margin = kMargin * scale;
    const QRectF area = QRectF(QPointF(0, 0), size).adjusted(margin, margin, -margin, -margin);

    // From below: the pool takes what its threads need, then the loop takes the rest.
    layout.isTight = area.height() < kTightBelow * scale;
    const auto rows = layout.isTight ? 0.0 : std::max(std::ceil(static_cast<qreal>(contents.threads.size()) / 2.0), 1.0);
    const bool hasInFlight = !contents.poolQueue.isEmpty() || !contents.kernel.isEmpty();
    // The line for what is queued is kept free, so that the first request does not push the loop up.
    const qreal queueRoom = hasInFlight || !layout.isTight ? (kChip + 6) * scale : 0;
    qreal poolHeight = (kHeader - 4 + rows * kThreadRow + (layout.isTight ? 2 : 8)) * scale + queueRoom;
    if (area.height() - poolHeight < kLeastLoop * scale)
        poolHeight = 0; // the loop itself before what stands outside of it
    layout.pool = QRectF(area.left(), area.bottom() - poolHeight, area.width(), poolHeight);

    const QRectF loop(area.left(), area.top(), area.width(),
        std::max(area.height() - poolHeight - (poolHeight > 0 ? (layout.isTight ? 12 : 20) : 0) * scale, kLeastLoop * scale));
    const qreal stationHeight = std::clamp(
        loop.height() * (layout.isTight ? 0.2 : 0.27), (kHeader + kChip + 8) * scale, (kHeader + 6 * (kChip + kChipGap) + 10) * scale);
    const qreal lowerTop = loop.bottom() - stationHeight;
    const qreal middle = kHeader / 2 * scale;
    layout.track = QRectF(QPointF(loop.left() + 4 * scale, loop.top() + middle), QPointF(loop.right() - 4 * scale, lowerTop + middle));
    layout.trackRadius = std::min(20 * scale, layout.track.height() / 2);
    layout.placeStations(contents, widths, stationHeight, QRectF(loop.left(), loop.top(), loop.width(), lowerTop - loop.top()));

    const qreal inset = 28 * scale;
    const qreal apart = (layout.isTight ? 8 : 14) * scale;
    layout.thread = QRectF(
        QPointF(layout.track.left() + inset, loop.top() + stationHeight + apart), QPointF(layout.track.right() - inset, lowerTop - apart));
    layout.placeThread(contents, widths);
    layout.placePool(contents, widths);
    return layout;
}

void LoopLayout::placeStations(const LoopContents &contents, const TextWidths &widths, qreal maximumHeight, const QRectF &area)
{
    const bool isNarrow = area.width() < kNarrowBelow * scale;
    const qreal side = (kTrackInset + (isNarrow ? 12 : 18)) * scale;
    const qreal gap = (isNarrow ? kGap / 2 : kGap) * scale;
    const qreal width = (area.width() - 2 * side - 2 * gap) / 3;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        StationBox &box = stations.at(i);
        const LoopStation &station = contents.stations.at(i);
        const QPoint cell = cellOf(i);
        const qreal left = area.left() + side + cell.x() * (width + gap);
        const qreal top = cell.y() == 0 ? area.top() : area.bottom();
        const qreal padding = (isNarrow ? kPadding - 2 : kPadding) * scale;
        const QRectF room(left + padding, top + (kHeader - 2) * scale, width - 2 * padding, maximumHeight - (kHeader + 6) * scale);
        box.queue = flow(station.queue, room, scale, widths);
        const qreal bottom = usedBottom(box.queue, top + kHeader * scale - 8 * scale) + 8 * scale;
        box.card = QRectF(QPointF(left, top), QPointF(left + width, bottom));
        // In little room the name of the phase stays whole before what is told of it; the first word of it is name enough. (Names' type
        // is wider than the titles'.)
        const qreal titleRoom = width - 2 * padding;
        box.hasShortTitle = widths.name(station.title) > titleRoom;
        const qreal besideTitle = titleRoom - 4 * scale - widths.name(box.hasShortTitle ? station.shortTitle() : station.title);
        qreal noteWidth = std::min(widths.fact(station.note) + 2, std::clamp(besideTitle, 0.0, width / 2));
        if (noteWidth < std::min(widths.fact(station.note), kLeastNote * scale))
            noteWidth = 0; // a letter and an ellipsis tell nothing
        box.note = QRectF(left + width - padding - noteWidth, top, noteWidth, kHeader * scale);
        box.title = QRectF(left + padding, top, width - 2 * padding - noteWidth - 4 * scale, kHeader * scale);
        // The sign takes what the words leave.
        const QString &title = box.hasShortTitle ? station.shortTitle() : station.title;
        if (hueOf(station.phase) != Hue::Structure && widths.name(title) + kSign * scale <= box.title.width())
            box.sign = takeSign(box.title, scale);
    }
}

void LoopLayout::placeThread(const LoopContents &contents, const TextWidths &widths)
{
    const qreal padding = 12 * scale;
    const QRectF inner = thread.adjusted(padding, padding - 4 * scale, -padding, -padding);
    const qreal gap = 14 * scale;
    // A frame says two things, what runs and where, a chip of these queues mostly one.
    const qreal stackWidth = (inner.width() - 2 * gap) * 0.42;
    const qreal column = (inner.width() - 2 * gap - stackWidth) / 2;
    const qreal head = 22 * scale;
    const auto place = [&](ColumnBox &box, qreal left, qreal width) {
        box.head = QRectF(left, inner.top(), width, head);
        box.body = QRectF(left, inner.top() + head, width, std::max(inner.height() - head, 0.0));
    };
    place(stack, inner.left(), stackWidth);
    place(ticks, stack.head.right() + gap, column);
    place(microtasks, ticks.head.right() + gap, column);
    if (column >= kSignsFrom * scale) {
        ticks.sign = takeSign(ticks.head, scale);
        microtasks.sign = takeSign(microtasks.head, scale);
    }
    ticks.queue = flow(contents.ticks, ticks.body, scale, widths);
    microtasks.queue = flow(contents.microtasks, microtasks.body, scale, widths);

    placeFrames(contents, widths);
}

/// One line a frame; two where its texts need them and the stack leaves the room.
void LoopLayout::placeFrames(const LoopContents &contents, const TextWidths &widths)
{
    const qreal width = stack.body.width();
    const qreal text = width - 20 * scale;
    const qreal step = (kFrame + 4) * scale;
    const qreal secondLine = 15 * scale;
    const qreal room = stack.body.height() + 4 * scale;
    const auto lines = static_cast<qsizetype>(std::max(0.0, std::floor(room / step)));
    auto shown = static_cast<qsizetype>(contents.frames.size());
    if (shown > lines)
        shown = std::max<qsizetype>(lines - 1, 0); // a line is kept for "+N more"
    hiddenFrames = static_cast<qsizetype>(contents.frames.size()) - shown;
    qreal spare = room - static_cast<qreal>(shown) * step - (hiddenFrames > 0 ? kMore * scale : 0);
    qreal top = stack.body.top();
    for (qsizetype i = 0; i < shown; ++i) {
        ItemBox box;
        box.index = static_cast<std::size_t>(i);
        const LoopFrame &frame = contents.frames.at(box.index);
        const qreal factWidth = widths.fact(frame.fact) + 2;
        box.hasTwoLines = spare >= secondLine && !frame.fact.isEmpty() && widths.name(frame.name) + factWidth > text;
        box.rect = QRectF(stack.body.left(), top, width, kFrame * scale + (box.hasTwoLines ? secondLine : 0));
        const QRectF line = box.rect.adjusted(8 * scale, 0, -8 * scale, 0);
        if (box.hasTwoLines) {
            spare -= secondLine;
            box.name = QRectF(line.left(), top + 1 * scale, line.width(), kFrame * scale - 2 * scale);
            box.fact = QRectF(line.left(), top + 18 * scale, line.width(), 17 * scale);
        } else {
            // As in chips: a short name stands whole, and a fact of which little would be left goes.
            const qreal leastName = std::min(widths.name(frame.name), widths.name(QString(kLeastLetters, QLatin1Char('x'))));
            const qreal factRoom = std::max(text - leastName, 0.0);
            const qreal fact = factRoom >= factWidth * 0.6 ? std::min(factWidth, factRoom) : 0;
            box.fact = QRectF(line.right() - fact, top, fact, box.rect.height());
            box.name = QRectF(line.left(), top, std::max(text - fact, 0.0), box.rect.height());
        }
        frames.push_back(box);
        top += box.rect.height() + 4 * scale;
    }
    if (hiddenFrames > 0)
        stack.queue.more = QRectF(stack.body.left(), top, width, kMore * scale);
}

void LoopLayout::placePool(const LoopContents &contents, const TextWidths &widths)
{
    if (pool.isEmpty())
        return;
    const qreal padding = 12 * scale;
    const QRectF inner = pool.adjusted(padding, 2 * scale, -padding, -6 * scale);
    placePoolThreads(contents, inner, widths);
    if (contents.poolQueue.isEmpty() && contents.kernel.isEmpty())
        return;
    const qreal gap = 20 * scale;
    const qreal column = (inner.width() - gap) / 2;
    const qreal labelWidth = 58 * scale;
    const qreal top = inner.bottom() - kChip * scale;
    const bool both = !contents.poolQueue.isEmpty() && !contents.kernel.isEmpty();
    const auto place = [&](ColumnBox &box, const ChipList &queue, qreal left, qreal width) {
        box.head = QRectF(left, top, labelWidth, kChip * scale);
        box.body = QRectF(left + labelWidth, top, width - labelWidth, kChip * scale);
        box.queue = flowInLine(queue, box.body, scale, widths);
    };
    if (!contents.poolQueue.isEmpty())
        place(poolQueue, contents.poolQueue, inner.left(), both ? column : inner.width());
    if (!contents.kernel.isEmpty())
        place(kernel, contents.kernel, both ? inner.left() + column + gap : inner.left(), both ? column : inner.width());
}

void LoopLayout::placePoolThreads(const LoopContents &contents, const QRectF &inner, const TextWidths &widths)
{
    const qreal titleHeight = (kHeader - 6) * scale;
    const auto count = static_cast<qreal>(std::max<std::size_t>(contents.threads.size(), 1));
    if (isTight) {
        const qreal titleWidth = std::min(widths.name(QString(22, QLatin1Char('x'))), inner.width() * 0.4);
        poolTitle = QRectF(inner.left(), inner.top(), titleWidth, titleHeight);
        poolNote = {};
        const qreal gap = 6 * scale;
        const qreal width = (inner.right() - poolTitle.right() - gap * count) / count;
        for (std::size_t i = 0; i < contents.threads.size(); ++i) {
            ThreadBox box;
            box.bar = QRectF(
                poolTitle.right() + gap + static_cast<qreal>(i) * (width + gap), inner.top() + 5 * scale, width, (kThreadRow - 4) * scale);
            threads.push_back(box);
        }
        return;
    }
    poolTitle = QRectF(inner.left(), inner.top(), inner.width() * 0.4, titleHeight);
    poolNote = QRectF(poolTitle.right(), inner.top(), inner.right() - poolTitle.right(), titleHeight);
    const qreal gap = 20 * scale;
    const qreal column = (inner.width() - gap) / 2;
    const qreal labelWidth = 58 * scale;
    const qreal factWidth = 54 * scale;
    for (std::size_t i = 0; i < contents.threads.size(); ++i) {
        const qreal left = inner.left() + static_cast<qreal>(i % 2) * (column + gap);
        const std::size_t row = i / 2;
        const qreal top = poolTitle.bottom() + static_cast<qreal>(row) * kThreadRow * scale;
        ThreadBox box;
        box.label = QRectF(left, top, labelWidth, kThreadRow * scale);
        box.bar = QRectF(left + labelWidth, top + 2 * scale, column - labelWidth - factWidth, (kThreadRow - 4) * scale);
        box.fact = QRectF(box.bar.right() + 8 * scale, top, factWidth - 8 * scale, kThreadRow * scale);
        threads.push_back(box);
    }
}

namespace {

std::optional<std::size_t> itemAt(const std::vector<ItemBox> &items, QPointF point)
{
    for (const ItemBox &item : items) {
        if (item.rect.contains(point))
            return item.index;
    }
    return std::nullopt;
}

} // namespace

LoopLayout::Hit LoopLayout::at(QPointF point) const
{
    for (std::size_t i = 0; i < stations.size(); ++i) {
        if (stations.at(i).card.contains(point))
            return {Place::Station, i, itemAt(stations.at(i).queue.items, point)};
    }
    if (const auto frame = itemAt(frames, point))
        return {Place::Frame, 0, frame};
    const auto inColumn = [&](const ColumnBox &box) { return box.head.contains(point) || box.body.contains(point); };
    if (inColumn(ticks))
        return {Place::Tick, 0, itemAt(ticks.queue.items, point)};
    if (inColumn(microtasks))
        return {Place::Microtask, 0, itemAt(microtasks.queue.items, point)};
    for (std::size_t i = 0; i < threads.size(); ++i) {
        if (threads.at(i).bar.contains(point) || threads.at(i).label.contains(point))
            return {Place::Thread, 0, i};
    }
    if (inColumn(poolQueue))
        return {Place::PoolQueue, 0, itemAt(poolQueue.queue.items, point)};
    if (inColumn(kernel))
        return {Place::Kernel, 0, itemAt(kernel.queue.items, point)};
    return {};
}

} // namespace loopscope
