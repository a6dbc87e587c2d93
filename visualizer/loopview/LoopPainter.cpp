// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopPainter.h"

#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace loopscope {

namespace {

/// How much of its colour the name of something empty keeps: a light ground leaves no room for less (see the palette's test of contrast).
float quietness(const Palette &palette) { return palette.isDark ? 0.85F : 1.0F; }

using Role = Theme::TextRole;
using Place = LoopLayout::Place;

const Palette &colours() { return Theme::current().palette(); }

/// Yellow where it can be seen, its darker kin on light ground.
QColor nowLine() { return colours().isDark ? colours().now : colours().nowText; }

/// One line of text, cut with "…" where the room ends.
void drawText(QPainter &painter, const QRectF &room, Role role, const QColor &colour, const QString &text,
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
{
    if (room.width() < 1)
        return;
    const QFont font = Theme::current().font(role);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, static_cast<int>(alignment), QFontMetricsF(font).elidedText(text, Qt::ElideRight, room.width() + 0.5));
}

/// The first of the wordings, longest first, that fits; the last one if none does.
QString fitting(const QFont &font, qreal room, const QStringList &wordings)
{
    const QFontMetricsF metrics(font);
    const auto found =
        std::find_if(wordings.begin(), wordings.end(), [&](const QString &each) { return metrics.horizontalAdvance(each) <= room; });
    return found != wordings.end() ? *found : wordings.constLast();
}

void drawCard(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &line, qreal radius, qreal width = 1)
{
    painter.setPen(QPen(line, width));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, radius, radius);
}

/// A box on its way: at the place of `rect`, with its texts.
ItemBox movedTo(ItemBox box, const QRectF &rect)
{
    const QPointF way = rect.topLeft() - box.rect.topLeft();
    // Narrower on its way than where it arrives: the fact stays inside, the name gives way.
    const qreal narrower = box.hasTwoLines ? 0 : std::max(box.rect.width() - rect.width(), 0.0);
    box.rect = rect;
    box.name.translate(way);
    box.fact.translate(way - QPointF(narrower, 0));
    if (narrower > 0)
        box.name.setRight(std::clamp(box.fact.left(), box.name.left(), box.name.right()));
    return box;
}

const ItemBox *boxAt(const LoopLayout &layout, Place place, std::size_t station, std::size_t index)
{
    const auto in = [index](const std::vector<ItemBox> &boxes) {
        const auto found = std::find_if(boxes.begin(), boxes.end(), [index](const ItemBox &box) { return box.index == index; });
        return found != boxes.end() ? &*found : nullptr;
    };
    switch (place) {
    case Place::Station:
        return in(layout.stations.at(station).queue.items);
    case Place::Frame:
        return in(layout.frames);
    case Place::Tick:
        return in(layout.ticks.queue.items);
    case Place::Microtask:
        return in(layout.microtasks.queue.items);
    case Place::PoolQueue:
        return in(layout.poolQueue.queue.items);
    case Place::Kernel:
        return in(layout.kernel.queue.items);
    case Place::Thread:
    case Place::Nothing:
        break;
    }
    return nullptr;
}

} // namespace

const ChipList *chipsAt(const LoopContents &contents, Place place, std::size_t station)
{
    switch (place) {
    case Place::Station:
        return &contents.stations.at(station).queue;
    case Place::Tick:
        return &contents.ticks;
    case Place::Microtask:
        return &contents.microtasks;
    case Place::PoolQueue:
        return &contents.poolQueue;
    case Place::Kernel:
        return &contents.kernel;
    case Place::Nothing:
    case Place::Frame:
    case Place::Thread:
        break;
    }
    return nullptr;
}

LoopPainter::LoopPainter(QPainter &painter, const LoopPicture &picture)
    : m_painter(painter)
    , m_picture(picture)
    , m_contents(picture.contents)
    , m_layout(picture.layout)
{
}

void LoopPainter::paint()
{
    m_painter.fillRect(QRectF(QPointF(0, 0), m_layout.size), colours().window);
    paintTrack();
    for (std::size_t i = 0; i < m_contents.stations.size(); ++i)
        paintStation(i);
    paintThread();
    paintPool();
    paintMoving();
}

bool LoopPainter::isSelected(Place place, std::size_t station, std::size_t index) const
{
    const ShownItem &selected = m_picture.selected;
    return selected.place == place && selected.station == station && selected.index == index;
}

bool LoopPainter::isMoving(Place place, std::size_t station, std::size_t index) const
{
    return m_picture.progress < 1 && m_picture.transition.isMoving(place, station, index);
}

void LoopPainter::paintTrack()
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    m_painter.setBrush(Qt::NoBrush);
    QColor track = p.track;
    track.setAlphaF(0.75F);
    m_painter.setPen(QPen(track, 3 * s));
    m_painter.drawRoundedRect(m_layout.track, m_layout.trackRadius, m_layout.trackRadius);
    // One arrow on each side says which way round the loop goes.
    const auto arrow = [&](QPointF at, qreal direction) {
        const qreal half = 6 * s;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(p.track);
        m_painter.drawPolygon(
            QPolygonF({at + QPointF(-half, -direction * half), at + QPointF(half, -direction * half), at + QPointF(0, direction * half)}));
    };
    arrow({m_layout.track.right(), m_layout.track.center().y()}, 1);
    arrow({m_layout.track.left(), m_layout.track.center().y()}, -1);
}

void LoopPainter::paintStation(std::size_t index)
{
    const Palette &p = colours();
    const LoopStation &station = m_contents.stations.at(index);
    const StationBox &box = m_layout.stations.at(index);
    const qreal s = m_layout.scale;
    const qreal radius = 10 * s;
    if (station.current) {
        QColor halo = p.now;
        halo.setAlphaF(p.isDark ? 0.28F : 0.55F);
        drawCard(m_painter, box.card.adjusted(-2 * s, -2 * s, 2 * s, 2 * s), Qt::transparent, halo, radius + 2 * s, 4 * s);
    }
    drawCard(m_painter, box.card.adjusted(0.5, 0.5, -0.5, -0.5), p.card, station.current ? nowLine() : p.line, radius);
    const bool isQuiet = station.queue.isEmpty() && !station.current;
    const Hue hue = hueOf(station.phase);
    QColor title = hue == Hue::Structure ? p.dim : p.hueText(hue);
    if (isQuiet && hue == Hue::Structure)
        title = p.faint;
    else if (isQuiet)
        title.setAlphaF(quietness(p));
    if (!box.sign.isEmpty())
        drawKind(m_painter, box.sign, hue, title);
    drawText(m_painter, box.title, Role::Strong, title, box.hasShortTitle ? station.shortTitle() : station.title);
    drawText(m_painter, box.note, Role::Fact, isQuiet ? p.faint : p.dim, station.note, Qt::AlignRight | Qt::AlignVCenter);
    paintQueue(box.queue, station.queue, Place::Station, index);
}

void LoopPainter::paintQueue(const QueueBox &box, const ChipList &queue, Place place, std::size_t station)
{
    for (const ItemBox &item : box.items) {
        if (!isMoving(place, station, item.index))
            paintChip(item, queue.items.at(item.index), isSelected(place, station, item.index));
    }
    if (box.hidden > 0 && !box.more.isEmpty()) {
        const QString text = box.items.empty() ? tr("%L1 waiting").arg(box.hidden) : tr("+ %L1 more").arg(box.hidden);
        drawText(m_painter, box.more, Role::Fact, colours().dim, text);
    }
}

void LoopPainter::paintChip(const ItemBox &box, const LoopItem &item, bool isSelected)
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    const qreal radius = 5 * s;
    QPainterPath shape;
    shape.addRoundedRect(box.rect, radius, radius);
    m_painter.fillPath(shape, p.chip);
    m_painter.save();
    m_painter.setClipPath(shape);
    m_painter.fillRect(QRectF(box.rect.left(), box.rect.top(), 4 * s, box.rect.height()), p.hue(item.hue));
    m_painter.restore();
    if (item.changed || isSelected) {
        m_painter.setPen(QPen(isSelected ? p.accent : nowLine(), 1.6 * s));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(shape);
    }
    drawText(m_painter, box.name, Role::Code, p.text, item.name);
    drawText(m_painter, box.fact, Role::Fact, p.dim, box.hasShortFact ? item.shortFact : item.fact);
}

void LoopPainter::paintThread()
{
    const Palette &p = colours();
    QPen pen(p.track, 1);
    pen.setDashPattern({4, 3});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(m_layout.thread.adjusted(0.5, 0.5, -0.5, -0.5), 10 * m_layout.scale, 10 * m_layout.scale);
    if (m_contents.isEmpty) {
        paintEmpty();
        return;
    }
    drawText(m_painter, m_layout.stack.head, Role::Head, p.dim, tr("Call stack"));
    paintFrames();
    const qsizetype ticks = m_contents.ticks.total;
    paintColumn(m_layout.ticks, {tr("process.nextTick · %L1").arg(ticks), tr("nextTick · %L1").arg(ticks), tr("ticks · %L1").arg(ticks)},
        Hue::Tick, m_contents.ticks, Place::Tick);
    const qsizetype microtasks = m_contents.microtasks.total;
    paintColumn(m_layout.microtasks, {tr("microtasks · %L1").arg(microtasks), tr("micro · %L1").arg(microtasks)}, Hue::Microtask,
        m_contents.microtasks, Place::Microtask);
}

void LoopPainter::paintEmpty()
{
    m_painter.setFont(Theme::current().font(Role::Words));
    m_painter.setPen(colours().dim);
    m_painter.drawText(m_layout.thread.adjusted(24, 12, -24, -12), static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap),
        m_contents.emptyHint);
}

void LoopPainter::paintFrames()
{
    const Palette &p = colours();
    for (const ItemBox &box : m_layout.frames) {
        if (!isMoving(Place::Frame, 0, box.index))
            paintFrame(box, m_contents.frames.at(box.index), isSelected(Place::Frame, 0, box.index));
    }
    if (m_layout.hiddenFrames > 0) {
        drawText(m_painter, m_layout.stack.queue.more, Role::Fact, p.dim, tr("+ %L1 below").arg(m_layout.hiddenFrames));
    } else if (m_contents.frames.empty()) {
        const QRectF line(m_layout.stack.body.topLeft(), QSizeF(m_layout.stack.body.width(), 22 * m_layout.scale));
        drawText(m_painter, line, Role::Words, p.faint, m_contents.frameNote);
    }
}

void LoopPainter::paintFrame(const ItemBox &box, const LoopFrame &frame, bool isSelected)
{
    const Palette &p = colours();
    const qreal radius = 5 * m_layout.scale;
    drawCard(m_painter, box.rect, frame.current ? p.nowFill : p.chip, Qt::transparent, radius);
    if (frame.current || isSelected) {
        QColor line = isSelected ? p.accent : p.nowText;
        line.setAlphaF(isSelected ? 1.0F : 0.5F);
        m_painter.setPen(QPen(line, isSelected ? 1.6 * m_layout.scale : 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    drawText(m_painter, box.name, Role::Code, p.text, frame.name);
    const Qt::Alignment side = box.hasTwoLines ? Qt::AlignLeft : Qt::AlignRight;
    drawText(m_painter, box.fact, Role::Fact, frame.current ? p.text : p.dim, frame.fact, side | Qt::AlignVCenter);
}

void LoopPainter::paintColumn(const ColumnBox &box, const QStringList &heads, Hue hue, const ChipList &queue, Place place)
{
    const Palette &p = colours();
    QColor colour = p.hueText(hue);
    if (queue.isEmpty())
        colour.setAlphaF(quietness(p));
    if (!box.sign.isEmpty())
        drawKind(m_painter, box.sign, hue, colour);
    // Names of Node's API keep their letters, so these heads are not set in capitals.
    QFont font = Theme::current().font(Role::Fact);
    font.setWeight(QFont::DemiBold);
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(box.head, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
        QFontMetricsF(font).elidedText(fitting(font, box.head.width(), heads), Qt::ElideRight, box.head.width()));
    if (queue.isEmpty())
        drawText(m_painter, QRectF(box.body.topLeft(), QSizeF(box.body.width(), 22 * m_layout.scale)), Role::Words, p.faint, tr("empty"));
    else
        paintQueue(box.queue, queue, place);
}

void LoopPainter::paintPool()
{
    if (m_layout.pool.isEmpty())
        return;
    const Palette &p = colours();
    drawCard(m_painter, m_layout.pool.adjusted(0.5, 0.5, -0.5, -0.5), p.card, p.line, 10 * m_layout.scale);
    const bool isBusy =
        std::any_of(m_contents.threads.begin(), m_contents.threads.end(), [](const LoopThread &t) { return t.subject != 0; });
    QColor title = p.hueText(Hue::Poll);
    if (!isBusy)
        title.setAlphaF(quietness(p));
    drawText(m_painter, m_layout.poolTitle, Role::Strong, title,
        fitting(Theme::current().font(Role::Strong), m_layout.poolTitle.width(),
            {tr("thread pool and kernel"), tr("thread pool"), tr("pool")}));
    if (!m_layout.isTight)
        drawText(m_painter, m_layout.poolNote, Role::Fact, p.dim, m_contents.poolNote, Qt::AlignRight | Qt::AlignVCenter);
    for (std::size_t i = 0; i < m_layout.threads.size(); ++i) {
        const ThreadBox &box = m_layout.threads.at(i);
        const LoopThread &thread = m_contents.threads.at(i);
        if (!m_layout.isTight)
            drawText(m_painter, box.label, Role::Fact, p.dim, thread.label);
        drawCard(m_painter, box.bar, p.chip, Qt::transparent, 3 * m_layout.scale);
        if (thread.subject != 0 && !isMoving(Place::Thread, 0, i))
            paintBar(box.bar, thread, isSelected(Place::Thread, 0, i));
        if (!m_layout.isTight)
            drawText(m_painter, box.fact, Role::Fact, p.dim, thread.fact);
    }
    if (m_contents.poolQueue.isEmpty() && m_contents.kernel.isEmpty() && !m_layout.isTight && !m_layout.threads.empty()) {
        const qreal left = m_layout.threads.front().label.left();
        const QRectF line(left, m_layout.pool.bottom() - 30 * m_layout.scale, m_layout.pool.width() / 2, 24 * m_layout.scale);
        drawText(m_painter, line, Role::Fact, p.faint, tr("nothing queued"));
    }
    if (!m_contents.poolQueue.isEmpty()) {
        drawText(m_painter, m_layout.poolQueue.head, Role::Fact, p.dim, tr("queued"));
        paintQueue(m_layout.poolQueue.queue, m_contents.poolQueue, Place::PoolQueue);
    }
    if (!m_contents.kernel.isEmpty()) {
        drawText(m_painter, m_layout.kernel.head, Role::Fact, p.dim, tr("kernel"));
        paintQueue(m_layout.kernel.queue, m_contents.kernel, Place::Kernel);
    }
}

void LoopPainter::paintBar(const QRectF &bar, const LoopThread &thread, bool isSelected)
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    const QColor line = isSelected ? p.text : thread.changed ? p.nowText : QColor(Qt::transparent);
    drawCard(m_painter, bar, p.hue(Hue::Poll), line, 3 * s, 1.5 * s);
    drawText(m_painter, bar.adjusted(6 * s, 0, -6 * s, 0), Role::Fact, Palette::light().text, thread.work);
}

/// Over everything else, as its way leads across cards.
void LoopPainter::paintMoving()
{
    if (m_picture.progress >= 1)
        return;
    for (const LoopTransition::Move &move : m_picture.transition.moves()) {
        const bool isGoing = move.kind == LoopTransition::Move::Kind::Vanishes;
        const LoopContents &contents = isGoing ? m_picture.before : m_contents;
        const QRectF rect = move.rectAt(m_picture.progress);
        const bool isAsked = !isGoing && isSelected(move.place, move.station, move.index);
        m_painter.setOpacity(move.opacityAt(m_picture.progress));
        const ItemBox *box = boxAt(isGoing ? m_picture.beforeLayout : m_layout, move.place, move.station, move.index);
        if (move.place == Place::Thread)
            paintBar(rect, contents.threads.at(move.index), isAsked);
        else if (move.place == Place::Frame && box != nullptr)
            paintFrame(movedTo(*box, rect), contents.frames.at(move.index), isAsked);
        else if (const ChipList *chips = chipsAt(contents, move.place, move.station); chips != nullptr && box != nullptr)
            paintChip(movedTo(*box, rect), chips->items.at(move.index), isAsked);
    }
    m_painter.setOpacity(1);
}

} // namespace loopscope
