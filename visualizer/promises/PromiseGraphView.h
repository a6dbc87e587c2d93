// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromiseGeometry.h"
#include "promises/PromiseModel.h"
#include "shell/PaintedItems.h"

#include <QAbstractScrollArea>

namespace loopscope {

/// Shows a picture of promises, to scroll, zoom and walk through with mouse or keys.
class PromiseGraphView : public QAbstractScrollArea, public PaintedItems
{
    Q_OBJECT
public:
    /// The model must outlive the view.
    explicit PromiseGraphView(const PromiseModel &model, QWidget *parent = nullptr);

    /// The cursor is for the words. Scrolls to the item `revealed`, unless it is noItem.
    void setPicture(PromisePicture picture, quint64 cursor, quint32 revealed = noItem);
    quint64 cursor() const { return m_cursor; }
    const PromiseModel &model() const { return m_model; }
    const PromisePicture &picture() const { return m_picture; }
    const PromiseLayout &layoutOfItems() const { return m_layout; }
    PromiseGeometry geometryOfItems() const;
    /// One sentence instead of an empty picture.
    void setEmptyHint(const QString &hint);

    SubjectId selected() const { return m_selected; }
    /// Selects without telling; scrolls there if it is shown.
    void setSelected(SubjectId promise);

    /// 1 is the size of the program's text.
    qreal zoom() const { return m_zoom; }
    void setZoom(qreal zoom);
    void zoomToFit();

    int itemCount() override;
    QString itemName(int item) override;
    QRect itemRect(int item) override;
    int chosenItem() override;
    void chooseItem(int item) override;
    void openItem(int item) override;

    QSize sizeHint() const override { return {280, 220}; }
    QSize minimumSizeHint() const override { return {120, 80}; }

Q_SIGNALS:
    void selectionChanged(SubjectId promise);
    void siteActivated(SiteId site);
    /// Only this promise and its relatives are wanted; 0: all.
    void focusWanted(SubjectId promise);
    /// Each promise that was made like this one is wanted.
    void alikeWanted(SubjectId promise);
    void cursorChosen(quint64 cursor);
    /// The next warning is wanted.
    void nextWarningWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    quint32 itemAt(QPointF inViewport) const;
    const PromiseEdge *jobAt(QPointF inViewport) const;
    quint32 selectedItem() const;
    void select(quint32 item);
    void walk(int key);
    quint32 neighbour(quint32 item, bool forward) const;
    void activate(quint32 item);
    /// Only the relatives of a promise, or each of a group.
    void single(quint32 item);
    void reveal(quint32 item);
    void zoomAround(qreal zoom, QPointF inViewport);
    void updateScrollBars();
    void describeSelected();
    QPointF offset() const;

    const PromiseModel &m_model;
    PromisePicture m_picture;
    PromiseLayout m_layout;
    quint64 m_cursor = 0;
    QString m_emptyHint;
    SubjectId m_selected = 0;
    qreal m_zoom = 1;
    std::optional<QPoint> m_dragFrom; ///< in the viewport
    bool m_isDragged = false;
};

} // namespace loopscope
