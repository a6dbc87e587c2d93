// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"

#include <QWidget>

class QComboBox;
class QSpinBox;
class QToolButton;

namespace loopscope {

/// A strip below the bar that asks until which queue holds how much the script shall run. Hidden until it is asked for; Enter goes on,
/// Shift with Enter back, Escape closes it.
class QueueGoalBar : public QWidget
{
    Q_OBJECT
public:
    explicit QueueGoalBar(QWidget *parent = nullptr);

    /// Shows it and gives it the keyboard.
    void ask();
    LoopQueue queue() const;
    int count() const;
    void setGoal(LoopQueue queue, int count);

Q_SIGNALS:
    void forwardAsked();
    void backAsked();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();

    QComboBox *m_queue;
    QSpinBox *m_count;
};

} // namespace loopscope
