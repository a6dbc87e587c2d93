// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/FlameGraph.h"
#include "recording/Event.h"
#include "timeline/FrameClock.h"

#include <QAbstractScrollArea>
#include <QHash>

#include <functional>
#include <memory>

namespace loopscope {

/// What a flame graph's nodes are called and look like; each is asked with a node of the call tree.
struct FlameLook
{
    std::function<QString(quint32)> name;
    std::function<QString(const FlameFrame &)> tip; ///< all that is known of a frame, in lines
    std::function<QColor(quint32)> fill;
    std::function<SiteId(quint32)> site; ///< 0: none
};

/// A colour between two; `share` 1 is the first.
QColor mixed(const QColor &one, const QColor &other, double share);

/// A flame graph with callers on top. The wheel zooms at the mouse, with Shift it moves sideways, with Ctrl it scrolls; a double click or
/// Enter zooms to a frame, Esc back out; arrows go from frame to frame. A click tells the frame and its place in the source.
class FlameView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit FlameView(QWidget *parent = nullptr);

    /// `graph` may grow from then on; called again with it, all of it is shown, and the current frame stays. The stretch that is seen
    /// stays if it is not the whole (`keepsZoom`).
    void setGraph(std::shared_ptr<const FlameGraph> graph, FlameLook look, bool keepsZoom);
    const FlameGraph &graph() const { return *m_graph; }
    /// A ruler on top with the time.
    void setRuler(bool isShown);
    /// Frames whose names hold this text stand out; empty: all do.
    void setSearch(const QString &text);
    std::optional<FlamePlace> current() const { return m_current; }
    /// Of the current frame; 0: none.
    SiteId currentSite() const { return m_current ? m_look.site(m_graph->frame(*m_current).node) : 0; }
    QString currentName() { return m_current ? nameOf(m_graph->frame(*m_current).node) : QString(); }
    void setCurrent(std::optional<FlamePlace> place);
    void zoomTo(FlamePlace place);
    void zoomOut();
    FlameWindow window() const;
    /// The rectangle of a frame in the viewport, clipped to it; null if it is not in sight.
    QRect rectOf(FlamePlace place) const;

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged();
    /// The person wants to see this place in the source.
    void siteActivated(SiteId site);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void paintBox(QPainter &painter, const FlameBox &box);
    void paintMarks(QPainter &painter);
    void paintRuler(QPainter &painter);
    int rulerHeight() const;
    /// Of a row, in the viewport.
    int topOf(int row) const;
    bool moveByKey(int key);
    bool zoomByKey(int key);
    void zoomBy(double factor, double pixel);
    void setRange(double from, double length);
    void fitScrollBars();
    void reveal(FlamePlace place);
    int rowHeight() const;
    std::optional<FlamePlace> placeAt(QPointF point) const;
    QColor fillOf(quint32 node) const;
    bool isFound(quint32 node);
    const QString &nameOf(quint32 node);

    std::shared_ptr<const FlameGraph> m_graph = std::make_shared<FlameGraph>();
    FlameLook m_look;
    QString m_search;
    bool m_hasRuler = false;
    QHash<quint32, QString> m_names; ///< of the nodes drawn so far
    double m_from = 0; ///< ns
    double m_length = 1; ///< ns
    double m_whole = 1; ///< ns, of the graph when it was set
    std::optional<FlamePlace> m_current;
    QPointF m_pressed;
    double m_pressedFrom = 0;
    bool m_isDragging = false;
    FrameClock m_clock;
};

} // namespace loopscope
