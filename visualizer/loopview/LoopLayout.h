// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <optional>

namespace loopscope {

/// Widths of texts in pixels, given by the caller so that the geometry needs no fonts and can be tested without a GUI.
struct TextWidths
{
    std::function<qreal(const QString &)> name; ///< mono, names
    std::function<qreal(const QString &)> fact; ///< small sans
};

/// A chip (or a frame) placed on the view.
struct ItemBox
{
    QRectF rect;
    QRectF name; ///< text is cut to fit
    QRectF fact;
    bool hasShortFact = false; ///< there is room for the short fact only
    bool hasTwoLines = false; ///< a frame: the fact stands below the name
    std::size_t index = 0; ///< in its list
};

/// A list of chips with the room it got. `hidden` counts what did not fit; `more` is where to say so, if there is room for it.
struct QueueBox
{
    std::vector<ItemBox> items;
    qsizetype hidden = 0;
    QRectF more;
};

struct StationBox
{
    QRectF card;
    QRectF sign; ///< of the phase's kind; empty where there is none, or no room for it
    QRectF title;
    QRectF note;
    QueueBox queue;
    bool hasShortTitle = false; ///< there is room for the short title only
};

struct ColumnBox
{
    QRectF sign; ///< of its kind, beside the head
    QRectF head;
    QRectF body;
    QueueBox queue;
};

struct ThreadBox
{
    QRectF label;
    QRectF bar;
    QRectF fact;
};

/// Where everything of the loop view is, in pixels of the widget: a track with six stations, clockwise from the top left (timers, pending,
/// idle on top; poll, check, closing below, from right to left), the JavaScript thread inside, the thread pool and I/O below.
/// Stations keep their place whatever waits in them. Pure: the same contents and size give the same boxes.
class LoopLayout
{
public:
    /// `scale` is the text zoom, 1 for normal.
    static LoopLayout compute(const LoopContents &contents, QSizeF size, qreal scale, const TextWidths &widths);

    enum class Place : quint8 { Nothing, Station, Frame, Tick, Microtask, Thread, PoolQueue, Kernel };
    struct Hit
    {
        Place place = Place::Nothing;
        std::size_t station = 0; ///< with Place::Station
        std::optional<std::size_t> index; ///< the item in its list; without it the list itself
    };
    Hit at(QPointF point) const;

    QSizeF size;
    qreal scale = 1;
    QRectF track; ///< its centre line, a rounded rectangle
    qreal trackRadius = 0;
    std::array<StationBox, 6> stations;
    QRectF thread; ///< the dashed card of the JavaScript thread
    ColumnBox stack;
    std::vector<ItemBox> frames;
    qsizetype hiddenFrames = 0;
    ColumnBox ticks;
    ColumnBox microtasks;
    QRectF pool; ///< empty where even the loop has little height
    QRectF poolTitle;
    QRectF poolNote;
    bool isTight = false; ///< little height: the pool's threads stand in its title's line, without words beside them
    std::vector<ThreadBox> threads;
    ColumnBox poolQueue;
    ColumnBox kernel;

private:
    void placeStations(const LoopContents &contents, const TextWidths &widths, qreal maximumHeight, const QRectF &area);
    void placeThread(const LoopContents &contents, const TextWidths &widths);
    void placeFrames(const LoopContents &contents, const TextWidths &widths);
    void placePool(const LoopContents &contents, const TextWidths &widths);
    void placePoolThreads(const LoopContents &contents, const QRectF &inner, const TextWidths &widths);
};

} // namespace loopscope
