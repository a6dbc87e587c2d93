// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineCanvas.h"

#include "shell/Format.h"
#include "theme/Palette.h"
#include "theme/Theme.h"
#include "timeline/SpanText.h"
#include "timeline/TimelineSearch.h"

#include <QSignalBlocker>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope {

namespace {

constexpr qreal kRow = 15;
constexpr qreal kRowGap = 2;
constexpr qreal kGroupGap = 5;
constexpr double kShortestTime = 200; ///< ns
constexpr double kShortestEvents = 8;
constexpr double kEmptyPhaseFrom = 3; ///< px an event
constexpr double kRoomBehind = 1.02; ///< of the recording's length, in time

int clampToInt(quint64 value) { return static_cast<int>(std::min<quint64>(value, std::numeric_limits<int>::max())); }

} // namespace

TimelineCanvas::TimelineCanvas(QWidget *parent)
    : QAbstractSlider(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline: place in the recording"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setRange(0, 0);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        relayout();
    });
    connect(this, &QAbstractSlider::valueChanged, this, qOverload<>(&QWidget::update));
}

void TimelineCanvas::setSource(const TimelineTracks &tracks, const SpanText *text, const TimelineSearch &search)
{
    m_tracks = &tracks;
    m_text = text;
    m_search = &search;
    m_painter.clear();
    m_selected.reset();
    m_hovered.reset();
    m_marked.clear();
    m_measured.reset();
    m_scroll = 0;
    m_coordinates = TimelineCoordinates();
    {
        const QSignalBlocker blocker(this);
        setRange(0, 0);
    }
    relayout();
}

void TimelineCanvas::grow(quint64 events)
{
    {
        // The range grows with the recording; the cursor stays where it is.
        const QSignalBlocker blocker(this);
        setRange(0, clampToInt(events));
        setPageStep(std::max(1, maximum() / 20));
    }
    m_coordinates.setExtent(extent());
    relayout();
}

void TimelineCanvas::searchChanged() { setStale(); }

void TimelineCanvas::showCursor(quint64 cursor)
{
    {
        const QSignalBlocker blocker(this);
        setValue(clampToInt(cursor));
    }
    if (m_coordinates.bringIn(cursorPlace()))
        setStale();
    if (hasFocus())
        setAccessibleDescription(describe());
    update();
}

void TimelineCanvas::setMarked(std::vector<SpanRef> spans)
{
    m_marked = std::move(spans);
    update();
}

// --- the axis ------------------------------------------------------------------------------------------------------------------------

double TimelineCanvas::extent() const
{
    if (m_tracks == nullptr)
        return 1;
    if (m_axis == TimelineAxis::Events)
        return static_cast<double>(m_tracks->eventCount());
    return static_cast<double>(m_tracks->times().last()) * kRoomBehind;
}

double TimelineCanvas::valueOf(quint64 event) const
{
    if (m_axis == TimelineAxis::Events || m_tracks->eventCount() == 0)
        return static_cast<double>(event);
    return static_cast<double>(m_tracks->times().at(std::min(event, m_tracks->eventCount() - 1)));
}

double TimelineCanvas::cursorPlace() const
{
    const auto cursor = static_cast<quint64>(value());
    if (m_axis == TimelineAxis::Events)
        return std::min(static_cast<double>(cursor), extent()); // it may be ahead of what is taken in
    return cursor == 0 || m_tracks == nullptr ? 0 : valueOf(cursor - 1);
}

quint64 TimelineCanvas::cursorAt(double value) const
{
    if (m_tracks == nullptr)
        return 0;
    if (m_axis == TimelineAxis::Events)
        return static_cast<quint64>(std::clamp(std::round(value), 0.0, static_cast<double>(maximum())));
    return m_tracks->times().firstFrom(static_cast<quint64>(std::max(value, 0.0)) + 1);
}

void TimelineCanvas::setAxis(TimelineAxis axis)
{
    if (m_axis == axis)
        return;
    // What is shown stays in view.
    const bool whole = m_coordinates.showsWhole();
    const quint64 first = cursorAt(m_coordinates.from());
    const quint64 last = cursorAt(m_coordinates.to());
    m_axis = axis;
    m_measured.reset();
    m_coordinates.setShortest(axis == TimelineAxis::Time ? kShortestTime : kShortestEvents);
    m_coordinates.setExtent(extent());
    if (whole || m_tracks == nullptr)
        m_coordinates.showWhole();
    else
        m_coordinates.show(valueOf(first), valueOf(last) - valueOf(first));
    m_coordinates.bringIn(cursorPlace());
    setStale();
    Q_EMIT axisChanged();
}

void TimelineCanvas::zoomBy(double factor)
{
    const double pixel = m_coordinates.toPixel(cursorPlace());
    const bool isCursorShown = pixel >= 0 && pixel <= m_coordinates.width();
    m_coordinates.zoom(factor, isCursorShown ? pixel : m_coordinates.width() / 2.0);
    setStale();
}

void TimelineCanvas::panBy(double pixels)
{
    m_coordinates.pan(pixels);
    setStale();
}

void TimelineCanvas::showWhole()
{
    m_coordinates.showWhole();
    setStale();
}

void TimelineCanvas::zoomTo(const SpanRef &span)
{
    const SpanTrack &track = m_tracks->rows(span.group)[static_cast<std::size_t>(span.row)];
    const double from = valueOf(track.begin(span.span));
    const quint64 last = track.last(span.span).value_or(m_tracks->eventCount() - 1);
    const double length = std::max(valueOf(last + (m_axis == TimelineAxis::Events ? 1 : 0)) - from, 1.0);
    m_coordinates.show(from - length * 0.1, length * 1.2);
    setStale();
}

void TimelineCanvas::goTo(quint64 event)
{
    m_coordinates.bringIn(valueOf(event));
    setValue(clampToInt(event + 1));
    const std::optional<SpanRef> span = spanBeginningWith(*m_tracks, event);
    if (span && m_rows.find(span->group, span->row) == nullptr) {
        m_rows.setUnfolded(span->group, true);
        relayout();
    }
    select(span);
    if (const TimelineRow *row = span ? m_rows.find(span->group, span->row) : nullptr) {
        const int top = row->top - m_scroll;
        scrollBy(std::min(top, 0) + std::max(top + m_rows.rowHeight() - plot().height(), 0));
    }
    setStale();
}

// --- layout --------------------------------------------------------------------------------------------------------------------------

QSize TimelineCanvas::sizeHint() const { return {240, qRound(Theme::current().scaled(190))}; }

QSize TimelineCanvas::minimumSizeHint() const { return {240, qRound(Theme::current().scaled(96))}; }

int TimelineCanvas::headWidth() const { return qRound(Theme::current().scaled(118)); }

int TimelineCanvas::rulerHeight() const { return qRound(Theme::current().scaled(20)); }

QRect TimelineCanvas::plot() const
{
    const int margin = qRound(Theme::current().scaled(12));
    return {headWidth(), rulerHeight(), std::max(width() - headWidth() - margin, 1),
        std::max(height() - rulerHeight() - qRound(Theme::current().scaled(8)), 1)};
}

QPoint TimelineCanvas::plotOrigin() const { return plot().topLeft() - QPoint(0, m_scroll); }

QPoint TimelineCanvas::inRows(const QPointF &widget) const { return widget.toPoint() - plotOrigin(); }

std::optional<SpanRef> TimelineCanvas::spanUnder(const QPointF &widget)
{
    if (m_tracks == nullptr || m_text == nullptr || !plot().contains(widget.toPoint()))
        return std::nullopt;
    drawList(); // the columns may be old
    return spanAt(*m_tracks, m_columns, m_rows, inRows(widget));
}

void TimelineCanvas::setStale()
{
    m_shown.reset();
    m_isStale = true;
    update();
    Q_EMIT windowChanged();
}

void TimelineCanvas::relayout()
{
    const Theme &theme = Theme::current();
    m_coordinates.setWidth(plot().width());
    m_coordinates.setShortest(m_axis == TimelineAxis::Time ? kShortestTime : kShortestEvents);
    if (m_tracks != nullptr)
        m_rows.compute(*m_tracks, qRound(theme.scaled(kRow)), qRound(theme.scaled(kRowGap)), qRound(theme.scaled(kGroupGap)));
    scrollBy(0);
    setStale();
}

void TimelineCanvas::scrollBy(int pixels)
{
    m_scroll = std::clamp(m_scroll + pixels, 0, std::max(m_rows.height() - plot().height(), 0));
    setStale();
}

void TimelineCanvas::resizeEvent(QResizeEvent *event)
{
    QAbstractSlider::resizeEvent(event);
    relayout();
}

void TimelineCanvas::changeEvent(QEvent *event)
{
    QAbstractSlider::changeEvent(event);
    update();
}

const TimelineDrawList &TimelineCanvas::drawList()
{
    if (!m_isStale || m_tracks == nullptr)
        return m_list;
    m_isStale = false;
    m_list.clear();
    m_columns.compute(m_coordinates, m_axis, m_tracks->times());
    TimelineDrawListBuilder builder(*m_tracks, m_columns, m_list);
    builder.setColumnTime(m_coordinates.length() / m_coordinates.width());
    if (m_search != nullptr && m_search->isActive())
        builder.setMatches(&m_search->matches());
    builder.addRows(m_rows, m_scroll, m_scroll + plot().height());
    const bool isClose = m_axis == TimelineAxis::Events && m_coordinates.width() / m_coordinates.length() >= kEmptyPhaseFrom;
    for (quint64 event = m_columns.firstEvent(); isClose && m_text != nullptr && event < m_columns.endEvent(); ++event) {
        if (const Phase phase = m_text->enteredPhase(event); phase != Phase::None)
            builder.addEmptyPhase(m_rows, event, static_cast<int>(hueOf(phase)));
    }
    return m_list;
}

QRect TimelineCanvas::rectOf(const SpanRef &span) const
{
    const TimelineRow *row = m_rows.find(span.group, span.row);
    const std::vector<SpanTrack> &rows = m_tracks->rows(span.group);
    if (row == nullptr || static_cast<std::size_t>(span.row) >= rows.size()
        || span.span >= rows[static_cast<std::size_t>(span.row)].count())
        return {};
    const SpanTrack &track = rows[static_cast<std::size_t>(span.row)];
    const int left = std::max(m_columns.columnOf(track.begin(span.span)), 0);
    const int right = std::min(m_columns.endColumnOf(track.last(span.span).value_or(m_tracks->eventCount() - 1)), m_columns.width());
    const bool isOutside = track.begin(span.span) >= m_columns.endEvent() || (right < 0 && left == 0);
    return isOutside ? QRect() : QRect(left, row->top, std::max(right - left, 2), m_rows.rowHeight());
}

// --- selection and measuring ---------------------------------------------------------------------------------------------------------

void TimelineCanvas::select(const std::optional<SpanRef> &span)
{
    m_selected = span;
    if (span) {
        const auto row = std::find_if(m_rows.rows().begin(), m_rows.rows().end(),
            [&](const TimelineRow &each) { return each.group == span->group && each.row == span->row; });
        m_focusRow = static_cast<int>(row - m_rows.rows().begin());
    }
    setAccessibleDescription(describe());
    update();
    tellChosen(*this);
    Q_EMIT itemSelected(span && m_text != nullptr ? m_text->subject(*span) : 0);
}

/// The span before or behind the cursor in the row that has the keyboard.
void TimelineCanvas::selectNear(bool forward)
{
    if (m_text == nullptr || m_rows.rows().empty())
        return;
    m_focusRow = std::clamp(m_focusRow, 0, static_cast<int>(m_rows.rows().size()) - 1);
    const TimelineRow &row = m_rows.rows()[static_cast<std::size_t>(m_focusRow)];
    const std::vector<SpanTrack> &rows = m_tracks->rows(row.group);
    if (static_cast<std::size_t>(row.row) >= rows.size())
        return;
    const SpanTrack &track = rows[static_cast<std::size_t>(row.row)];
    const auto cursor = static_cast<quint64>(value());
    const std::size_t after = track.firstBeginningFrom(cursor);
    if (forward && after < track.count()) {
        goTo(track.begin(after));
    } else if (!forward) {
        const std::size_t here = track.firstBeginningFrom(cursor > 0 ? cursor - 1 : 0);
        if (here > 0)
            goTo(track.begin(here - 1));
    }
}

void TimelineCanvas::focusRow(int step)
{
    m_focusRow = std::clamp(m_focusRow + step, 0, std::max(static_cast<int>(m_rows.rows().size()) - 1, 0));
    if (m_rows.rows().empty())
        return;
    const TimelineRow &row = m_rows.rows()[static_cast<std::size_t>(m_focusRow)];
    const int top = row.top - m_scroll;
    scrollBy(std::min(top, 0) + std::max(top + m_rows.rowHeight() - plot().height(), 0));
    setAccessibleDescription(describe());
}

void TimelineCanvas::unfoldFocused()
{
    if (static_cast<std::size_t>(m_focusRow) >= m_rows.rows().size())
        return;
    const TrackGroup group = m_rows.rows()[static_cast<std::size_t>(m_focusRow)].group;
    m_rows.setUnfolded(group, !m_rows.isUnfolded(group));
    relayout();
}

bool TimelineCanvas::toggleBlockAt(const QPointF &widget)
{
    if (widget.x() >= headWidth() || widget.y() < rulerHeight())
        return false;
    const TimelineBlock *block = m_rows.blockAt(inRows(widget).y());
    if (block != nullptr && block->canUnfold) {
        m_rows.setUnfolded(block->group, !m_rows.isUnfolded(block->group));
        relayout();
    }
    return true;
}

void TimelineCanvas::measureFromCursor()
{
    m_measuresToCursor = !m_measured;
    if (m_measured)
        m_measured.reset();
    else
        m_measured = {cursorPlace(), cursorPlace()};
    update();
}

void TimelineCanvas::clearMarks()
{
    m_measured.reset();
    select(std::nullopt);
}

QString TimelineCanvas::measuredText() const
{
    if (!m_measured || m_tracks == nullptr)
        return {};
    const auto [low, high] = std::minmax(m_measured->first, m_measured->second);
    const quint64 first = cursorAt(low);
    const quint64 end = cursorAt(high);
    const auto timeOf = [this](double value) {
        return m_axis == TimelineAxis::Time
            ? value
            : static_cast<double>(m_tracks->times().at(std::min(cursorAt(value), m_tracks->eventCount() - 1)));
    };
    QStringList parts{formatTime(static_cast<qint64>(timeOf(high) - timeOf(low))), tr("%L1 events").arg(end - std::min(first, end))};
    const auto begun = [&](TrackGroup group) {
        std::size_t count = 0;
        for (const SpanTrack &track : m_tracks->rows(group))
            count += track.firstBeginningFrom(end) - track.firstBeginningFrom(first);
        return count;
    };
    if (const std::size_t callbacks = begun(TrackGroup::Callbacks); callbacks > 0)
        parts << (callbacks == 1 ? tr("1 callback") : tr("%L1 callbacks").arg(callbacks));
    if (const std::size_t microtasks = begun(TrackGroup::Microtasks); microtasks > 0)
        parts << (microtasks == 1 ? tr("1 tick or microtask") : tr("%L1 ticks and microtasks").arg(microtasks));
    return parts.join(QStringLiteral(" · "));
}

QString TimelineCanvas::describe() const
{
    if (m_text == nullptr)
        return tr("No recording yet.");
    QStringList parts{tr("Event %L1 of %L2.").arg(value()).arg(maximum())};
    if (static_cast<std::size_t>(m_focusRow) < m_rows.rows().size())
        parts << tr("Track %1.").arg(TimelineRows::title(m_rows.rows()[static_cast<std::size_t>(m_focusRow)].group));
    if (m_selected)
        parts << m_text->describe(*m_selected);
    return parts.join(QLatin1Char(' '));
}

} // namespace loopscope
