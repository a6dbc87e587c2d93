// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/LaneModel.h"
#include "servers/lab/ServerModel.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace loopscope {

class LaneWindow;

/// The lanes of a model's threads: running in the model's colour, ready hatched, blocked as a thin grey bar, idle a line. Only rows in
/// sight are folded, and of those only the columns that are new, so a thousand lanes cost as much as fit on the screen.
class LaneView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit LaneView(ServerModel model, LaneWindow &window, QWidget *parent = nullptr);

    /// Null: nothing is known. The view reads it until the next call.
    void setLanes(const LaneModel *lanes);
    /// The lanes have grown.
    void refresh();
    /// What is said of a thread beside its state, null for nothing; may be empty.
    void setThreadWords(std::function<QString(int thread)> words) { m_threadWords = std::move(words); }
    /// The server died at this second of the run: nothing comes after it, which is drawn and said.
    void setDeath(std::optional<double> second);
    /// The height at which all lanes fit without scrolling, at most `most` pixels.
    int heightForLanes(int most) const;
    /// A few pixels of a state as the lanes draw it, for legends.
    void paintSample(QPainter &painter, const QRect &place, ThreadState state) const;
    /// What a person reads of a place in the lanes; null where nothing is known.
    QString textAt(int lane, double time) const;

    QSize minimumSizeHint() const override { return {60, 24}; }
    QSize sizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    void requestChosen(qint64 number);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Colours
    {
        QRgb ground = 0;
        QRgb idle = 0;
        QRgb running = 0;
        QRgb ready = 0;
        QRgb blocked = 0;
    };

    int laneCount() const { return m_lanes != nullptr ? m_lanes->laneCount() : 0; }
    /// Device pixels from one lane to the next.
    int pitch() const;
    void updateScrollBar();
    double secondsPerPixel() const; ///< of the device
    double timeAt(double x) const;
    int laneAt(double y) const;
    void makeCurrent();
    /// What the image holds goes to the left by so many columns, to the right if below 0.
    void moveImage(int columns);
    void paintDeath(QPainter &painter) const;
    double xOf(double time) const; ///< in the viewport; outside of it, too
    void paintColumns(int from, int to);
    void paintLane(int row, int lane, int from, int to);
    void moveCursor(int lanes, int spans);
    Colours colours() const;

    ServerModel m_model;
    LaneWindow &m_window;
    const LaneModel *m_lanes = nullptr;
    std::optional<double> m_death; ///< second of the run
    std::function<QString(int thread)> m_threadWords;

    QImage m_image; ///< of the viewport, in device pixels
    qint64 m_firstColumn = 0; ///< the image's left column is this many pixels of time after time 0
    double m_imageScale = 0; ///< seconds a pixel of the image
    int m_imageFirstLane = 0;
    int m_imagePitch = 0;
    double m_imageToldUpTo = 0;
    std::vector<LaneModel::Shares> m_shares; ///< of the lane that is painted, as are the colours
    std::array<std::array<std::vector<QRgb>, 2>, 3> m_rowColours; ///< by kind of row, and whether ready is hatched

    int m_cursorLane = 0;
    double m_cursorTime = 0;
    double m_dragX = 0;
    bool m_isDragged = false;
};

} // namespace loopscope
