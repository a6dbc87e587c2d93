// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace loopscope {

class LaneView;

/// The states of threads as lanes show them, with their words.
class LaneLegend : public QWidget
{
    Q_OBJECT
public:
    explicit LaneLegend(const LaneView &lanes, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const LaneView &m_lanes;
};

} // namespace loopscope
