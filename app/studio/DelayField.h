// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/ForkPlan.h"

#include <QFrame>

class QDoubleSpinBox;

namespace loopscope {

/// A small field in place that asks for another delay: Enter takes it, Escape or a click elsewhere does not. Deletes itself.
class DelayField : public QFrame
{
    Q_OBJECT
public:
    DelayField(const RecordedDelay &delay, QWidget *parent);

    /// Shows it with its middle at a place, within the screen, and gives it the keyboard.
    void popUp(const QPoint &globalMiddle);
    QDoubleSpinBox *field() const { return m_field; }

Q_SIGNALS:
    void chosen(double milliseconds);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void accept();

    QDoubleSpinBox *m_field;
};

} // namespace loopscope
