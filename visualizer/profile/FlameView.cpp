// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/FlameView.h"

#include "shell/Format.h"
#include "theme/Theme.h"
#include "timeline/TimelineCoordinates.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double kRowHeight = 19; ///< of the 8 px grid, as all lengths here
constexpr double kNameRoom = 28; ///< a narrower frame has no name
constexpr double kShortest = 10; ///< ns that can fill the view
constexpr double kWheelZoom = 1.0 / 400; ///< natural logarithm of the factor, for an eighth of a degree
constexpr double kKeyZoom = 1.5;
constexpr double kTickDistance = 90;

} // namespace

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](double left, double right) { return static_cast<float>(left * share + right * (1 - share)); };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()), mix(one.blueF(), other.blueF()));
}

FlameView::FlameView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("flameView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Flame graph"));
    viewport()->setMouseTracking(true);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        fitScrollBars();
        viewport()->update();
    });
}

void FlameView::setGraph(std::shared_ptr<const FlameGraph> graph, FlameLook look, bool keepsZoom)
{
    const bool wasWhole = m_length >= m_whole;
    const bool isAnother = graph != m_graph;
    m_graph = std::move(graph);
    m_look = std::move(look);
    m_names.clear();
    m_whole = std::max(kShortest, static_cast<double>(m_graph->length()));
    // A frame's place may be another's now, and the last of a graph that grows may have gone again.
    const auto isGone = [this](
                            FlamePlace place) { return place.row >= m_graph->rowCount() || place.index >= m_graph->row(place.row).size(); };
    if (isAnother || (m_current && isGone(*m_current)))
        setCurrent({});
    if (!keepsZoom || wasWhole)
        setRange(0, m_whole);
    else
        setRange(m_from, m_length);
    fitScrollBars();
}

void FlameView::setRuler(bool isShown)
{
    m_hasRuler = isShown;
    fitScrollBars();
    viewport()->update();
}

int FlameView::rulerHeight() const { return m_hasRuler ? rowHeight() : 0; }

int FlameView::topOf(int row) const { return rulerHeight() + row * rowHeight() - verticalScrollBar()->value(); }

void FlameView::setSearch(const QString &text)
{
    m_search = text.trimmed();
    viewport()->update();
}

int FlameView::rowHeight() const { return qRound(Theme::current().scaled(kRowHeight)); }

QSize FlameView::minimumSizeHint() const { return {rowHeight() * 8, rowHeight() * 3}; }

FlameWindow FlameView::window() const
{
    FlameWindow window;
    window.from = m_from;
    window.length = m_length;
    window.width = viewport()->width();
    window.firstRow = verticalScrollBar()->value() / rowHeight();
    window.endRow = window.firstRow + (viewport()->height() - rulerHeight()) / rowHeight() + 2;
    return window;
}

QRect FlameView::rectOf(FlamePlace place) const
{
    const FlameWindow shown = window();
    const FlameFrame &frame = m_graph->frame(place);
    const double left = std::max(0.0, shown.pixelOf(static_cast<double>(frame.start)));
    const double right = std::min<double>(shown.width, shown.pixelOf(static_cast<double>(frame.end())));
    if (right <= 0 || left >= shown.width)
        return {};
    const int top = topOf(place.row);
    return QRect(qFloor(left), top, std::max(1, qCeil(right) - qFloor(left)), rowHeight())
        .intersected(viewport()->rect().adjusted(0, rulerHeight(), 0, 0));
}

std::optional<FlamePlace> FlameView::placeAt(QPointF point) const
{
    const int row = (static_cast<int>(point.y()) - topOf(0)) / rowHeight();
    if (point.y() < rulerHeight())
        return {};
    const double time = window().timeAt(point.x());
    return time < 0 ? std::nullopt : m_graph->at(row, static_cast<quint64>(time));
}

void FlameView::setRange(double from, double length)
{
    m_length = std::clamp(length, kShortest, m_whole);
    m_from = std::clamp(from, 0.0, m_whole - m_length);
    viewport()->update();
}

void FlameView::zoomBy(double factor, double pixel)
{
    const double fixed = window().timeAt(pixel);
    const double length = std::clamp(m_length / factor, kShortest, m_whole);
    setRange(fixed - (fixed - m_from) * length / m_length, length);
}

void FlameView::zoomTo(FlamePlace place)
{
    const FlameFrame &frame = m_graph->frame(place);
    setRange(static_cast<double>(frame.start), static_cast<double>(frame.length));
    setCurrent(place);
}

void FlameView::zoomOut() { setRange(0, m_whole); }

void FlameView::setCurrent(std::optional<FlamePlace> place)
{
    if (m_current == place)
        return;
    m_current = place;
    if (place) {
        setAccessibleDescription(m_look.tip(m_graph->frame(*place)));
        reveal(*place);
    }
    viewport()->update();
    Q_EMIT currentChanged();
}

void FlameView::reveal(FlamePlace place)
{
    QScrollBar &bar = *verticalScrollBar();
    const int top = place.row * rowHeight();
    bar.setValue(std::clamp(bar.value(), std::max(0, top + rowHeight() - viewport()->height() + rulerHeight()), top));
    const FlameFrame &frame = m_graph->frame(place);
    const auto start = static_cast<double>(frame.start);
    const auto end = static_cast<double>(frame.end());
    if (end <= m_from || start >= m_from + m_length)
        setRange((start + end - m_length) / 2, m_length);
}

void FlameView::fitScrollBars()
{
    QScrollBar &bar = *verticalScrollBar();
    bar.setPageStep(viewport()->height() - rulerHeight());
    bar.setSingleStep(rowHeight());
    bar.setRange(0, std::max(0, rulerHeight() + m_graph->rowCount() * rowHeight() - viewport()->height()));
}

void FlameView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitScrollBars();
}

const QString &FlameView::nameOf(quint32 node)
{
    auto known = m_names.find(node);
    if (known == m_names.end())
        known = m_names.insert(node, m_look.name(node));
    return *known;
}

bool FlameView::isFound(quint32 node) { return m_search.isEmpty() || nameOf(node).contains(m_search, Qt::CaseInsensitive); }

void FlameView::paintBox(QPainter &painter, const FlameBox &box)
{
    const Palette &p = Theme::current().palette();
    const quint32 node = m_graph->frame(box.place).node;
    const int top = topOf(box.place.row);
    const bool isFound = this->isFound(node);
    const QColor fill = box.isFolded ? mixed(m_look.fill(node), p.window, 0.6) : m_look.fill(node);
    const QRectF rect(box.left, top, std::max(1.0, box.right - box.left - (box.right - box.left > 3 ? 1 : 0)), rowHeight() - 1);
    painter.fillRect(rect, isFound ? fill : mixed(fill, p.window, 0.25));
    if (!m_search.isEmpty() && isFound && !box.isFolded)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), p.link);
    if (box.isFolded || rect.width() < Theme::current().scaled(kNameRoom))
        return;
    const QRectF room = rect.adjusted(Theme::current().scaled(4), 0, -2, 0);
    painter.setPen(isFound ? p.text : p.dim);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        painter.fontMetrics().elidedText(nameOf(node), Qt::ElideRight, static_cast<int>(room.width())));
}

void FlameView::paintMarks(QPainter &painter)
{
    if (!m_current)
        return;
    const QRect rect = rectOf(*m_current);
    if (rect.isEmpty())
        return;
    painter.setPen(QPen(Theme::current().palette().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2));
}

void FlameView::paintRuler(QPainter &painter)
{
    const Theme &theme = Theme::current();
    const QRect room(0, 0, viewport()->width(), rulerHeight());
    painter.fillRect(room, theme.palette().bar);
    painter.setFont(theme.font(Theme::TextRole::Fact));
    painter.setPen(theme.palette().dim);
    TimelineCoordinates coordinates;
    coordinates.setExtent(m_whole);
    coordinates.setWidth(viewport()->width());
    coordinates.show(m_from, m_length);
    const TimelineCoordinates::Ticks ticks = coordinates.ticks(theme.scaled(kTickDistance));
    for (double time = ticks.first; time < m_from + m_length; time += ticks.distance) {
        const int x = qRound(coordinates.toPixel(time));
        painter.drawLine(x, room.bottom() - 4, x, room.bottom());
        painter.drawText(room.adjusted(x + qRound(theme.scaled(4)), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
            formatTick(time, ticks.distance));
    }
}

void FlameView::paintEvent(QPaintEvent *)
{
    QElapsedTimer timer;
    timer.start();
    const Theme &theme = Theme::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.palette().window);
    painter.setFont(theme.font(Theme::TextRole::Code));
    for (const FlameBox &box : flameBoxes(*m_graph, window()))
        paintBox(painter, box);
    paintMarks(painter);
    if (m_hasRuler)
        paintRuler(painter);
    m_clock.add(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    if (timelineFrames().isDebugEnabled()) {
        painter.setPen(theme.palette().dim);
        painter.drawText(viewport()->rect(), Qt::AlignRight | Qt::AlignBottom, m_clock.text());
    }
}

void FlameView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    // With Shift held, some systems turn the wheel sideways themselves.
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(angle.x()) > std::abs(angle.y()))
        setRange(m_from - (angle.x() != 0 ? angle.x() : angle.y()) * m_length / 1200, m_length);
    else
        zoomBy(std::exp(angle.y() * kWheelZoom), event->position().x());
    event->accept();
}

void FlameView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_pressedFrom = m_from;
    m_isDragging = false;
    setCurrent(placeAt(event->position()));
}

void FlameView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    const double moved = event->position().x() - m_pressed.x();
    m_isDragging = m_isDragging || std::abs(moved) >= QApplication::startDragDistance();
    if (m_isDragging)
        setRange(m_pressedFrom - moved * m_length / viewport()->width(), m_length);
}

void FlameView::mouseReleaseEvent(QMouseEvent *) { m_isDragging = false; }

void FlameView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const std::optional<FlamePlace> place = placeAt(event->position()))
        zoomTo(*place);
    else
        zoomOut();
}

bool FlameView::moveByKey(int key)
{
    if (m_graph->rowCount() == 0 || m_graph->row(0).empty()
        || (key != Qt::Key_Left && key != Qt::Key_Right && key != Qt::Key_Up && key != Qt::Key_Down))
        return false;
    std::optional<FlamePlace> next;
    if (!m_current)
        next = FlamePlace{};
    else if (key == Qt::Key_Up)
        next = m_graph->callerOf(*m_current);
    else if (key == Qt::Key_Down)
        next = m_graph->longestCalleeOf(*m_current);
    else
        next = m_graph->beside(*m_current, key == Qt::Key_Right ? 1 : -1);
    if (next)
        setCurrent(next);
    return true;
}

bool FlameView::zoomByKey(int key)
{
    const double middle = m_current ? rectOf(*m_current).center().x() : viewport()->width() / 2.0;
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(kKeyZoom, middle);
        return true;
    case Qt::Key_Minus:
        zoomBy(1 / kKeyZoom, middle);
        return true;
    case Qt::Key_0:
    case Qt::Key_Escape:
    case Qt::Key_Home:
        zoomOut();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            zoomTo(*m_current);
        return true;
    default:
        return false;
    }
}

void FlameView::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier)) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (moveByKey(event->key()) || zoomByKey(event->key()))
        return;
    if (event->key() == Qt::Key_Space) {
        if (const SiteId site = currentSite())
            Q_EMIT siteActivated(site);
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

bool FlameView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto &help = *static_cast<QHelpEvent *>(event);
        const std::optional<FlamePlace> place = placeAt(help.pos());
        QToolTip::showText(help.globalPos(), place ? m_look.tip(m_graph->frame(*place)) : QString(), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace loopscope
