// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of the timeline.
#include "theme/Theme.h"
#include "timeline/SpanText.h"
#include "timeline/TimelineCanvas.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double kKeyZoom = 1.5;
constexpr double kWheelZoom = 1.2; ///< a notch
constexpr double kNotch = 120; ///< QWheelEvent's unit
constexpr int kWheelPan = 90; ///< px a notch
constexpr int kClickable = 4; ///< px: a click into a wider span means the very place, into a narrower one its beginning

} // namespace

void TimelineCanvas::mousePressEvent(QMouseEvent *event)
{
    if (m_text == nullptr)
        return;
    m_dragFrom = event->position();
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::Pan;
        return;
    }
    if (event->button() != Qt::LeftButton || toggleBlockAt(event->position()))
        return;
    const double place = m_coordinates.toValue(plotX(event->position()));
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_drag = Drag::Measure;
        m_measuresToCursor = false;
        m_measured = {place, place};
        update();
        return;
    }
    m_drag = Drag::Cursor;
    chooseAt(event->position());
}

void TimelineCanvas::chooseAt(const QPointF &widget)
{
    const std::optional<SpanRef> span = spanUnder(widget);
    const bool isNarrow = span && rectOf(*span).width() < kClickable;
    const quint64 cursor = isNarrow ? m_tracks->rows(span->group)[static_cast<std::size_t>(span->row)].begin(span->span) + 1
                                    : cursorAt(m_coordinates.toValue(plotX(widget)));
    setValue(static_cast<int>(std::min<quint64>(cursor, static_cast<quint64>(maximum()))));
    select(span);
}

void TimelineCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_text == nullptr)
        return;
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    if (!isByKey && plot().contains(event->pos()))
        chooseAt(QPointF(event->pos()));
    Q_EMIT menuWanted(isByKey ? mapToGlobal(plot().center()) : event->globalPos());
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const double place = m_coordinates.toValue(std::clamp(plotX(event->position()), 0.0, static_cast<double>(m_coordinates.width())));
    switch (m_drag) {
    case Drag::Cursor:
        if ((event->position() - m_dragFrom).manhattanLength() > kClickable)
            setValue(static_cast<int>(std::min<quint64>(cursorAt(place), static_cast<quint64>(maximum()))));
        break;
    case Drag::Measure:
        m_measured->second = place;
        update();
        break;
    case Drag::Pan:
        panBy(m_dragFrom.x() - event->position().x());
        scrollBy(qRound(m_dragFrom.y() - event->position().y()));
        m_dragFrom = event->position();
        break;
    case Drag::None: {
        const std::optional<SpanRef> span = spanUnder(event->position());
        if (span != m_hovered) {
            m_hovered = span;
            update();
        }
        break;
    }
    }
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    // A measurement without length was a click.
    if (m_drag == Drag::Measure && (event->position() - m_dragFrom).manhattanLength() < kClickable)
        m_measured.reset();
    m_drag = Drag::None;
    update();
}

void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const std::optional<SpanRef> span = spanUnder(event->position()))
        zoomTo(*span);
    else if (!toggleBlockAt(event->position()))
        mousePressEvent(event);
}

void TimelineCanvas::leaveEvent(QEvent *event)
{
    QAbstractSlider::leaveEvent(event);
    m_hovered.reset();
    update();
}

void TimelineCanvas::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const double down = pixels.isNull() ? event->angleDelta().y() / kNotch * kWheelPan : pixels.y();
    const double across = pixels.isNull() ? event->angleDelta().x() / kNotch * kWheelPan : pixels.x();
    const Qt::KeyboardModifiers keys = event->modifiers();
    event->accept();
    if (keys.testFlag(Qt::ControlModifier)) {
        m_coordinates.zoom(std::pow(kWheelZoom, down / kWheelPan), plotX(event->position()));
        setStale();
        return;
    }
    const bool isOverHeads = event->position().x() < headWidth();
    if (isOverHeads || keys.testFlag(Qt::ShiftModifier) || (m_coordinates.showsWhole() && across == 0)) {
        // Some platforms turn the wheel sideways while Shift is held.
        scrollBy(-qRound(down != 0 ? down : across));
        return;
    }
    panBy(-(across != 0 ? across : down));
}

bool TimelineCanvas::moveByKey(const QKeyEvent &event)
{
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const auto page = [this](double part) { setValue(static_cast<int>(cursorAt(cursorPlace() + m_coordinates.length() * part))); };
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int step = event.key() == Qt::Key_Right ? 1 : -1;
        if (control) {
            selectNear(step > 0);
        } else if (shift) {
            panBy(step * m_coordinates.width() / 8.0);
        } else {
            setValue(value() + step);
        }
        return true;
    }
    case Qt::Key_Up:
        focusRow(-1);
        return true;
    case Qt::Key_Down:
        focusRow(1);
        return true;
    case Qt::Key_PageUp:
        page(-0.1);
        return true;
    case Qt::Key_PageDown:
        page(0.1);
        return true;
    case Qt::Key_Home:
        setValue(0);
        return true;
    case Qt::Key_End:
        setValue(maximum());
        return true;
    default:
        return false;
    }
}

bool TimelineCanvas::changeViewByKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(kKeyZoom);
        return true;
    case Qt::Key_Minus:
    case Qt::Key_Underscore:
        zoomBy(1 / kKeyZoom);
        return true;
    case Qt::Key_0:
        showWhole();
        return true;
    case Qt::Key_A:
        setAxis(m_axis == TimelineAxis::Time ? TimelineAxis::Events : TimelineAxis::Time);
        return true;
    case Qt::Key_U:
        unfoldFocused();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected)
            zoomTo(*m_selected);
        return true;
    default:
        return false;
    }
}

bool TimelineCanvas::actByKey(const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_F:
    case Qt::Key_Slash:
        Q_EMIT searchWanted();
        return true;
    case Qt::Key_N:
        Q_EMIT nextMatchWanted(!event.modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_M:
        measureFromCursor();
        return true;
    case Qt::Key_S:
        if (m_selected && m_text->site(*m_selected) != 0)
            Q_EMIT siteActivated(m_text->site(*m_selected));
        return true;
    case Qt::Key_Escape:
        clearMarks();
        return true;
    default:
        return false;
    }
}

void TimelineCanvas::keyPressEvent(QKeyEvent *event)
{
    const bool isCommand = event->modifiers().testFlag(Qt::AltModifier) || event->modifiers().testFlag(Qt::MetaModifier);
    const bool isLetter = event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z && event->modifiers().testFlag(Qt::ControlModifier);
    if (m_text != nullptr && !isCommand && !isLetter && (moveByKey(*event) || changeViewByKey(*event) || actByKey(*event))) {
        if (m_measured && m_measuresToCursor)
            m_measured->second = cursorPlace();
        event->accept();
        return;
    }
    event->ignore();
}

bool TimelineCanvas::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractSlider::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const std::optional<SpanRef> span = spanUnder(help->pos())) {
        QToolTip::showText(help->globalPos(), m_text->describe(*span), this, rectOf(*span).translated(plotOrigin()));
    } else if (help->pos().x() < headWidth()) {
        const TimelineBlock *block = m_rows.blockAt(inRows(help->pos()).y());
        if (block != nullptr && block->canUnfold)
            QToolTip::showText(help->globalPos(), tr("Click to show all rows, or fewer (U)"), this);
        else
            QToolTip::hideText();
    } else if (m_text != nullptr && m_axis == TimelineAxis::Events && plot().contains(help->pos()) && m_tracks->eventCount() > 0) {
        const auto number = static_cast<quint64>(std::max(m_coordinates.toValue(plotX(help->pos())), 0.0));
        QToolTip::showText(help->globalPos(), m_text->describeEvent(std::min(number, m_tracks->eventCount() - 1)), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

} // namespace loopscope
