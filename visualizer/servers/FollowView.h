// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace loopscope {

class LabRecord;
struct ModelRecord;

/// One request on its way through all models, on one time axis that begins with its arrival: a row a model. Steps differ in how they are
/// drawn and are told in words. Keys: left and right go from step to step, up and down from model to model.
class FollowView : public QWidget
{
    Q_OBJECT
public:
    explicit FollowView(QWidget *parent = nullptr);

    void setRecord(const LabRecord *record);
    /// 0: none.
    void setRequest(qint64 number);
    qint64 request() const { return m_request; }
    /// The record knows more.
    void refresh();
    /// "waiting for readFile user.json, 12 ms, from 3 ms on": of a step; the way of the whole request without one.
    static QString textOf(const LabRequest &request, const LabStep *step);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Row
    {
        const ModelRecord *record = nullptr;
        std::optional<LabRequest> request; ///< a copy: the record may let go of it
    };
    int rowHeight() const;
    int labelWidth() const;
    QRectF bandOf(int row) const; ///< where steps are drawn
    double xOf(double seconds) const; ///< since arrival
    void paintAxis(QPainter &painter) const;
    /// What the ways of drawing mean, at the right of the last line; returns where it begins.
    int paintLegend(QPainter &painter) const;
    /// A step of this kind, in this colour.
    static void paintKind(QPainter &painter, const QRectF &place, LabStep::Kind kind, const QColor &hue);
    void paintRow(QPainter &painter, int row) const;
    void paintStep(QPainter &painter, const QRectF &band, const Row &row, const LabStep &step) const;
    void select(int row, int step);
    /// Of the step under the mouse, or else of the one that the keys chose.
    QString shownText() const;
    QString textOfStep(int row, int step) const;
    std::pair<int, int> stepAt(const QPointF &place) const; ///< row and step; -1: none
    void hover(int row, int step);

    const LabRecord *m_record = nullptr;
    qint64 m_request = 0;
    std::vector<Row> m_rows;
    double m_length = 0; ///< seconds, of the axis
    int m_selectedRow = 0;
    int m_selectedStep = -1;
    int m_hoveredRow = -1;
    int m_hoveredStep = -1;
};

} // namespace loopscope
