// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/PaintedItems.h"
#include "timeline/FrameClock.h"
#include "timeline/TimelineCoordinates.h"
#include "timeline/TimelineDrawList.h"
#include "timeline/TimelinePainter.h"
#include "timeline/TimelineRows.h"

#include <QAbstractSlider>

#include <optional>
#include <utility>

namespace loopscope {

class SpanText;
class TimelineSearch;

/// The one widget that paints the timeline: names of the tracks, ruler, tracks, cursor.
///
/// It is a slider to the keyboard and to assistive technology: its value is the cursor, a number of applied events. Pictures are made of a
/// draw list that is built anew only when something but the cursor changed.
class TimelineCanvas : public QAbstractSlider, public PaintedItems
{
    Q_OBJECT
public:
    explicit TimelineCanvas(QWidget *parent = nullptr);

    /// What is drawn; all must outlive their time here. `text` null: there is no recording.
    void setSource(const TimelineTracks &tracks, const SpanText *text, const TimelineSearch &search);
    /// The tracks have grown; `events`: events of the recording, which may be ahead of them.
    void grow(quint64 events);
    /// Marks and matches are others now.
    void searchChanged();
    /// The cursor, from outside; comes into view.
    void showCursor(quint64 cursor);
    /// Spans that belong to what is selected in some view: they get an outline.
    void setMarked(std::vector<SpanRef> spans);

    TimelineAxis axis() const { return m_axis; }
    void setAxis(TimelineAxis axis);
    /// Around the cursor if it is in sight, else around the middle.
    void zoomBy(double factor);
    void panBy(double pixels);
    void showWhole();
    /// Moves the cursor to a span that begins with this event, and shows it.
    void goTo(quint64 event);
    std::optional<SpanRef> selectedSpan() const { return m_selected; }

    const TimelineCoordinates &coordinates() const { return m_coordinates; }
    const TimelineDrawList &drawList();
    const TimelineRows &rows() const { return m_rows; }
    /// Left edge and top of the rows, in the widget.
    QPoint plotOrigin() const;
    /// The measured stretch of the axis; none if nothing is measured.
    std::optional<std::pair<double, double>> measured() const { return m_measured; }
    /// What the measured stretch holds, in words.
    QString measuredText() const;

    int itemCount() override;
    QString itemName(int item) override;
    QRect itemRect(int item) override;
    int chosenItem() override;
    void chooseItem(int item) override;
    void openItem(int item) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void itemSelected(SubjectId item);
    void siteActivated(SiteId site);
    /// The person asks what can be done at the cursor and with the span selected there.
    void menuWanted(const QPoint &globalPosition);
    void axisChanged();
    /// The window or what there is to see changed.
    void windowChanged();
    void searchWanted();
    void nextMatchWanted(bool forward);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    enum class Drag : quint8 { None, Cursor, Measure, Pan };

    double extent() const;
    /// Place of the cursor on the axis.
    double cursorPlace() const;
    quint64 cursorAt(double value) const;
    double valueOf(quint64 event) const;
    QRect plot() const;
    double plotX(const QPointF &widget) const { return widget.x() - plot().left(); }
    QPoint inRows(const QPointF &widget) const;
    std::optional<SpanRef> spanUnder(const QPointF &widget);
    void setStale();
    void relayout();
    void scrollBy(int pixels);
    void select(const std::optional<SpanRef> &span);
    void selectNear(bool forward);
    void focusRow(int step);
    void unfoldFocused();
    void zoomTo(const SpanRef &span);
    /// Moves the cursor to a place of the plot and selects the span there.
    void chooseAt(const QPointF &widget);
    bool toggleBlockAt(const QPointF &widget);
    bool moveByKey(const QKeyEvent &event);
    bool changeViewByKey(const QKeyEvent &event);
    bool actByKey(const QKeyEvent &event);
    void measureFromCursor();
    void clearMarks();
    QRect rectOf(const SpanRef &span) const;
    /// The spans in sight that are wide enough to be seen one by one.
    const std::vector<SpanRef> &shownSpans();
    int headWidth() const;
    int rulerHeight() const;

    void paintThreadNumbers(QPainter &painter, const QRect &firstLine, const TimelineBlock &block) const;
    void paintLoopNames(QPainter &painter, const QRect &firstLine, const TimelineBlock &block) const;
    void paintHeads(QPainter &painter) const;
    void paintRuler(QPainter &painter) const;
    void paintRows(QPainter &painter);
    void paintSelection(QPainter &painter) const;
    void paintMeasured(QPainter &painter) const;
    void paintCursor(QPainter &painter) const;
    void paintScrollMarks(QPainter &painter) const;
    QString tickText(double value, double distance) const;
    QString describe() const;

    const TimelineTracks *m_tracks = nullptr;
    const SpanText *m_text = nullptr;
    const TimelineSearch *m_search = nullptr;
    TimelineAxis m_axis = TimelineAxis::Time;
    TimelineCoordinates m_coordinates;
    PixelColumns m_columns;
    TimelineRows m_rows;
    TimelineDrawList m_list;
    TimelinePainter m_painter;
    FrameClock m_frames;
    bool m_isStale = true;
    int m_scroll = 0; ///< rows above the plot, px
    std::optional<SpanRef> m_selected;
    std::optional<SpanRef> m_hovered;
    std::vector<SpanRef> m_marked;
    std::optional<std::vector<SpanRef>> m_shown; ///< none until somebody asks
    int m_focusRow = 0; ///< index in rows(), for keys
    std::optional<std::pair<double, double>> m_measured;
    bool m_measuresToCursor = false; ///< its end goes with the cursor
    Drag m_drag = Drag::None;
    QPointF m_dragFrom;
};

} // namespace loopscope
