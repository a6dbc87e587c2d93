// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromiseGeometry.h"
#include "promises/PromiseModel.h"

#include <QFont>

class QPainter;

namespace loopscope {

struct Palette;

/// Draws the part of a picture that is in sight. What a promise has come to is told by shape and sign, not by colour alone.
class PromisePainter
{
public:
    struct Scene
    {
        const PromiseModel &model;
        const PromisePicture &picture;
        const PromiseLayout &layout;
        PromiseGeometry geometry;
        SubjectId selected = 0;
    };
    /// All must outlive this.
    PromisePainter(QPainter &painter, const Scene &scene);

    /// `visible`: in pixels of the graph, as the painter's.
    void paint(const QRectF &visible);

private:
    void paintEdges(const QRectF &visible);
    void paintEdge(const PromiseEdge &edge, const QPainterPath &path);
    void paintArrow(const QPainterPath &path, const QColor &colour);
    void paintJobs(const PromiseEdge &edge, QPointF middle);
    void paintJob(const QRectF &room, JobStage stage, quint32 turn);
    void paintItem(quint32 item);
    void paintDisc(const PromiseItem &item, QPointF centre, qreal radius);
    void paintSign(PromiseOutcome outcome, QPointF centre, qreal radius);
    void paintGroup(const PromiseItem &item, QPointF centre);
    void paintRings(const PromiseItem &item, QPointF centre, qreal radius);
    void paintBadge(QPointF centre);
    void paintLabel(const PromiseItem &item, PromisePlace place);
    QFont sized(QFont font) const;

    QPainter &m_painter;
    const Scene &m_scene;
    const PromiseGeometry &m_geometry;
    const Palette &m_palette;
    qreal m_zoom; ///< beyond the size of the program's text
    QFont m_nameFont;
    QFont m_factFont;
};

} // namespace loopscope
