// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/CursorSlider.h"

#include "recording/RecordingReader.h"
#include "shell/Format.h"
#include "state/Names.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr qreal kLabels = 88; ///< room for the names of the rows
constexpr qreal kRow = 14;
constexpr qreal kRowGap = 6;
constexpr qreal kTop = 4;
constexpr qreal kTimeScale = 16;
constexpr qreal kMargin = 12;

int clampToInt(quint64 value) { return static_cast<int>(std::min<quint64>(value, std::numeric_limits<int>::max())); }

} // namespace

CursorSlider::CursorSlider(QWidget *parent)
    : QAbstractSlider(parent)
{
    setObjectName(QStringLiteral("cursorSlider"));
    setAccessibleName(tr("Place in the recording"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setRange(0, 0);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize CursorSlider::sizeHint() const { return {240, qRound(Theme::current().scaled(kTop + 2 * kRow + kRowGap + kTimeScale + 6))}; }

void CursorSlider::setTimeline(const StateTimeline *timeline)
{
    m_timeline = timeline;
    m_spans.clear();
    setRange(0, 0);
    grow();
    update();
}

void CursorSlider::grow()
{
    if (m_timeline == nullptr)
        return;
    while (m_spans.eventCount() < m_timeline->eventCount())
        m_spans.add(m_timeline->reader().event(m_spans.eventCount()));
    setRange(0, clampToInt(m_timeline->eventCount()));
    setPageStep(std::max(1, maximum() / 20));
    update();
}

QRectF CursorSlider::groove() const
{
    const Theme &theme = Theme::current();
    const qreal left = theme.scaled(kMargin + kLabels);
    return {left, theme.scaled(kTop), std::max(width() - left - theme.scaled(kMargin), 1.0), theme.scaled(2 * kRow + kRowGap)};
}

int CursorSlider::valueAt(qreal x) const
{
    const QRectF room = groove();
    return std::clamp(qRound((x - room.left()) / room.width() * maximum()), 0, maximum());
}

qreal CursorSlider::positionOf(int value) const
{
    const QRectF room = groove();
    return maximum() > 0 ? room.left() + room.width() * value / maximum() : room.left();
}

void CursorSlider::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    const Palette &p = theme.palette();
    QPainter painter(this);
    painter.fillRect(rect(), p.window);
    const QRectF room = groove();
    const qreal rowHeight = theme.scaled(kRow);
    const QRectF iterations(room.left(), room.top(), room.width(), rowHeight);
    const QRectF tasks(room.left(), room.bottom() - rowHeight, room.width(), rowHeight);
    painter.setFont(theme.font(Theme::TextRole::Fact));
    painter.setPen(p.dim);
    const qreal margin = theme.scaled(kMargin);
    painter.drawText(QRectF(margin, iterations.top(), theme.scaled(kLabels), rowHeight), static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
        tr("iterations"));
    painter.drawText(
        QRectF(margin, tasks.top(), theme.scaled(kLabels), rowHeight), static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), tr("callbacks"));
    painter.fillRect(tasks, p.card);
    painter.fillRect(iterations, p.card);
    if (m_timeline == nullptr || maximum() == 0)
        return;
    paintIterations(painter, iterations);
    paintTasks(painter, tasks);

    const qreal x = positionOf(value());
    painter.setRenderHint(QPainter::Antialiasing);
    const QLineF line(QPointF(x, room.top() - theme.scaled(2)), QPointF(x, room.bottom() + theme.scaled(3)));
    // Yellow needs a dark edge to be seen on a light ground and on yellow-ish blocks.
    painter.setPen(QPen(p.isDark ? p.window : p.nowText, theme.scaled(4)));
    painter.drawLine(line);
    painter.setPen(QPen(p.now, theme.scaled(2)));
    painter.drawLine(line);
    const QString time = formatClock(m_timeline->reader().event(static_cast<quint64>(std::max(0, value() - 1))).time);
    const qreal width = QFontMetricsF(theme.font(Theme::TextRole::Fact)).horizontalAdvance(time) + 8;
    const qreal left = std::clamp(x - width / 2, room.left(), std::max(room.right() - width, room.left()));
    painter.setPen(hasFocus() ? p.link : p.text);
    painter.drawText(
        QRectF(left, room.bottom() + theme.scaled(3), width, theme.scaled(kTimeScale)), static_cast<int>(Qt::AlignCenter), time);
}

void CursorSlider::paintIterations(QPainter &painter, const QRectF &row) const
{
    const Palette &p = Theme::current().palette();
    const auto &starts = m_timeline->index().landmarks(Landmark::IterationStarted);
    const QFontMetricsF metrics(painter.font());
    const qreal perEvent = row.width() / maximum();
    // Iterations narrower than two pixels would paint over each other: only as many as can be told apart are drawn.
    const auto stride = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<qreal>(starts.size()) / (row.width() / 2)));
    for (std::size_t i = 0; i < starts.size(); i += stride) {
        const quint64 end = i + stride < starts.size() ? starts.at(i + stride) : static_cast<quint64>(maximum());
        const QRectF block(row.left() + static_cast<qreal>(starts.at(i)) * perEvent, row.top(),
            static_cast<qreal>(end - starts.at(i)) * perEvent, row.height());
        painter.fillRect(block.adjusted(0, 0, block.width() > 3 ? -1 : 0, 0), p.chip);
        const QString number = QString::number(i + 1);
        if (stride == 1 && block.width() > metrics.horizontalAdvance(number) + 6) {
            painter.setPen(p.dim);
            painter.drawText(block, static_cast<int>(Qt::AlignCenter), number);
        }
    }
}

void CursorSlider::paintTasks(QPainter &painter, const QRectF &row) const
{
    const Palette &p = Theme::current().palette();
    const int columns = std::max(1, static_cast<int>(row.width()));
    const auto events = static_cast<quint64>(maximum());
    for (int column = 0; column < columns; ++column) {
        const quint64 from = events * static_cast<quint64>(column) / static_cast<quint64>(columns);
        const quint64 to = std::max(from + 1, events * static_cast<quint64>(column + 1) / static_cast<quint64>(columns));
        if (const auto kind = m_spans.mostly(from, to))
            painter.fillRect(QRectF(row.left() + column, row.top(), 1, row.height()), p.hue(hueOf(*kind)));
    }
}

void CursorSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(true);
    setValue(valueAt(event->position().x()));
}

void CursorSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (isSliderDown())
        setValue(valueAt(event->position().x()));
}

void CursorSlider::mouseReleaseEvent(QMouseEvent *) { setSliderDown(false); }

bool CursorSlider::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || m_timeline == nullptr || maximum() == 0)
        return QAbstractSlider::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto index = static_cast<quint64>(std::max(0, valueAt(help->pos().x()) - 1));
    const Event at = m_timeline->reader().event(index);
    QString text = tr("event %L1, %2, iteration %3").arg(index + 1).arg(formatClock(at.time)).arg(m_timeline->index().iterationOf(index));
    if (const auto kind = m_spans.mostly(index, index + 1))
        text += QStringLiteral(", ") + taskKindName(*kind);
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace loopscope
