// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromisePainter.h"

#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

/// Below these zooms text could not be read.
constexpr qreal kNamesFrom = 0.55;
constexpr qreal kFactsFrom = 0.75;
/// Discs smaller than this are drawn as plain squares, which is quick for thousands.
constexpr qreal kSmallestDisc = 3.5;

QColor faded(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

} // namespace

PromisePainter::PromisePainter(QPainter &painter, const Scene &scene)
    : m_painter(painter)
    , m_scene(scene)
    , m_geometry(scene.geometry)
    , m_palette(Theme::current().palette())
    , m_zoom(scene.geometry.unit / Theme::current().scaled(1))
    , m_nameFont(sized(Theme::current().font(Theme::TextRole::Code)))
    , m_factFont(sized(Theme::current().font(Theme::TextRole::Fact)))
{
}

QFont PromisePainter::sized(QFont font) const
{
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(4, qRound(font.pixelSize() * m_zoom)));
    else
        font.setPointSizeF(std::max(3.0, font.pointSizeF() * m_zoom));
    return font;
}

void PromisePainter::paint(const QRectF &visible)
{
    m_painter.setRenderHint(QPainter::Antialiasing, m_geometry.radius() >= kSmallestDisc);
    paintEdges(visible);
    const PromisePlace first = m_geometry.placeAt(visible.topLeft());
    const PromisePlace last = m_geometry.placeAt(visible.bottomRight());
    for (const quint32 item : m_scene.layout.within(first.column, last.column, first.row, last.row))
        paintItem(item);
}

void PromisePainter::paintEdges(const QRectF &visible)
{
    const auto &places = m_scene.layout.places;
    for (const PromiseEdge &edge : m_scene.picture.edges) {
        const PromisePlace to = places[edge.to];
        const PromisePlace from = edge.from != noItem ? places[edge.from] : to;
        QRectF reach = m_geometry.cell(from).united(m_geometry.cell(to));
        reach.adjust(-m_geometry.columnWidth(), -m_geometry.rowHeight(), m_geometry.columnWidth(), m_geometry.rowHeight());
        if (!reach.intersects(visible))
            continue;
        QPainterPath path;
        if (edge.from != noItem) {
            const auto gap = [&](quint32 item) { return m_geometry.gap(m_scene.picture.items[item].isGroup()); };
            path = m_geometry.edge(from, to, gap(edge.from), gap(edge.to));
        }
        paintEdge(edge, path);
        if (m_zoom >= kNamesFrom)
            paintJobs(edge, m_geometry.middle(from, to));
    }
}

void PromisePainter::paintEdge(const PromiseEdge &edge, const QPainterPath &path)
{
    QColor colour = m_palette.isDark ? m_palette.dim : m_palette.faint;
    if (edge.isChanged)
        colour = m_palette.nowText;
    else if (edge.isPast)
        colour = faded(colour, m_palette.isDark ? 0.55F : 0.8F);
    QPen pen(colour, (edge.isChanged ? 2 : 1.4) * m_geometry.unit);
    if (edge.kind == PromiseLink::Kind::Await)
        pen.setDashPattern({4, 3});
    else if (edge.kind == PromiseLink::Kind::Adopt)
        pen.setDashPattern({1, 2.5});
    pen.setCapStyle(Qt::RoundCap);
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(path);
    if (m_zoom >= 0.35 && !path.isEmpty())
        paintArrow(path, colour);
}

void PromisePainter::paintArrow(const QPainterPath &path, const QColor &colour)
{
    const QPointF tip = path.pointAtPercent(1);
    const QPointF before = path.pointAtPercent(0.96);
    const QPointF along = tip - before;
    const qreal length = std::hypot(along.x(), along.y());
    if (length < 0.01)
        return;
    const QPointF forward = along / length * (5 * m_geometry.unit);
    const QPointF side(-forward.y() * 0.6, forward.x() * 0.6);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawPolygon(QPolygonF({tip + forward * 0.5, tip - forward * 0.7 + side, tip - forward * 0.7 - side}));
}

/// The microtasks stand on the line: one as a rule, two where a state is adopted.
void PromisePainter::paintJobs(const PromiseEdge &edge, QPointF middle)
{
    const qreal u = m_geometry.unit;
    const bool isAdoption = edge.kind == PromiseLink::Kind::Adopt;
    if (!isAdoption && (edge.reaction == JobStage::None || edge.reaction == JobStage::Over))
        return;
    const auto widthFor = [&](JobStage stage, quint32 turn) {
        return stage == JobStage::None || stage == JobStage::Over ? 7 * u : std::max(17 * u, (9 + 7 * QString::number(turn).size()) * u);
    };
    const qreal high = 15 * u;
    const qreal second = widthFor(edge.reaction, edge.reactionTurn);
    if (!isAdoption) {
        paintJob({middle.x() - second / 2, middle.y() - high / 2, second, high}, edge.reaction, edge.reactionTurn);
        return;
    }
    const qreal first = widthFor(edge.thenable, edge.thenableTurn);
    const qreal left = middle.x() - (first + second + 3 * u) / 2;
    paintJob({left, middle.y() - high / 2, first, high}, edge.thenable, edge.thenableTurn);
    paintJob({left + first + 3 * u, middle.y() - high / 2, second, high}, edge.reaction, edge.reactionTurn);
}

void PromisePainter::paintJob(const QRectF &room, JobStage stage, quint32 turn)
{
    const qreal u = m_geometry.unit;
    if (stage == JobStage::None || stage == JobStage::Over) {
        m_painter.setPen(QPen(m_palette.hue(Hue::Microtask), 1.2 * u));
        m_painter.setBrush(stage == JobStage::Over ? m_palette.hue(Hue::Microtask) : m_palette.window);
        m_painter.drawEllipse(room.center(), 2.6 * u, 2.6 * u);
        return;
    }
    const bool isNow = stage == JobStage::Running;
    m_painter.setPen(QPen(isNow ? m_palette.nowText : m_palette.hue(Hue::Microtask), 1.4 * u));
    m_painter.setBrush(isNow ? m_palette.nowFill : m_palette.chip);
    m_painter.drawRoundedRect(room, 4 * u, 4 * u);
    m_painter.setFont(m_factFont);
    m_painter.setPen(m_palette.text);
    m_painter.drawText(room, static_cast<int>(Qt::AlignCenter),
        isNow          ? QStringLiteral("▶")
            : turn > 0 ? QString::number(turn)
                       : QStringLiteral("…"));
}

void PromisePainter::paintItem(quint32 number)
{
    const PromiseItem &item = m_scene.picture.items[number];
    const PromisePlace place = m_scene.layout.places[number];
    const QPointF centre = m_geometry.centre(place);
    const bool isInner = !item.isGroup() && m_scene.model.graph().nodes()[item.node].isInner;
    const qreal radius = m_geometry.radius() * (isInner ? 0.6 : 1);
    paintRings(item, centre, item.isGroup() ? m_geometry.radius() * 1.7 : radius);
    if (item.isGroup())
        paintGroup(item, centre);
    else
        paintDisc(item, centre, radius);
    if (item.warnings > 0)
        paintBadge(centre + QPointF(radius * (item.isGroup() ? 1.6 : 0.85), -radius * 0.85));
    if (m_zoom >= kNamesFrom)
        paintLabel(item, place);
}

void PromisePainter::paintRings(const PromiseItem &item, QPointF centre, qreal radius)
{
    const qreal u = m_geometry.unit;
    const auto ring = [&](const QColor &colour, qreal beyond, qreal width) {
        m_painter.setPen(QPen(colour, width * u));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawEllipse(centre, radius + beyond * u, item.isGroup() ? m_geometry.radius() + beyond * u : radius + beyond * u);
    };
    if (item.isRunning)
        ring(faded(m_palette.now, m_palette.isDark ? 0.28F : 0.6F), 4, 5);
    if (item.isChanged || item.isRunning)
        ring(m_palette.isDark ? m_palette.now : m_palette.nowText, 3, 1.8);
    if (m_scene.selected != 0
        && m_scene.picture.find(item.node) == m_scene.picture.find(m_scene.model.graph().find(m_scene.selected).value_or(noNode)))
        ring(m_palette.link, 6, 2);
}

void PromisePainter::paintDisc(const PromiseItem &item, QPointF centre, qreal radius)
{
    const PromiseOutcome outcome = item.outcome();
    QColor colour = m_palette.hue(Hue::Microtask);
    if (outcome == PromiseOutcome::Fulfilled)
        colour = m_palette.hue(Hue::Check);
    else if (outcome == PromiseOutcome::Rejected)
        colour = m_palette.breakpoint;
    if (radius < kSmallestDisc) {
        const qreal side = std::max(2.0, 2 * radius);
        m_painter.fillRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), colour);
        return;
    }
    const qreal line = 2.4 * m_geometry.unit;
    m_painter.setPen(QPen(colour, line));
    m_painter.setBrush(outcome == PromiseOutcome::Pending ? m_palette.window : colour);
    m_painter.drawEllipse(centre, radius - line / 2, radius - line / 2);
    paintSign(outcome, centre, radius);
}

void PromisePainter::paintSign(PromiseOutcome outcome, QPointF centre, qreal radius)
{
    if (outcome == PromiseOutcome::Pending)
        return;
    m_painter.setPen(QPen(Qt::white, std::max(1.2, radius * 0.17), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.setBrush(Qt::NoBrush);
    const auto at = [&](qreal x, qreal y) { return centre + QPointF(x, y) * radius; };
    if (outcome == PromiseOutcome::Fulfilled) {
        m_painter.drawPolyline(QPolygonF({at(-0.4, 0.02), at(-0.12, 0.32), at(0.42, -0.3)}));
    } else {
        m_painter.drawLine(at(-0.32, -0.32), at(0.32, 0.32));
        m_painter.drawLine(at(-0.32, 0.32), at(0.32, -0.32));
    }
}

/// Many alike: their number over a bar that shows how many of them are fulfilled, rejected and pending.
void PromisePainter::paintGroup(const PromiseItem &item, QPointF centre)
{
    const qreal u = m_geometry.unit;
    const qreal wide = m_geometry.radius() * 3.4;
    const QRectF body(centre.x() - wide / 2, centre.y() - m_geometry.radius(), wide, 2 * m_geometry.radius());
    m_painter.setPen(QPen(m_palette.track, u));
    m_painter.setBrush(m_palette.card);
    m_painter.drawRoundedRect(body.translated(3 * u, -3 * u), 7 * u, 7 * u);
    m_painter.setBrush(m_palette.chip);
    m_painter.drawRoundedRect(body, 7 * u, 7 * u);
    if (m_zoom >= kNamesFrom) {
        m_painter.setFont(m_factFont);
        m_painter.setPen(m_palette.text);
        m_painter.drawText(body.adjusted(0, u, 0, -7 * u), static_cast<int>(Qt::AlignCenter), QStringLiteral("× %L1").arg(item.count));
    }
    QRectF bar(body.left() + 6 * u, body.bottom() - 7 * u, body.width() - 12 * u, 3 * u);
    const auto part = [&](quint32 count, const QColor &colour) {
        QRectF room = bar;
        room.setWidth((body.width() - 12 * u) * count / item.count);
        m_painter.fillRect(room, colour);
        bar.setLeft(room.right());
    };
    part(item.count - item.pending - item.rejected, m_palette.hue(Hue::Check));
    part(item.rejected, m_palette.breakpoint);
    part(item.pending, m_palette.hue(Hue::Microtask));
}

void PromisePainter::paintBadge(QPointF centre)
{
    const qreal u = m_geometry.unit;
    m_painter.setPen(QPen(m_palette.window, 1.5 * u));
    m_painter.setBrush(m_palette.error);
    m_painter.drawEllipse(centre, 6.5 * u, 6.5 * u);
    m_painter.setPen(QPen(m_palette.window, 1.8 * u, Qt::SolidLine, Qt::RoundCap));
    m_painter.drawLine(centre + QPointF(0, -3.2 * u), centre + QPointF(0, 0.6 * u));
    m_painter.drawPoint(centre + QPointF(0, 3.2 * u));
}

void PromisePainter::paintLabel(const PromiseItem &item, PromisePlace place)
{
    const qreal u = m_geometry.unit;
    const QRectF cell = m_geometry.cell(place).adjusted(3 * u, 0, -3 * u, 0);
    const auto line = [&](const QFont &font, const QColor &colour, const QString &text, qreal top) {
        const QFontMetricsF metrics(font);
        const QString shown = metrics.elidedText(text, Qt::ElideRight, cell.width());
        const qreal wide = metrics.horizontalAdvance(shown) + 4 * u;
        const QRectF room(cell.center().x() - wide / 2, cell.top() + top, wide, 14 * u);
        m_painter.fillRect(room, faded(m_palette.window, 0.8F));
        m_painter.setFont(font);
        m_painter.setPen(colour);
        m_painter.drawText(room, static_cast<int>(Qt::AlignCenter), shown);
    };
    line(m_nameFont, m_palette.text, m_scene.model.label(item.node), 39 * u);
    if (m_zoom >= kFactsFrom)
        line(m_factFont, m_palette.dim, m_scene.model.fact(item.node), 53 * u);
}

} // namespace loopscope
