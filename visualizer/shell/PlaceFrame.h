// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace loopscope {

/// A frame around a place that is talked about. It lets the mouse through.
class PlaceFrame : public QWidget
{
    Q_OBJECT
public:
    explicit PlaceFrame(QWidget *window);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace loopscope
