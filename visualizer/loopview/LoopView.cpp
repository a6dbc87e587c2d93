// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopView.h"

#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace loopscope {

namespace {

using Role = Theme::TextRole;

const Palette &colours() { return Theme::current().palette(); }

/// One line of text, cut with "…" where the room ends.
void drawText(QPainter &painter, const QRectF &room, Role role, const QColor &colour, const QString &text,
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter, Qt::TextElideMode elide = Qt::ElideRight)
{
    const QFont font = Theme::current().font(role);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, static_cast<int>(alignment), QFontMetricsF(font).elidedText(text, elide, room.width() + 0.5));
}

void drawCard(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &line, qreal radius, qreal width = 1)
{
    painter.setPen(QPen(line, width));
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, radius, radius);
}

} // namespace

LoopView::LoopView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("loopView"));
    setAccessibleName(tr("Event loop"));
    setFocusPolicy(Qt::TabFocus);
    connect(&Theme::current(), &Theme::changed, this, &LoopView::relayout);
    m_contents.emptyHint = tr("Open a script and press F5 to run it, or F10 to step.");
}

void LoopView::setContents(LoopContents contents)
{
    m_contents = std::move(contents);
    setAccessibleDescription(describe());
    relayout();
    const auto items = shownItems();
    if (std::none_of(items.begin(), items.end(), [this](const LoopItem *item) { return item->subject == m_selected; }))
        select(0);
}

void LoopView::relayout()
{
    const Theme &theme = Theme::current();
    const QFontMetricsF code(theme.font(Role::Code));
    const QFontMetricsF fact(theme.font(Role::Fact));
    const TextWidths widths{[&](const QString &text) { return code.horizontalAdvance(text); },
        [&](const QString &text) { return fact.horizontalAdvance(text); }};
    m_layout = LoopLayout::compute(m_contents, size(), theme.scaled(1), widths);
    update();
}

void LoopView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

void LoopView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), colours().window);
    paintTrack(painter);
    for (std::size_t i = 0; i < m_contents.stations.size(); ++i)
        paintStation(painter, i);
    paintThread(painter);
    paintPool(painter);
    if (hasFocus()) {
        painter.setPen(QPen(colours().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void LoopView::paintTrack(QPainter &painter) const
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    painter.setBrush(Qt::NoBrush);
    QColor track = p.track;
    track.setAlphaF(0.75F);
    painter.setPen(QPen(track, 3 * s));
    painter.drawRoundedRect(m_layout.track, m_layout.trackRadius, m_layout.trackRadius);
    // One arrow on each side says which way round the loop goes.
    const auto arrow = [&](QPointF at, qreal direction) {
        const qreal half = 6 * s;
        painter.setPen(Qt::NoPen);
        painter.setBrush(p.track);
        painter.drawPolygon(
            QPolygonF({at + QPointF(-half, -direction * half), at + QPointF(half, -direction * half), at + QPointF(0, direction * half)}));
    };
    arrow({m_layout.track.right(), m_layout.track.center().y()}, 1);
    arrow({m_layout.track.left(), m_layout.track.center().y()}, -1);
}

void LoopView::paintStation(QPainter &painter, std::size_t index) const
{
    const Palette &p = colours();
    const LoopStation &station = m_contents.stations.at(index);
    const StationBox &box = m_layout.stations.at(index);
    const qreal s = m_layout.scale;
    const qreal radius = 10 * s;
    if (station.current) {
        QColor halo = p.now;
        halo.setAlphaF(p.isDark ? 0.28F : 0.55F);
        drawCard(painter, box.card.adjusted(-2 * s, -2 * s, 2 * s, 2 * s), Qt::transparent, halo, radius + 2 * s, 4 * s);
    }
    drawCard(painter, box.card.adjusted(0.5, 0.5, -0.5, -0.5), p.card, station.current ? (p.isDark ? p.now : p.nowText) : p.line, radius);
    const bool isQuiet = station.queue.isEmpty() && !station.current;
    const Hue hue = hueOf(station.phase);
    QColor title = hue == Hue::Structure ? p.dim : p.hueText(hue);
    if (isQuiet && hue == Hue::Structure)
        title = p.faint;
    else if (isQuiet)
        title.setAlphaF(0.72F);
    drawText(painter, box.title, Role::Strong, title, station.title);
    drawText(painter, box.note, Role::Fact, isQuiet ? p.faint : p.dim, station.note, Qt::AlignRight | Qt::AlignVCenter);
    paintQueue(painter, box.queue, station.queue);
}

void LoopView::paintQueue(QPainter &painter, const QueueBox &box, const ChipList &queue) const
{
    for (const ItemBox &item : box.items)
        paintChip(painter, item, queue.items.at(item.index));
    if (box.hidden > 0) {
        const QString text = box.items.empty() ? tr("%L1 waiting").arg(box.hidden) : tr("+ %L1 more").arg(box.hidden);
        drawText(painter, box.more, Role::Fact, colours().dim, text);
    }
}

void LoopView::paintChip(QPainter &painter, const ItemBox &box, const LoopItem &item) const
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    const qreal radius = 5 * s;
    QPainterPath shape;
    shape.addRoundedRect(box.rect, radius, radius);
    painter.fillPath(shape, p.chip);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(QRectF(box.rect.left(), box.rect.top(), 4 * s, box.rect.height()), p.hue(item.hue));
    painter.restore();
    if (item.changed) {
        painter.setPen(QPen(p.isDark ? p.now : p.nowText, 1.6 * s));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(shape);
    }
    if (item.subject == m_selected && m_selected != 0) {
        painter.setPen(QPen(p.accent, 1.6 * s));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(shape);
    }
    drawText(painter, box.name, Role::Code, p.text, item.name);
    drawText(painter, box.fact, Role::Fact, p.dim, box.hasShortFact ? item.shortFact : item.fact);
}

void LoopView::paintThread(QPainter &painter) const
{
    const Palette &p = colours();
    QPen pen(p.track, 1);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(m_layout.thread.adjusted(0.5, 0.5, -0.5, -0.5), 10 * m_layout.scale, 10 * m_layout.scale);
    if (m_contents.isEmpty) {
        paintEmpty(painter);
        return;
    }
    drawText(painter, m_layout.stack.head, Role::Head, p.dim, tr("Call stack"));
    paintFrames(painter);
    paintColumn(painter, m_layout.ticks, tr("process.nextTick · %L1").arg(m_contents.ticks.total), Hue::Tick, m_contents.ticks);
    paintColumn(
        painter, m_layout.microtasks, tr("microtasks · %L1").arg(m_contents.microtasks.total), Hue::Microtask, m_contents.microtasks);
}

void LoopView::paintEmpty(QPainter &painter) const
{
    painter.setFont(Theme::current().font(Role::Words));
    painter.setPen(colours().dim);
    painter.drawText(m_layout.thread.adjusted(24, 12, -24, -12), static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap),
        m_contents.emptyHint);
}

void LoopView::paintFrames(QPainter &painter) const
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    for (const ItemBox &box : m_layout.frames) {
        const LoopFrame &frame = m_contents.frames.at(box.index);
        drawCard(painter, box.rect, frame.current ? p.nowFill : p.chip, Qt::transparent, 5 * s);
        if (frame.current) {
            painter.setPen(QPen(p.isDark ? p.now : p.nowText, 1 * s));
            painter.setBrush(Qt::NoBrush);
            QColor line = p.nowText;
            line.setAlphaF(0.5F);
            painter.setPen(QPen(line, 1));
            painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), 5 * s, 5 * s);
        }
        drawText(painter, box.name, Role::Code, p.text, frame.name);
        drawText(painter, box.fact, Role::Fact, frame.current ? p.text : p.dim, frame.fact, Qt::AlignRight | Qt::AlignVCenter);
    }
    if (m_layout.hiddenFrames > 0) {
        drawText(painter, m_layout.stack.queue.more, Role::Fact, p.dim, tr("+ %L1 below").arg(m_layout.hiddenFrames));
    } else if (m_contents.frames.empty()) {
        drawText(painter, QRectF(m_layout.stack.body.topLeft(), QSizeF(m_layout.stack.body.width(), 22 * s)), Role::Words, p.faint,
            m_contents.frameNote);
    }
}

void LoopView::paintColumn(QPainter &painter, const ColumnBox &box, const QString &head, Hue hue, const ChipList &queue) const
{
    const Palette &p = colours();
    QColor colour = p.hueText(hue);
    if (queue.isEmpty())
        colour.setAlphaF(0.8F);
    // Names of Node's API keep their letters, so these heads are not set in capitals.
    const QFont font = [] {
        QFont f = Theme::current().font(Role::Fact);
        f.setWeight(QFont::DemiBold);
        return f;
    }();
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(box.head, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
        QFontMetricsF(font).elidedText(head, Qt::ElideRight, box.head.width()));
    if (queue.isEmpty())
        drawText(painter, QRectF(box.body.topLeft(), QSizeF(box.body.width(), 22 * m_layout.scale)), Role::Words, p.faint, tr("empty"));
    else
        paintQueue(painter, box.queue, queue);
}

void LoopView::paintPool(QPainter &painter) const
{
    const Palette &p = colours();
    const qreal s = m_layout.scale;
    drawCard(painter, m_layout.pool.adjusted(0.5, 0.5, -0.5, -0.5), p.card, p.line, 10 * s);
    const bool isBusy =
        std::any_of(m_contents.threads.begin(), m_contents.threads.end(), [](const LoopThread &t) { return t.subject != 0; });
    QColor title = p.hueText(Hue::Poll);
    if (!isBusy)
        title.setAlphaF(0.72F);
    drawText(painter, m_layout.poolTitle, Role::Strong, title, tr("thread pool and kernel"));
    if (!m_layout.isTight)
        drawText(painter, m_layout.poolNote, Role::Fact, p.dim,
            tr("queue %L1 · in flight in the kernel %L2").arg(m_contents.poolQueue.total).arg(m_contents.kernel.total),
            Qt::AlignRight | Qt::AlignVCenter);
    for (std::size_t i = 0; i < m_layout.threads.size(); ++i) {
        const ThreadBox &box = m_layout.threads.at(i);
        const LoopThread &thread = m_contents.threads.at(i);
        if (!m_layout.isTight)
            drawText(painter, box.label, Role::Fact, p.dim, thread.label);
        drawCard(painter, box.bar, p.chip, Qt::transparent, 3 * s);
        if (thread.subject != 0) {
            QColor fill = p.hue(Hue::Poll);
            drawCard(painter, box.bar, fill, thread.changed ? p.nowText : QColor(Qt::transparent), 3 * s, 1.5 * s);
            drawText(painter, box.bar.adjusted(6 * s, 0, -6 * s, 0), Role::Fact, Palette::light().text, thread.work);
        }
        if (!m_layout.isTight)
            drawText(painter, box.fact, Role::Fact, p.dim, thread.fact);
    }
    if (!m_contents.poolQueue.isEmpty()) {
        drawText(painter, m_layout.poolQueue.head, Role::Fact, p.dim, tr("queued"));
        paintQueue(painter, m_layout.poolQueue.queue, m_contents.poolQueue);
    }
    if (!m_contents.kernel.isEmpty()) {
        drawText(painter, m_layout.kernel.head, Role::Fact, p.dim, tr("kernel"));
        paintQueue(painter, m_layout.kernel.queue, m_contents.kernel);
    }
}

const LoopItem *LoopView::itemOf(const LoopLayout::Hit &hit) const
{
    if (!hit.index)
        return nullptr;
    switch (hit.place) {
    case LoopLayout::Place::Station:
        return &m_contents.stations.at(hit.station).queue.items.at(*hit.index);
    case LoopLayout::Place::Tick:
        return &m_contents.ticks.items.at(*hit.index);
    case LoopLayout::Place::Microtask:
        return &m_contents.microtasks.items.at(*hit.index);
    case LoopLayout::Place::PoolQueue:
        return &m_contents.poolQueue.items.at(*hit.index);
    case LoopLayout::Place::Kernel:
        return &m_contents.kernel.items.at(*hit.index);
    case LoopLayout::Place::Nothing:
    case LoopLayout::Place::Frame:
    case LoopLayout::Place::Thread:
        break;
    }
    return nullptr;
}

std::vector<const LoopItem *> LoopView::shownItems() const
{
    std::vector<const LoopItem *> items;
    const auto add = [&](const QueueBox &box, const ChipList &queue) {
        for (const ItemBox &item : box.items)
            items.push_back(&queue.items.at(item.index));
    };
    for (std::size_t i = 0; i < m_layout.stations.size(); ++i)
        add(m_layout.stations.at(i).queue, m_contents.stations.at(i).queue);
    add(m_layout.ticks.queue, m_contents.ticks);
    add(m_layout.microtasks.queue, m_contents.microtasks);
    add(m_layout.poolQueue.queue, m_contents.poolQueue);
    add(m_layout.kernel.queue, m_contents.kernel);
    return items;
}

void LoopView::select(SubjectId subject)
{
    if (m_selected == subject)
        return;
    m_selected = subject;
    update();
    Q_EMIT itemSelected(subject);
}

void LoopView::mousePressEvent(QMouseEvent *event)
{
    const LoopItem *item = itemOf(m_layout.at(event->position()));
    select(item != nullptr ? item->subject : 0);
}

void LoopView::keyPressEvent(QKeyEvent *event)
{
    const auto items = shownItems();
    const auto here = std::find_if(items.begin(), items.end(), [this](const LoopItem *item) { return item->subject == m_selected; });
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        if (!items.empty())
            select(here == items.end() || here + 1 == items.end() ? items.front()->subject : (*(here + 1))->subject);
        break;
    case Qt::Key_Left:
    case Qt::Key_Up:
        if (!items.empty())
            select(here == items.begin() || here == items.end() ? items.back()->subject : (*(here - 1))->subject);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (here != items.end() && (*here)->site != 0)
            Q_EMIT siteActivated((*here)->site);
        break;
    case Qt::Key_Escape:
        select(0);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LoopView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const LoopLayout::Hit hit = m_layout.at(event->position());
    if (hit.place == LoopLayout::Place::Frame && hit.index)
        Q_EMIT siteActivated(m_contents.frames.at(*hit.index).site);
    else if (const LoopItem *item = itemOf(hit); item != nullptr && item->site != 0)
        Q_EMIT siteActivated(item->site);
}

bool LoopView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const LoopLayout::Hit hit = m_layout.at(QPointF(help->pos()));
    if (const LoopItem *item = itemOf(hit))
        QToolTip::showText(help->globalPos(), tr("%1 %2\nClick: why it waits. Double click: source").arg(item->name, item->fact), this);
    else if (hit.place == LoopLayout::Place::Frame && hit.index)
        QToolTip::showText(
            help->globalPos(), tr("%1 %2").arg(m_contents.frames.at(*hit.index).name, m_contents.frames.at(*hit.index).fact), this);
    else
        QToolTip::hideText();
    return true;
}

QString LoopView::describe() const
{
    if (m_contents.isEmpty)
        return m_contents.emptyHint;
    QStringList parts;
    parts << tr("Iteration %L1.").arg(m_contents.iteration);
    for (const LoopStation &station : m_contents.stations) {
        if (station.current)
            parts << tr("Phase %1.").arg(station.title);
        if (!station.queue.isEmpty())
            parts << tr("%1: %2, first %3.")
                         .arg(station.title, station.note, station.queue.items.empty() ? QString() : station.queue.items.front().name);
    }
    if (!m_contents.frames.empty())
        parts << tr("Running %1 %2.").arg(m_contents.frames.front().name, m_contents.frames.front().fact);
    parts << tr("%L1 ticks, %L2 microtasks wait.").arg(m_contents.ticks.total).arg(m_contents.microtasks.total);
    return parts.join(QLatin1Char(' '));
}

} // namespace loopscope
