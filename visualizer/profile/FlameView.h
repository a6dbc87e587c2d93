// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/FlameGraph.h"
#include "theme/Palette.h"
#include "timeline/FrameClock.h"

#include <QAbstractScrollArea>
#include <QHash>

#include <functional>

namespace loopscope {

/// What a flame graph's nodes are called and look like; each is asked with a node of the call tree.
struct FlameLook
{
    std::function<QString(quint32)> name;
    std::function<QString(const FlameFrame &)> tip; ///< all that is known of a frame, in lines
    std::function<Hue(quint32)> hue;
    std::function<SiteId(quint32)> site; ///< 0: none
};

/// A flame graph with callers on top. The wheel zooms at the mouse, with Shift it moves sideways, with Ctrl it scrolls; a double click or
/// Enter zooms to a frame, Esc back out; arrows go from frame to frame. A click tells the frame and its place in the source.
class FlameView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit FlameView(QWidget *parent = nullptr);

    /// The frames that are seen stay in sight if the graph is one that has grown (`keepsZoom`).
    void setGraph(FlameGraph graph, FlameLook look, bool keepsZoom);
    const FlameGraph &graph() const { return m_graph; }
    /// Frames whose names hold this text stand out; empty: all do.
    void setSearch(const QString &text);
    std::optional<FlamePlace> current() const { return m_current; }
    /// Of the current frame; 0: none.
    SiteId currentSite() const { return m_current ? m_look.site(m_graph.frame(*m_current).node) : 0; }
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

    FlameGraph m_graph;
    FlameLook m_look;
    QString m_search;
    QHash<quint32, QString> m_names; ///< of the nodes drawn so far
    double m_from = 0; ///< ns
    double m_length = 1; ///< ns
    std::optional<FlamePlace> m_current;
    QPointF m_pressed;
    double m_pressedFrom = 0;
    bool m_isDragging = false;
    FrameClock m_clock;
};

} // namespace loopscope
