// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the timeline.
#include "shell/Format.h"
#include "theme/Theme.h"
#include "timeline/SpanText.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineSearch.h"

#include <QElapsedTimer>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

using Role = Theme::TextRole;

const Palette &colours() { return Theme::current().palette(); }

constexpr auto kLeftMiddle = static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
constexpr auto kRightMiddle = static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
constexpr double kTickDistance = 90; ///< px at least

} // namespace

void TimelineCanvas::paintEvent(QPaintEvent *)
{
    QElapsedTimer clock;
    clock.start();
    QPainter painter(this);
    painter.fillRect(rect(), colours().window);
    drawList();
    paintHeads(painter);
    paintRuler(painter);
    if (m_text == nullptr) {
        painter.setFont(Theme::current().font(Role::Words));
        painter.setPen(colours().dim);
        painter.drawText(plot(), static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap),
            tr("What ran when appears here. Press F5 to run the script."));
        return;
    }
    paintRows(painter);
    paintCursor(painter);
    paintMeasured(painter);
    paintScrollMarks(painter);
    if (!timelineFrames().isDebugEnabled())
        return;
    m_frames.add(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    painter.setFont(Theme::current().font(Role::SmallCode));
    painter.setPen(colours().text);
    const QString text =
        QStringLiteral("%1; %2 rectangles, %3 names").arg(m_frames.text()).arg(m_list.rectCount()).arg(m_list.labels.size());
    const QRect room = painter.fontMetrics().boundingRect(plot(), static_cast<int>(Qt::AlignRight | Qt::AlignBottom), text);
    painter.fillRect(room.adjusted(-4, -2, 4, 0), colours().card);
    painter.drawText(room, static_cast<int>(Qt::AlignCenter), text);
}

void TimelineCanvas::paintHeads(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Role::Fact);
    const QFontMetricsF metrics(font);
    const int left = qRound(theme.scaled(12));
    const QRect area(0, plot().top(), headWidth(), plot().height());
    painter.save();
    painter.setClipRect(area);
    painter.setFont(font);
    for (const TimelineBlock &block : m_rows.blocks()) {
        const QRect line(left, plotOrigin().y() + block.top, headWidth() - left - qRound(theme.scaled(6)), m_rows.rowHeight());
        painter.setPen(colours().dim);
        if (block.group == TrackGroup::Loops && m_text != nullptr) {
            paintLoopNames(painter, line, block);
            continue;
        }
        QString title = TimelineRows::title(block.group);
        if (block.canUnfold)
            title = (m_rows.isUnfolded(block.group) ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + title;
        painter.drawText(line, kLeftMiddle, metrics.elidedText(title, Qt::ElideRight, line.width()));
        if (block.group == TrackGroup::Threads)
            paintThreadNumbers(painter, line, block);
        if (block.hiddenRows > 0 && block.height > m_rows.rowHeight()) {
            painter.setPen(colours().faint);
            painter.drawText(line.translated(0, m_rows.rowHeight()), kLeftMiddle,
                block.hiddenRows == 1 ? tr("+ 1 row") : tr("+ %L1 rows").arg(block.hiddenRows));
        }
    }
    if (hasFocus() && static_cast<std::size_t>(m_focusRow) < m_rows.rows().size()) {
        const int top = plotOrigin().y() + m_rows.rows()[static_cast<std::size_t>(m_focusRow)].top;
        painter.fillRect(QRect(qRound(theme.scaled(4)), top, qRound(theme.scaled(3)), m_rows.rowHeight()), colours().accent);
    }
    painter.restore();
}

/// Each row has the name of the loop that is in sight there last: a row is another's when a loop has ended.
void TimelineCanvas::paintLoopNames(QPainter &painter, const QRect &firstLine, const TimelineBlock &block) const
{
    const std::vector<SpanTrack> &loops = m_tracks->rows(TrackGroup::Loops);
    const QFontMetricsF metrics(painter.font());
    for (const TimelineRow &row : m_rows.rows()) {
        if (row.group != TrackGroup::Loops || static_cast<std::size_t>(row.row) >= loops.size())
            continue;
        const SpanTrack &track = loops[static_cast<std::size_t>(row.row)];
        const std::size_t behind = track.firstBeginningFrom(m_columns.endEvent());
        const SpanRef span{TrackGroup::Loops, row.row, std::max<std::size_t>(behind, 1) - 1};
        const QRect line = firstLine.translated(0, row.top - block.top);
        painter.drawText(line, kLeftMiddle, metrics.elidedText(m_text->name(span), Qt::ElideMiddle, line.width()));
    }
}

void TimelineCanvas::paintThreadNumbers(QPainter &painter, const QRect &firstLine, const TimelineBlock &block) const
{
    for (const TimelineRow &row : m_rows.rows()) {
        if (row.group == TrackGroup::Threads)
            painter.drawText(firstLine.translated(0, row.top - block.top), kRightMiddle, QString::number(row.row + 1));
    }
}

QString TimelineCanvas::tickText(double value, double distance) const
{
    return m_axis == TimelineAxis::Events ? QLocale().toString(static_cast<qulonglong>(value)) : formatTick(value, distance);
}

void TimelineCanvas::paintRuler(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QRect area = plot();
    painter.setFont(theme.font(Role::Fact));
    painter.setPen(colours().faint);
    const int left = qRound(theme.scaled(12));
    const QString axis = m_axis == TimelineAxis::Time ? tr("time") : tr("event number");
    painter.drawText(QRect(left, 0, headWidth() - left, rulerHeight()), kLeftMiddle, axis);
    if (m_text == nullptr)
        return;
    const auto ticks = m_coordinates.ticks(theme.scaled(kTickDistance));
    painter.save();
    painter.setClipRect(QRect(area.left(), 0, area.width() + qRound(theme.scaled(12)), height()));
    for (double value = ticks.first; value <= m_coordinates.to(); value += ticks.distance) {
        const int x = area.left() + qRound(m_coordinates.toPixel(value));
        painter.fillRect(QRect(x, rulerHeight() - 4, 1, 4 + area.height()), colours().line);
        const QString text = tickText(value, ticks.distance);
        const QRectF room(x + theme.scaled(4), 0, painter.fontMetrics().horizontalAdvance(text) + 2, rulerHeight());
        if (room.right() < width())
            painter.drawText(room, kLeftMiddle, text);
    }
    painter.restore();
    if (m_search == nullptr || !m_search->isActive())
        return;
    // Where there are matches, also in rows out of sight.
    const SpanMatches &matches = m_search->matches();
    auto match = std::lower_bound(matches.begin(), matches.end(), static_cast<quint32>(m_columns.firstEvent()));
    while (match != matches.end() && *match < m_columns.endEvent()) {
        const int column = std::max(m_columns.columnOf(*match), 0);
        painter.fillRect(QRect(area.left() + column, rulerHeight() - 5, 2, 5), colours().link);
        match = std::lower_bound(match + 1, matches.end(), static_cast<quint32>(m_columns.edge(std::min(column + 1, m_columns.width()))));
    }
}

void TimelineCanvas::paintRows(QPainter &painter)
{
    painter.save();
    painter.setClipRect(plot());
    painter.translate(plotOrigin());
    const bool isComplete = m_painter.paint(painter, m_list, m_text);
    paintSelection(painter);
    painter.restore();
    if (!isComplete)
        update();
}

void TimelineCanvas::paintSelection(QPainter &painter) const
{
    const auto outline = [&](const SpanRef &span, const QColor &colour, qreal width) {
        const QRect rect = rectOf(span);
        if (rect.isEmpty())
            return;
        painter.setPen(QPen(colour, width));
        painter.drawRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2));
    };
    painter.setBrush(Qt::NoBrush);
    for (const SpanRef &span : m_marked)
        outline(span, colours().link, 1);
    if (m_hovered)
        outline(*m_hovered, colours().text, 1);
    if (m_selected)
        outline(*m_selected, colours().text, Theme::current().scaled(2));
}

void TimelineCanvas::paintMeasured(QPainter &painter) const
{
    if (!m_measured)
        return;
    const QRect area = plot();
    const auto [low, high] = std::minmax(m_measured->first, m_measured->second);
    const QRectF band(
        area.left() + m_coordinates.toPixel(low), 0, m_coordinates.toPixel(high) - m_coordinates.toPixel(low), area.bottom() + 1);
    if (band.right() < area.left() || band.left() > area.right())
        return;
    painter.save();
    painter.setClipRect(QRect(area.left(), 0, area.width(), height()));
    QColor fill = colours().accent;
    fill.setAlphaF(0.22F);
    painter.fillRect(band, fill);
    painter.setPen(colours().link);
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
    painter.restore();
    const QString text = measuredText();
    const QFont font = Theme::current().font(Role::Fact);
    const QFontMetricsF metrics(font);
    const qreal width = metrics.horizontalAdvance(text) + Theme::current().scaled(12);
    const qreal x =
        std::clamp(band.center().x() - width / 2, static_cast<qreal>(area.left()), std::max<qreal>(area.right() - width, area.left()));
    const QRectF box(x, 1, width, rulerHeight() - 2);
    painter.setFont(font);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours().accent);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colours().accentText);
    painter.drawText(box, static_cast<int>(Qt::AlignCenter), text);
}

void TimelineCanvas::paintCursor(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QRect area = plot();
    const double pixel = m_coordinates.toPixel(cursorPlace());
    if (pixel < -1 || pixel > area.width() + 1)
        return;
    const qreal x = area.left() + std::clamp(pixel, 0.0, static_cast<double>(area.width()));
    const QLineF line(QPointF(x, theme.scaled(8)), QPointF(x, area.bottom() + 1));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // Yellow needs a dark edge to be seen on a light ground and on bars.
    painter.setPen(QPen(colours().isDark ? colours().window : colours().nowText, theme.scaled(4)));
    painter.drawLine(line);
    painter.setPen(QPen(colours().now, theme.scaled(2)));
    painter.drawLine(line);
    const qreal half = theme.scaled(5);
    QPainterPath handle;
    handle.addPolygon(QPolygonF({QPointF(x - half, theme.scaled(4)), QPointF(x + half, theme.scaled(4)), QPointF(x, theme.scaled(12))}));
    handle.closeSubpath();
    painter.setPen(QPen(colours().isDark ? colours().window : colours().nowText, 1));
    painter.setBrush(colours().now);
    painter.drawPath(handle);
    painter.restore();
}

/// Thin bars that say which part of the recording and of the rows is in sight.
void TimelineCanvas::paintScrollMarks(QPainter &painter) const
{
    const QRect area = plot();
    const int thickness = qRound(Theme::current().scaled(4));
    if (!m_coordinates.showsWhole()) {
        const double scale = area.width() / m_coordinates.extent();
        const int length = std::max(qRound(m_coordinates.length() * scale), 12);
        const int left = std::min(qRound(m_coordinates.from() * scale), area.width() - length);
        const int top = height() - thickness - 1;
        painter.fillRect(QRect(area.left(), top, area.width(), thickness), colours().chip);
        painter.fillRect(QRect(area.left() + left, top, length, thickness), colours().faint);
    }
    if (m_rows.height() > area.height()) {
        const double scale = static_cast<double>(area.height()) / m_rows.height();
        const int left = width() - thickness - 2;
        painter.fillRect(QRect(left, area.top(), thickness, area.height()), colours().chip);
        painter.fillRect(QRect(left, area.top() + qRound(m_scroll * scale), thickness, qRound(area.height() * scale)), colours().faint);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace loopscope
