// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromiseGraphView.h"

#include "promises/PromisePainter.h"
#include "theme/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr qreal kSmallestZoom = 0.06;
constexpr qreal kLargestZoom = 3;
constexpr qreal kZoomStep = 1.2;

} // namespace

PromiseGraphView::PromiseGraphView(const PromiseModel &model, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("promiseGraph"));
    setAccessibleName(tr("Promise graph"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateScrollBars();
        viewport()->update();
    });
}

PromiseGeometry PromiseGraphView::geometryOfItems() const { return {Theme::current().scaled(1) * m_zoom}; }

QPointF PromiseGraphView::offset() const { return {qreal(horizontalScrollBar()->value()), qreal(verticalScrollBar()->value())}; }

void PromiseGraphView::setPicture(PromisePicture picture, quint64 cursor, quint32 revealed)
{
    m_picture = std::move(picture);
    m_layout = PromiseLayout::compute(m_picture.items);
    m_cursor = cursor;
    updateScrollBars();
    if (revealed != noItem)
        reveal(revealed);
    describeSelected();
    viewport()->update();
}

void PromiseGraphView::setEmptyHint(const QString &hint)
{
    m_emptyHint = hint;
    describeSelected();
    viewport()->update();
}

void PromiseGraphView::setSelected(SubjectId promise)
{
    const bool isNew = m_selected != promise;
    m_selected = promise;
    if (const quint32 item = selectedItem(); item != noItem && isNew)
        reveal(item);
    describeSelected();
    viewport()->update();
}

quint32 PromiseGraphView::selectedItem() const
{
    const auto node = m_selected != 0 ? m_model.graph().find(m_selected) : std::nullopt;
    return node ? m_picture.find(*node) : noItem;
}

void PromiseGraphView::describeSelected()
{
    const quint32 item = selectedItem();
    QString text = m_picture.items.empty() ? m_emptyHint : tr("%L1 promises, %L2 pending").arg(m_picture.total).arg(m_picture.pending);
    if (item != noItem) {
        const PromiseItem &shown = m_picture.items[item];
        text = shown.isGroup() ? m_model.describe(shown, m_cursor) : m_model.describe(*m_model.graph().find(m_selected), m_cursor);
    }
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

// --- what assistive technology is told of --------------------------------------------------------------------------------------------

int PromiseGraphView::itemCount() { return static_cast<int>(m_picture.items.size()); }

QString PromiseGraphView::itemName(int item) { return m_model.describe(m_picture.items[static_cast<std::size_t>(item)], m_cursor); }

QRect PromiseGraphView::itemRect(int item)
{
    const QRectF cell = geometryOfItems().cell(m_layout.places[static_cast<std::size_t>(item)]);
    return cell.translated(-offset()).toAlignedRect().translated(viewport()->pos());
}

int PromiseGraphView::chosenItem()
{
    const quint32 item = selectedItem();
    return item != noItem ? static_cast<int>(item) : -1;
}

void PromiseGraphView::chooseItem(int item)
{
    select(static_cast<quint32>(item));
    reveal(static_cast<quint32>(item));
}

void PromiseGraphView::openItem(int item)
{
    chooseItem(item);
    activate(static_cast<quint32>(item));
}

// --- painting ------------------------------------------------------------------------------------------------------------------------

void PromiseGraphView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Palette &palette = Theme::current().palette();
    painter.fillRect(event->rect(), palette.window);
    if (m_picture.items.empty()) {
        painter.setFont(Theme::current().font(Theme::TextRole::Words));
        painter.setPen(palette.dim);
        painter.drawText(QRectF(viewport()->rect()).adjusted(16, 8, -16, -8),
            static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), m_emptyHint);
    } else {
        painter.save();
        painter.translate(-offset());
        const PromisePainter::Scene scene{m_model, m_picture, m_layout, geometryOfItems(), m_selected};
        PromisePainter(painter, scene).paint(QRectF(event->rect()).translated(offset()));
        painter.restore();
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void PromiseGraphView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PromiseGraphView::resizeEvent(QResizeEvent *) { updateScrollBars(); }

void PromiseGraphView::updateScrollBars()
{
    const QSizeF size = geometryOfItems().size(m_layout);
    const auto set = [](QScrollBar *bar, qreal whole, int page, qreal step) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(whole)) - page));
        bar->setPageStep(page);
        bar->setSingleStep(std::max(1, static_cast<int>(step / 3)));
    };
    set(horizontalScrollBar(), size.width(), viewport()->width(), geometryOfItems().columnWidth());
    set(verticalScrollBar(), size.height(), viewport()->height(), geometryOfItems().rowHeight());
}

void PromiseGraphView::reveal(quint32 item)
{
    const QRectF cell = geometryOfItems().cell(m_layout.places[item]);
    const auto scroll = [](QScrollBar *bar, qreal first, qreal last) {
        if (first < bar->value())
            bar->setValue(static_cast<int>(first));
        else if (last > bar->value() + bar->pageStep())
            bar->setValue(static_cast<int>(last) - bar->pageStep());
    };
    scroll(horizontalScrollBar(), cell.left(), cell.right());
    scroll(verticalScrollBar(), cell.top(), cell.bottom());
}

void PromiseGraphView::setZoom(qreal zoom) { zoomAround(zoom, QPointF(viewport()->rect().center())); }

void PromiseGraphView::zoomAround(qreal zoom, QPointF inViewport)
{
    const qreal before = m_zoom;
    m_zoom = std::clamp(zoom, kSmallestZoom, kLargestZoom);
    if (m_zoom == before)
        return;
    const QPointF point = (offset() + inViewport) * (m_zoom / before) - inViewport;
    updateScrollBars();
    horizontalScrollBar()->setValue(qRound(point.x()));
    verticalScrollBar()->setValue(qRound(point.y()));
    viewport()->update();
}

void PromiseGraphView::zoomToFit()
{
    const QSizeF size = geometryOfItems().size(m_layout) / m_zoom;
    const qreal fit = std::min(viewport()->width() / size.width(), viewport()->height() / size.height());
    setZoom(std::min(fit, 1.0));
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
}

// --- mouse ---------------------------------------------------------------------------------------------------------------------------

quint32 PromiseGraphView::itemAt(QPointF inViewport) const { return m_layout.at(geometryOfItems().placeAt(inViewport + offset())); }

const PromiseEdge *PromiseGraphView::jobAt(QPointF inViewport) const
{
    const PromiseGeometry geometry = geometryOfItems();
    const QPointF point = inViewport + offset();
    const auto isNear = [&](const PromiseEdge &edge) {
        const PromisePlace to = m_layout.places[edge.to];
        const QPointF away = geometry.middle(edge.from != noItem ? m_layout.places[edge.from] : to, to) - point;
        return std::abs(away.x()) < 16 * geometry.unit && std::abs(away.y()) < 9 * geometry.unit;
    };
    const auto found = std::find_if(m_picture.edges.begin(), m_picture.edges.end(), isNear);
    return found != m_picture.edges.end() ? &*found : nullptr;
}

void PromiseGraphView::select(quint32 item)
{
    const SubjectId promise = item != noItem ? m_model.graph().nodes()[m_picture.items[item].node].id : 0;
    if (promise == m_selected)
        return;
    setSelected(promise);
    tellChosen(*this);
    Q_EMIT selectionChanged(promise);
}

void PromiseGraphView::activate(quint32 item)
{
    if (item == noItem)
        return;
    const PromiseItem &shown = m_picture.items[item];
    if (const SiteId site = m_model.placeOf(shown.node); site != 0)
        Q_EMIT siteActivated(site);
}

void PromiseGraphView::single(quint32 item)
{
    if (item == noItem)
        return;
    const SubjectId promise = m_model.graph().nodes()[m_picture.items[item].node].id;
    if (m_picture.items[item].isGroup())
        Q_EMIT alikeWanted(promise);
    else
        Q_EMIT focusWanted(m_selected);
}

void PromiseGraphView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_dragFrom = event->pos();
    m_isDragged = false;
    if (event->button() == Qt::LeftButton)
        select(itemAt(event->position()));
}

void PromiseGraphView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragFrom)
        return;
    const QPoint moved = event->pos() - *m_dragFrom;
    if (!m_isDragged && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragged = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
    m_dragFrom = event->pos();
}

void PromiseGraphView::mouseReleaseEvent(QMouseEvent *)
{
    m_dragFrom.reset();
    viewport()->unsetCursor();
}

void PromiseGraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(itemAt(event->position()));
}

void PromiseGraphView::wheelEvent(QWheelEvent *event)
{
    if ((event->modifiers() & Qt::ControlModifier) == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    zoomAround(m_zoom * std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

bool PromiseGraphView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const quint32 item = itemAt(QPointF(help->pos()));
    QString text;
    if (const PromiseEdge *edge = jobAt(QPointF(help->pos())))
        text = m_model.describe(*edge);
    else if (item != noItem)
        text = m_model.describe(m_picture.items[item], m_cursor) + QLatin1Char('\n')
            + (m_picture.items[item].isGroup() ? tr("Click: why. Double click: source. F: each of them")
                                               : tr("Click: why. Double click: source. F: only it and its relatives"));
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void PromiseGraphView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const quint32 item = isByKey ? selectedItem() : itemAt(QPointF(event->pos()));
    if (item == noItem)
        return;
    select(item);
    const quint32 number = m_picture.items[item].node;
    const PromiseNode node = m_model.graph().nodes()[number];
    QMenu menu(this);
    menu.addAction(tr("Show in the source"), this, [this, item] { activate(item); });
    menu.addAction(tr("Go to where it was made"), this, [this, node] { Q_EMIT cursorChosen(node.created + 1); });
    QAction *settled = menu.addAction(tr("Go to where it was settled"), this, [this, node] { Q_EMIT cursorChosen(node.settled + 1); });
    settled->setEnabled(node.settled != neverHappens);
    menu.addSeparator();
    menu.addAction(m_picture.items[item].isGroup() ? tr("Each of them\tF") : tr("Only this and its relatives\tF"), this,
        [this, item] { single(item); });
    menu.addAction(tr("All promises\tEsc"), this, [this] { Q_EMIT focusWanted(0); });
    menu.addSeparator();
    menu.addAction(
        tr("Copy as text"), this, [this, item] { QApplication::clipboard()->setText(m_model.describe(m_picture.items[item], m_cursor)); });
    const QPointF below = geometryOfItems().cell(m_layout.places[item]).center() - offset();
    menu.exec(isByKey ? viewport()->mapToGlobal(below.toPoint()) : event->globalPos());
}

// --- keys ----------------------------------------------------------------------------------------------------------------------------

/// The item that this one waits for, or that waits for it, the nearest row first.
quint32 PromiseGraphView::neighbour(quint32 item, bool forward) const
{
    quint32 best = noItem;
    const auto distance = [&](quint32 other) { return std::abs(m_layout.places[other].row - m_layout.places[item].row); };
    for (const PromiseEdge &edge : m_picture.edges) {
        if (edge.from == noItem || (forward ? edge.from : edge.to) != item)
            continue;
        const quint32 other = forward ? edge.to : edge.from;
        if (best == noItem || distance(other) < distance(best))
            best = other;
    }
    return best;
}

void PromiseGraphView::walk(int key)
{
    if (m_picture.items.empty())
        return;
    const quint32 here = selectedItem();
    const auto last = static_cast<quint32>(m_picture.items.size()) - 1;
    quint32 next = here;
    if (key == Qt::Key_Home)
        next = 0;
    else if (key == Qt::Key_End || here == noItem)
        next = last;
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        next = neighbour(here, key == Qt::Key_Right);
    else
        next = m_layout.beside(here, key == Qt::Key_Down ? 1 : -1);
    if (next == noItem)
        return;
    select(next);
    reveal(next);
}

void PromiseGraphView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        walk(event->key());
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(selectedItem());
        break;
    case Qt::Key_F:
        single(selectedItem());
        break;
    case Qt::Key_W:
        Q_EMIT nextWarningWanted();
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(m_zoom * kZoomStep);
        break;
    case Qt::Key_Minus:
        setZoom(m_zoom / kZoomStep);
        break;
    case Qt::Key_0:
        zoomToFit();
        break;
    case Qt::Key_1:
        setZoom(1);
        break;
    case Qt::Key_Escape:
        select(noItem);
        Q_EMIT focusWanted(0);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace loopscope
